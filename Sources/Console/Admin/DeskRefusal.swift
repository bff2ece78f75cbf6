import HTTPTypes
public import VerificationCore

/// Why a desk does not do what an admin asks.
public struct DeskRefusal: Error, Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// What was asked makes no sense: 400.
    case badInput
    /// There is no such thing: 404.
    case notFound
    /// Something else is under way: 409.
    case notNow
    /// The tenant's rules are against it: 422.
    case refused
    /// A greeting that would not be accepted: 422.
    case rejected
    /// It may go well a little later: 503.
    case busy
    /// 500.
    case failed
  }

  public let kind: Kind
  /// What is wrong.
  public let said: Sentence
  /// What to do.
  public let advice: Sentence?
  /// Of the file that it is about.
  public let report: GreetingReport?

  public init(_ kind: Kind, _ message: Phrasing, hint: Phrasing? = nil, report: GreetingReport? = nil) {
    (self.kind, self.said, self.advice, self.report) = (kind, message.sentence, hint?.sentence, report)
  }

  /// ``said`` in English.
  public var message: String { said.text }
  /// ``advice`` in English.
  public var hint: String? { advice?.text }
}

extension DeskRefusal {
  var refused: Refused {
    Refused(
      status, kind.rawValue, said: "\(said)", advice: advice.map { "\($0)" },
      details: report.map { ["report": $0.facts] } ?? [:])
  }

  private var status: HTTPResponse.Status {
    switch kind {
    case .badInput: .badRequest
    case .notFound: .notFound
    case .notNow: .conflict
    case .refused, .rejected: .unprocessableContent
    case .busy: .serviceUnavailable
    case .failed: .internalServerError
    }
  }
}
