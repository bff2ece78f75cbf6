import Console
import Records
import Reports
import VerificationCore

/// The logs of a store.
struct StoreLogs: LogDesk {
  private let store: DeskStore
  /// So many rows are one piece of a CSV file.
  private static let pieceLength = 2_000

  init(_ store: DeskStore) { self.store = store }

  func words(of log: LogName) -> [LogFilter: [String]] {
    switch log {
    case .signIns: [.outcome: Outcome.allCases.map(\.rawValue), .method: Method.allCases.map(\.rawValue)]
    case .audit: [.activity: AuditRecord.Activity.allCases.map(\.rawValue)]
    case .calls: [.kind: MomentText.kinds]
    case .messages: [.kind: SentMessage.kinds]
    case .risk, .blocked: [:]
    }
  }

  func page(_ wanted: LogQuestion, most: Int) async throws -> LogPage {
    guard let (kind, query) = wanted.query else { return try await blocked(wanted, most: most) }
    return try await store.read { store, _ in
      var query = query
      // One more tells whether there are more.
      query.last = most + 1
      var rows: [[UInt8]] = []
      try store.entries(query) { rows.append(LogText.json(LogItem($0), of: kind, sentences: true).dropLast()) }
      return LogPage(columns: kind.keys, rows: rows.suffix(most).reversed(), hasMore: rows.count > most)
    }
  }

  func csv(_ wanted: LogQuestion, from place: LogPlace?) async throws -> LogPiece {
    guard let (kind, query) = wanted.query else { return try await blockedCSV(wanted) }
    return try await store.read { store, _ in
      let reader = wanted.reader
      if query.last == nil { return try Self.piece(kind, query, from: place, in: store, for: reader) }
      var text = LogText.csvHeader(of: kind, why: false, for: reader)
      try store.entries(query) { text += LogText.csv(LogItem($0), why: false, for: reader) }
      return LogPiece(text, next: nil)
    }
  }

  /// The piece is full.
  private struct Full: Error {}

  /// The rows behind a place, in the order of their times; those that came since the first piece are left out.
  private static func piece(
    _ kind: LogKind, _ query: LogQuery, from place: LogPlace?, in store: TenantStore, for reader: CSVRow.Reader
  ) throws -> LogPiece {
    var (query, count) = (query, 0)
    var text = place == nil ? LogText.csvHeader(of: kind, why: false, for: reader) : ""
    var last = try place ?? LogPlace(at: .distantPast, sequence: 0, end: end(of: query, in: store))
    if place != nil { query.since = last.at }
    do {
      try store.entries(query) { entry in
        guard entry.sequence <= last.end, (entry.at, entry.sequence) > (last.at, last.sequence) else { return }
        guard count < pieceLength else { throw Full() }
        text += LogText.csv(LogItem(entry), why: false, for: reader)
        count += 1
        last = LogPlace(at: entry.at, sequence: entry.sequence, end: last.end)
      }
    } catch is Full {
      return LogPiece(text, next: last)
    }
    return LogPiece(text, next: nil)
  }

  private static func end(of query: LogQuery, in store: TenantStore) throws -> Int64 {
    var none = query
    none.last = 0
    return try store.entries(none) { _ in }
  }
}

// Who is blocked now.
extension StoreLogs {
  private static let blockedColumns = ["user", "since", "until", "by", "reason"]

  private func blocks(_ wanted: LogQuestion) async throws -> [Block] {
    try await store.read { store, now in
      try store.holding().tenant.blocks(at: now).reversed().filter { wanted.means($0) }
    }
  }

  private func blocked(_ wanted: LogQuestion, most: Int) async throws -> LogPage {
    let blocks = try await blocks(wanted)
    let rows = blocks.prefix(most).map { block in
      let cells = zip(Self.blockedColumns, Self.cells(block)).map { (key: $0, value: JSONLine.Value.text($1)) }
      return Array(JSONLine(cells).text.utf8)
    }
    return LogPage(columns: Self.blockedColumns, rows: rows, hasMore: blocks.count > most)
  }

  private func blockedCSV(_ wanted: LogQuestion) async throws -> LogPiece {
    let blocks = try await blocks(wanted).prefix(wanted.last ?? .max).reversed()
    let rows = [Self.blockedColumns] + blocks.map(Self.cells)
    return LogPiece(rows.map { CSVRow.text($0, for: wanted.reader) }.joined(), next: nil)
  }

  private static func cells(_ block: Block) -> [String] {
    [block.upn.text, "\(block.since)", "\(block.until)", block.by == .admin ? "admin" : "user", block.reason]
  }
}

extension LogQuestion {
  /// nil where it is about no log.
  fileprivate var query: (LogKind, LogQuery)? {
    let found: (LogKind, LogQuery.Log)? =
      switch log {
      case .signIns: (.signins, .signIns)
      case .audit: (.audit, .audit)
      case .risk: (.risk, .risk)
      case .calls: (.calls, .calls)
      case .messages: (.messages, .messages)
      case .blocked: nil
      }
    guard let (kind, log) = found else { return nil }
    var query = LogQuery(log)
    (query.since, query.until, query.last) = (since, until, last)
    for (filter, value) in filters { query.filter(filter.asked, value) }
    return (kind, query)
  }

  fileprivate func means(_ block: Block) -> Bool {
    if let user = filters[.user], block.upn.text != user { return false }
    if let since, block.since < since { return false }
    return until.map { block.since < $0 } ?? true
  }
}

extension LogFilter {
  fileprivate var asked: LogQuery.Filter {
    switch self {
    case .user: .user
    case .outcome: .outcome
    case .method: .method
    case .activity: .activity
    case .kind: .kind
    case .admin: .admin
    case .call: .call
    }
  }
}

extension Instant {
  /// Before everything that a log holds.
  fileprivate static let distantPast = Instant(millisecondsSince1970: .min)
}
