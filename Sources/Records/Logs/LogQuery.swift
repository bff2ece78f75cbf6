public import VerificationCore

/// What is asked of a log. Every filter is answered by an index.
public struct LogQuery: Hashable, Sendable {
  public enum Log: String, Hashable, Sendable, CaseIterable { case signIns, audit, risk, calls, messages }

  /// A column that must have one value.
  public enum Filter: String, Hashable, Sendable, CaseIterable {
    case call, user, outcome, method, activity, admin, kind
  }

  public let log: Log
  public private(set) var filters: [Filter: String] = [:]
  /// From this instant on.
  public var since: Instant?
  /// Before this instant.
  public var until: Instant?
  /// The newest so many; nil is all.
  public var last: Int?

  public init(_ log: Log) { self.log = log }

  /// - Returns: false where the log has no such filter.
  @discardableResult
  public mutating func filter(_ filter: Filter, _ value: String) -> Bool {
    guard log.filters.contains(filter) else { return false }
    filters[filter] = value
    return true
  }
}

extension LogQuery.Log {
  /// What it may be filtered by, beside its times.
  public var filters: [LogQuery.Filter] {
    switch self {
    case .signIns: [.user, .outcome, .method]
    case .audit: [.user, .activity, .admin]
    case .risk: [.user]
    case .calls: [.call, .user, .kind]
    case .messages: [.user, .kind]
    }
  }

  var table: Table {
    switch self {
    case .signIns: .signIn
    case .audit: .audit
    case .risk: .event
    case .calls: .callEvent
    case .messages: .message
    }
  }

  /// What makes a row one of this log: in the very words of the partial indexes.
  var condition: String? { self == .risk ? "kind IN ('riskDetected', 'riskClosed')" : nil }
}

extension LogQuery.Filter {
  var column: String {
    switch self {
    case .call: "call"
    case .user: "upn"
    case .outcome: "outcome"
    case .method: "method"
    case .activity: "activity"
    case .admin: "by"
    case .kind: "kind"
    }
  }
}

/// A row of a log.
public struct LogEntry: Hashable, Sendable {
  /// Its place in the log, from 1.
  public let sequence: Int64
  public let at: Instant
  public let record: Record

  public enum Record: Hashable, Sendable {
    case signIn(SignInRecord)
    case audit(AuditRecord)
    case risk(RiskNote)
    case call(CallEvent)
    case message(SentMessage)
  }
}

/// What became of a user's risk.
public struct RiskNote: Hashable, Sendable {
  public let upn: UPN
  /// Why; nil where it ended.
  public let kind: RiskDetection.Kind?
  public let state: RiskDetection.State
}
