public import VerificationCore

/// Where the logs of a tenant are read.
public protocol LogDesk: Sendable {
  /// Which words a log may be filtered by, beside users and times.
  func words(of log: LogName) -> [LogFilter: [String]]

  /// The newest rows, the newest first.
  ///
  /// - Parameter most: how many at the most.
  func page(_ wanted: LogQuestion, most: Int) async throws -> LogPage

  /// A piece of the log as CSV, oldest rows first; the first has the header.
  ///
  /// - Parameter place: where the piece before ended; nil for the first.
  func csv(_ wanted: LogQuestion, from place: LogPlace?) async throws -> LogPiece
}

public enum LogName: String, Hashable, Sendable, CaseIterable {
  case signIns, audit, risk, calls, messages
  /// No log: who is blocked now.
  case blocked
}

public enum LogFilter: String, Hashable, Sendable, CaseIterable {
  case user, outcome, method, activity, kind, admin, call
}

/// What is asked of a log. All that is given holds at once.
public struct LogQuestion: Hashable, Sendable {
  public let log: LogName
  public var filters: [LogFilter: String] = [:]
  /// From this time on.
  public var since: Instant?
  /// Before this time.
  public var until: Instant?
  /// The newest so many; nil is all.
  public var last: Int?
  /// Of CSV: who opens it.
  public var reader = CSVRow.Reader.program

  public init(_ log: LogName) { self.log = log }
}

public struct LogPage: Hashable, Sendable {
  /// The keys of a row in their order.
  public let columns: [String]
  /// JSON objects.
  public let rows: [[UInt8]]
  /// Whether older rows are left out.
  public let hasMore: Bool

  public init(columns: [String], rows: [[UInt8]], hasMore: Bool) {
    (self.columns, self.rows, self.hasMore) = (columns, rows, hasMore)
  }
}

/// The last row of a piece, and the last of the log when the first piece was read: what comes after is not told.
public struct LogPlace: Hashable, Sendable {
  public let at: Instant
  public let sequence: Int64
  public let end: Int64

  public init(at: Instant, sequence: Int64, end: Int64) { (self.at, self.sequence, self.end) = (at, sequence, end) }
}

public struct LogPiece: Hashable, Sendable {
  public let text: String
  /// nil where this is the last one.
  public let next: LogPlace?

  public init(_ text: String, next: LogPlace?) { (self.text, self.next) = (text, next) }
}
