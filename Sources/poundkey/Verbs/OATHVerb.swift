import ArgumentParser
import Reports
import VerificationCore

struct OATHVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oath", abstract: "Hardware tokens: check files of them, take them into a store, activate, assign.",
    discussion: "Example: poundkey oath check tokens.csv",
    subcommands: [
      OATHCheckVerb.self, OATHCodeVerb.self, OATHImportVerb.self, OATHActivateVerb.self, OATHListVerb.self,
      OATHAssignVerb.self, OATHDeleteVerb.self,
    ])
}

struct OATHCheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say which tokens of a file are good, and what to mend in the others.",
    discussion: """
      The file is CSV in UTF-8; its first line is
        \(OATHFile.header)
      Keys are Base32 (a to z, A to Z, 2 to 7) of at most \(TokenSecret.maxCharacters) characters, intervals 30 or 60 \
      seconds. No key is ever shown.

      Examples:
        poundkey oath check tokens.csv
        poundkey oath check tokens.csv --errors errors.csv

      Exit codes: 0 all good, 1 a row or the file is wrong, 2 usage, or a path does not exist, 4 a file cannot be read \
      or written.
      """)

  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file"))
  var path: String

  @Option(help: ArgumentHelp("Writes what is wrong as CSV; - is standard output.", valueName: "file"))
  var errors: String?

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    guard let errors else { return }
    if errors == "-", json { throw ValidationError("--json and --errors - both want standard output: choose one") }
    if errors != "-", path != "-", WrittenFile.isSame(path, errors) {
      throw ValidationError("--errors would replace \(path) itself: name another file")
    }
  }

  func run() throws {
    let file = try TokenFile.read(path)
    if let errors { try WrittenFile.replace(errors, with: OATHFailuresCSV.text(file.problems)) }
    if json {
      Output.line(line(file))
    } else if errors != "-" {
      show(file)
    }
    if !file.problems.isEmpty { throw Failure(.contentAtFault) }
  }

  private func show(_ file: OATHFile) {
    let style = Output.style
    let mark = file.problems.isEmpty ? style.green("✓") : style.red("✗")
    let name = style.bold(Printable.text(path))
    Output.line("\(mark) \(name)  tokens: \(file.rows.count) good, \(file.wrongRows) wrong")
    guard !file.problems.isEmpty else { return }
    var table = Table(["line", "upn", "serial number", "field", "reason"])
    for problem in file.problems {
      let cells = OATHFailuresCSV.cells(problem).map(Printable.text)
      table.add(cells.prefix(4) + ["\(problem.message) → \(problem.remedy)"])
    }
    Output.line()
    Output.lines(table.lines(width: Output.width, style: style))
  }

  private func line(_ file: OATHFile) -> String {
    let problems = file.problems.map { problem in
      JSONLine([
        ("line", .number(Int64(problem.line))), ("upn", problem.upn.map { .text($0.text) } ?? .null),
        ("serialNumber", problem.serial.map(JSONLine.Value.text) ?? .null),
        ("field", problem.column.map { .text($0.rawValue) } ?? .null), ("reason", .text(problem.message)),
        ("remedy", .text(problem.remedy)),
      ])
    }
    return JSONLine([
      ("file", .text(path)), ("good", .number(Int64(file.rows.count))), ("wrong", .number(Int64(file.wrongRows))),
      ("errors", .list(problems.map(JSONLine.Value.object))),
    ]).text
  }
}
