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
  public let message: String
  /// What to do.
  public let hint: String?
  /// Of the file that it is about.
  public let report: GreetingReport?

  public init(_ kind: Kind, _ message: String, hint: String? = nil, report: GreetingReport? = nil) {
    (self.kind, self.message, self.hint, self.report) = (kind, message, hint, report)
  }
}

extension DeskRefusal {
  var refused: Refused {
    Refused(
      status, kind.rawValue, message, hint: hint, details: report.map { ["report": $0.facts] } ?? [:])
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
