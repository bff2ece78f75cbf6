import ArgumentParser
import Records
import Reports

struct TenantCheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look at every page and every row of a store, and say whether it is whole.",
    discussion: """
      SQLite's own check, the schema, a checksum of each row, no row missing, and the events make the tenant that is \
      read. Nothing is changed. Least role: globalReader.

      Example: poundkey tenant check larkspur.poundkey

      Exit codes: 0 whole, 2 the path does not exist, 3 damaged or no tenant store, 4 it cannot be read.
      """)

  @Argument(help: "A tenant store.")
  var store: String

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let line = ProgressLine("Checking")
    let opened = try StoreOptions.open(store, .reading)
    let check = opened.check { table, rows in line.show("\(rows) rows of \(table)") }
    line.clear()
    if json { Output.line(self.line(check)) } else { show(check) }
    if !check.isWhole { throw Failure(.invalidFile) }
  }

  private func show(_ check: StoreCheck) {
    let style = Output.style
    for problem in check.problems.prefix(Self.shown) { Output.line("\(style.red("✗")) \(Printable.text(problem))") }
    let more = check.problems.count - Self.shown
    if more > 0 { Output.line("and \(more) more") }
    let counts = check.counts.map { "\($0.rows) of \($0.table)" }.joined(separator: ", ")
    let mark = check.isWhole ? style.green("✓ whole") : style.red("✗ damaged")
    Output.line("\(mark)  \(style.bold(Printable.text(store)))  rows: \(counts)")
  }

  private static let shown = 20

  private func line(_ check: StoreCheck) -> String {
    let counts = JSONLine(check.counts.map { ($0.table, .number(Int64($0.rows))) })
    return JSONLine([
      ("store", .text(store)), ("whole", .flag(check.isWhole)),
      ("problems", .list(check.problems.map { .text($0) })), ("rows", .object(counts)),
    ]).text
  }
}
