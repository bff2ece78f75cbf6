import HTTPTypes
import Hummingbird
import NIOCore
import VerificationCore

/// The logs, as rows for a page and as CSV to keep.
struct LogRoutes: Sendable {
  let desk: any LogDesk

  /// Rows of one answer, at the most; CSV has no end.
  static let mostRows = 10_000

  func add(to router: Router<ConsoleContext>) {
    router.desk(.get, "/api/logs/:log") { try await log($0) }
  }

  private func log(_ asked: DeskRequest) async throws -> Response {
    guard let log = LogName(rawValue: try asked.part("log")) else {
      throw Refused(
        .notFound, "notFound", "there is no such log",
        hint: LogName.allCases.map(\.rawValue).joined(separator: ", "))
    }
    var question = try question(log, asked.query)
    question.reader = try reader(asked.query)
    if try asked.query.word("format", among: ["json", "csv"]) == "csv" { return try await csv(question) }
    let page = try await desk.page(question, most: min(question.last ?? 200, Self.mostRows))
    var body = JSONBody()
    try body.add("columns", .list(page.columns.map { .text($0) }))
    body.add("rows", page.rows)
    try body.add("more", .flag(page.hasMore))
    let words = desk.words(of: log).map { ($0.rawValue, JSON.list($1.map { .text($0) })) }
    try body.add("filters", .object(Dictionary(uniqueKeysWithValues: words)))
    return body.response
  }

  private func reader(_ query: RequestQuery) throws(Refused) -> CSVRow.Reader {
    let separators = CSVRow.Separator.allCases.map(\.rawValue)
    let separator = try query.word("spreadsheet", among: separators).flatMap(CSVRow.Separator.init)
    return separator.map { .spreadsheet($0) } ?? .program
  }

  private func question(_ log: LogName, _ query: RequestQuery) throws(Refused) -> LogQuestion {
    var question = LogQuestion(log)
    question.since = try query.instant("since")
    question.until = try query.instant("until")
    question.last = try query.number("last", 1...1_000_000)
    let words = desk.words(of: log)
    for filter in LogFilter.allCases where query[filter.rawValue] != nil {
      question.filters[filter] = try value(of: filter, log, words[filter], query)
    }
    return question
  }

  private func value(
    of filter: LogFilter, _ log: LogName, _ words: [String]?, _ query: RequestQuery
  ) throws(Refused) -> String? {
    let name = filter.rawValue
    if let words { return try query.word(name, among: words) }
    switch (filter, log) {
    case (.user, _), (.admin, .audit): return try query.upn(name)?.text
    case (.call, .calls):
      let parts = (query[name] ?? "").split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ Int64($0).map { $0 >= 0 } == true }) else {
        throw Refused(.badRequest, "badInput", "\"call\" is no name of a call", hint: "as in 12.1")
      }
      return query[name]
    case (.outcome, _), (.method, _), (.activity, _), (.kind, _), (.admin, _), (.call, _):
      throw Refused(.badRequest, "badInput", "this log is not filtered by \"\(name)\"")
    }
  }

  private func csv(_ question: LogQuestion) async throws -> Response {
    // What cannot be read at all is told before anything is sent.
    let first = try await desk.csv(question, from: nil)
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
        .contentDisposition: Attachment.field("\(question.log.rawValue).csv"),
      ],
      body: ResponseBody { writer in
        // Without it Excel takes UTF-8 for the code page of its region.
        if question.reader != .program { try await writer.write(ByteBuffer(string: "\u{FEFF}")) }
        var piece = first
        while true {
          try await writer.write(ByteBuffer(string: piece.text))
          guard let next = piece.next else { break }
          piece = try await desk.csv(question, from: next)
        }
        try await writer.finish(nil)
      })
  }
}
