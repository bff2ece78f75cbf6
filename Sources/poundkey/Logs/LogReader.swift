import Glibc
import Records
import Reports
import ScenarioModel
import VerificationCore

/// Reads a log out: what a query finds, and what comes behind it.
struct LogReader {
  let kind: LogKind
  let query: LogQuery
  let options: LogOptions
  var showsWhy = false

  func run() throws {
    // Who reads no further ends this at once and without a word, as `head` does.
    signal(SIGPIPE, SIG_DFL)
    let store = try options.admin.store.open()
    var printer = LogPrinter(kind, options.chosenFormat, why: showsWhy)
    do {
      printer.begin()
      if options.follow { try follow(store, &printer) } else { try list(store, &printer) }
    } catch let error as StoreError {
      Output.flush()
      throw Failure(error)
    }
  }

  private func list(_ store: TenantStore, _ printer: inout LogPrinter) throws {
    try store.entries(query) { printer.take($0) }
    printer.flush()
    guard printer.isEmpty else { return }
    try requireKnownUser(store)
    if options.chosenFormat == .table { Output.line("the log has no such row") }
  }

  /// A user whom neither the log nor the tenant knows was hardly meant.
  private func requireKnownUser(_ store: TenantStore) throws {
    guard let user = options.user else { return }
    var whole = LogQuery(query.log)
    whole.filter(.user, user.text)
    whole.last = 1
    var isKnown = false
    try store.entries(whole) { _ in isKnown = true }
    if !isKnown { _ = try store.holding().tenant.user(named: user.text) }
  }

  /// Asks ten times a second whether anybody has written, which SQLite tells from memory that it shares.
  private func follow(_ store: TenantStore, _ printer: inout LogPrinter) throws {
    StopSignal.watch()
    defer { StopSignal.ignore() }
    try requireKnownUser(store)
    var version = try store.version()
    var end = try beginning(store, &printer)
    while StopSignal.number == nil {
      printer.flush()
      Output.flush()
      waitForReader()
      let now = try store.version()
      guard now != version else { continue }
      version = now
      end = try store.entries(query, after: end) { printer.take($0) }
    }
    throw Failure(StopSignal.number.map { .stopped(by: $0) } ?? .interrupted)
  }

  /// The rows that were there already, where they are asked for.
  private func beginning(_ store: TenantStore, _ printer: inout LogPrinter) throws -> Int64 {
    guard query.last != nil || query.since != nil else {
      var none = query
      none.last = 0
      return try store.entries(none) { _ in }
    }
    return try store.entries(query) { printer.take($0) }
  }

  /// A tenth of a second, or until whoever reads the output is gone.
  private func waitForReader() {
    var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    guard poll(&output, 1, 100) > 0, Int32(output.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0 else { return }
    raise(SIGPIPE)
  }
}

/// Writes rows out, a few at a time.
struct LogPrinter {
  private let kind: LogKind
  private let format: LogFormat
  private let showsWhy: Bool
  private var table: LogTable
  private var page: [LogItem] = []
  private(set) var isEmpty = true

  /// So many rows decide on the widths of a table.
  private static let pageLength = 200

  init(_ kind: LogKind, _ format: LogFormat, why: Bool) {
    (self.kind, self.format, showsWhy) = (kind, format, why)
    table = LogTable(kind, style: Output.style, width: Output.width, why: why)
  }

  func begin() {
    if format == .csv { Output.text(LogText.csvHeader(of: kind, why: showsWhy)) }
  }

  mutating func take(_ entry: LogEntry) {
    isEmpty = false
    let item = LogItem(entry)
    switch format {
    case .jsonl: Output.bytes(LogText.json(item, of: kind))
    case .csv: Output.text(LogText.csv(item, why: showsWhy))
    case .table:
      page.append(item)
      if page.count == Self.pageLength { flush() }
    }
  }

  mutating func flush() {
    guard !page.isEmpty else { return }
    Output.lines(table.lines(page))
    page.removeAll(keepingCapacity: true)
  }
}

extension LogItem {
  init(_ entry: LogEntry) {
    let what: What =
      switch entry.record {
      case .signIn(let record): .signIn(record)
      case .audit(let record): .audit(record)
      case .risk(let note): .risk(note.upn, note.kind, note.state)
      case .call(let event): .call(name: event.call, event.upn, kind: event.kind, moment: event.body)
      case .message(let message):
        .message(message.upn, kind: message.kind, recipient: message.recipient, message: message.body)
      }
    self.init(sequence: entry.sequence, at: entry.at, what)
  }
}
