import ArgumentParser
import Records
import Reports
import Secrets
import VerificationCore

struct OATHImportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take the tokens of a file into a tenant store.",
    discussion: """
      Good rows are taken, each bad one is told in Failures_FILE.csv, beside the file: line, upn, serial number, field, \
      reason, remedy. Tokens count once they are activated by a code. Their keys lie sealed in the store, under its key file. \
      An import is one transaction: where it is interrupted, nothing of it is in the store. \
      \(Role.globalAdministrator.told)

      Example: poundkey oath import tokens.csv --tenant larkspur.poundkey

      Exit codes: 0 all taken, 1 a row or the file is wrong, or refused, 2 usage, 3 no tenant store, 4 a file cannot be \
      read or written, 130 interrupted.
      """)

  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file"))
  var path: String

  @Option(
    help: ArgumentHelp("Where bad rows are told; else Failures_FILE.csv beside the file.", valueName: "file"))
  var failures: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if path == "-", failures == nil {
      throw ValidationError("standard input has no name to call the failures by: --failures FILE")
    }
    if let failures, path != "-", WrittenFile.isSame(path, failures) {
      throw ValidationError("--failures would replace \(path) itself: name another file")
    }
  }

  func run() throws {
    let store = try admin.store.named()
    let bytes = try TokenFile.bytes(path)
    try WrittenFile.requireWritable(failuresPath)
    let key = try KeyFile.read(for: store)
    StopSignal.watch()
    defer { StopSignal.ignore() }
    let tally = try admin.change("oath import") { change in try take(bytes, into: change, key) }
    if !tally.problems.isEmpty {
      try WrittenFile.replace(failuresPath, with: OATHFailuresCSV.text(tally.problems))
    }
    tell(tally)
    if !tally.problems.isEmpty { throw Failure(.contentAtFault) }
  }

  private struct Tally {
    var imported = 0
    var wrong = 0
    var problems: [OATHFile.Problem] = []
  }

  private func take(_ bytes: [UInt8], into change: Change, _ key: SealingKey) throws -> Tally {
    try KeyFile.requireKey(key, of: change.holding(), at: admin.store.named())
    var rows = try OATHImport(bytes, into: change.holding().tenant, by: change.admin, at: change.at)
    var bar = ProgressBar("Importing", total: rows.byteCount)
    defer { bar.clear() }
    var problems: [OATHFile.Problem] = []
    while let row = rows.next() {
      for event in row.events {
        let sealed: String? =
          if case .tokenImported(let token) = event, let secret = token.secret {
            Base64.text(key.seal(secret, of: token.serial))
          } else {
            nil
          }
        try change.record(event, keeping: sealed)
      }
      problems += row.problems
      if let number = StopSignal.number { throw Failure(.stopped(by: number), "interrupted: nothing was imported") }
      bar.advance(to: rows.bytesRead, "\(rows.imported) tokens, \(rows.wrong) wrong")
    }
    return Tally(imported: rows.imported, wrong: rows.wrong, problems: problems)
  }

  /// Beside the file, whatever the file is called.
  private var failuresPath: String {
    if let failures { return failures }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let name = path[slash...]
    let stem = name.lowercased().hasSuffix(".csv") ? name.dropLast(4) : name
    return "\(path[..<slash])Failures_\(stem).csv"
  }

  private func tell(_ tally: Tally) {
    let told = tally.problems.isEmpty ? nil : failuresPath
    if json {
      return Done(
        what: "oath import", upn: nil, text: "",
        more: [
          ("imported", .number(Int64(tally.imported))), ("wrong", .number(Int64(tally.wrong))),
          ("failures", told.map { .text($0) } ?? .null),
        ]
      ).tell(json: true, at: admin.store.now)
    }
    let style = Output.style
    let mark = tally.problems.isEmpty ? style.green("✓") : style.red("✗")
    let name = style.bold(Printable.text(path))
    Output.line("\(mark) \(name)  tokens: \(tally.imported) imported, \(tally.wrong) wrong")
    if let told { Output.line("  each wrong row is told in \(Printable.text(told))") }
  }
}
