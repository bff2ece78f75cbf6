public import VerificationCore

/// A row of a tenant's log, to be written for people or for scripts.
public struct LogItem: Hashable, Sendable {
  /// Its place in the log, from 1.
  public let sequence: Int64
  public let at: Instant
  public let what: What

  public init(sequence: Int64, at: Instant, _ what: What) {
    (self.sequence, self.at, self.what) = (sequence, at, what)
  }

  public enum What: Hashable, Sendable {
    case signIn(SignInRecord)
    case audit(AuditRecord)
    /// A risk that was detected, or that ended: then without a kind.
    case risk(UPN, RiskDetection.Kind?, RiskDetection.State)
    /// - Parameter moment: a moment as a run stream has it, JSON.
    case call(name: String, UPN?, kind: String, moment: String)
    /// - Parameter message: a moment as a run stream has it, or the subject of a mail; JSON.
    case message(UPN?, kind: String, recipient: String?, message: String)
  }
}

/// A log by its name, and what its rows are made of.
public enum LogKind: String, Hashable, Sendable, CaseIterable {
  case signins, audit, risk, calls, messages

  /// The keys of a JSON line, and the columns of CSV, in their order.
  public var keys: [String] { ["sequence", "at"] + ownKeys }

  private var ownKeys: [String] {
    switch self {
    case .signins: ["user", "outcome", "text", "error", "method", "number", "why"]
    case .audit: ["user", "activity", "reason", "by", "role"]
    case .risk: ["user", "state", "kind"]
    case .calls: ["call", "user", "kind", "moment"]
    case .messages: ["user", "kind", "recipient", "message"]
    }
  }

  /// The columns of the table for people.
  var header: [String] {
    switch self {
    case .signins: ["at", "user", "outcome", "with", "number", "record"]
    case .audit: ["at", "user", "by", "activity"]
    case .risk: ["at", "user", "state", "why"]
    case .calls: ["at", "call", "user", "what"]
    case .messages: ["at", "user", "kind", "to", "what"]
    }
  }
}
