import ArgumentParser
import Records
import Reports
import ScenarioModel
import VerificationCore

/// What every log takes, beside filters of its own.
struct LogOptions: ParsableArguments {
  @OptionGroup var admin: AdminOptions

  @Option(help: ArgumentHelp("Rows about this user.", valueName: "upn"), transform: UPN.argument)
  var user: UPN?

  @Option(
    help: ArgumentHelp("Rows from this time on: 2025-01-15T09:00:00Z, or 90d, 24h back.", valueName: "time"),
    transform: LogTime.argument)
  var since: LogTime?

  @Option(help: ArgumentHelp("Rows before this time.", valueName: "time"), transform: LogTime.argument)
  var until: LogTime?

  @Option(help: ArgumentHelp("The newest so many rows.", valueName: "count"), transform: Self.count)
  var last: Int?

  @Option(help: "table for people; csv; jsonl, a JSON object a line.")
  var format: LogFormat?

  @Flag(help: "The same as --format jsonl.")
  var json = false

  @Flag(
    help: "Go on with what comes: from now on, or behind the rows that --last or --since asks for. Ctrl-C ends it.")
  var follow = false

  var chosenFormat: LogFormat { format ?? (json ? .jsonl : .table) }

  func validate() throws {
    if json, let format, format != .jsonl { throw ValidationError("--json is --format jsonl: choose one format") }
    if follow, until != nil { throw ValidationError("--follow has no end: leave out --until") }
  }

  /// - Parameter filters: those of one log, with their values.
  func query(_ log: LogQuery.Log, _ filters: [LogQuery.Filter: String?]) -> LogQuery {
    var query = LogQuery(log)
    let now = admin.store.now
    (query.since, query.until, query.last) = (since?.instant(at: now), until?.instant(at: now), last)
    if let user { query.filter(.user, user.text) }
    for (filter, value) in filters {
      if let value { query.filter(filter, value) }
    }
    return query
  }

  private static func count(_ text: String) throws -> Int {
    guard let count = Int(text), count > 0 else { throw ValidationError("it takes a whole number from 1 on") }
    return count
  }
}

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, jsonl
}

/// A time, or how long ago.
enum LogTime {
  case at(Instant)
  case ago(Milliseconds)

  static func argument(_ text: String) throws -> LogTime {
    if let instant = Instant(iso8601: text) { return .at(instant) }
    if text.last.map({ $0.isLetter }) == true, let length = Milliseconds(text) { return .ago(length) }
    throw ValidationError("it takes a date or time, as in 2025-10-01 or 2025-10-01T09:00:00Z, or a length, as in 90d")
  }

  func instant(at now: Instant) -> Instant {
    switch self {
    case .at(let instant): instant
    case .ago(let length): now + (.zero - length)
    }
  }
}

/// A value of a filter that must be one of a few words.
enum LogWord {
  /// - Parameter what: how the words are introduced.
  static func argument(_ text: String, among words: [String], what: String) throws -> String {
    if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return word }
    throw ValidationError("\"\(text)\" is none; \(Suggestion.hint(for: text, among: words, what: what))")
  }
}
