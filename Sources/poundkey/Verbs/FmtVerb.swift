import ArgumentParser
import Files
import Reports
import ScenarioModel
import ScenarioYAML

struct FmtVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay out scenario, tenant, fragment and explore files in the one way.",
    discussion: """
      Two spaces a level, lists indented under their key, braces on one line where they end within 100 columns, quotes \
      where they matter, one empty line where there were several. Comments, the order of keys and all values stay: the \
      result is read again and compared before anything is written.

      Examples:
        poundkey fmt scenarios/
        poundkey fmt --check scenarios/           (changes nothing, lists what would change)
        poundkey fmt --diff my.yaml               (changes nothing, shows what would change)
        poundkey fmt - < my.yaml                  (to standard output, for editors)

      Exit codes: 0 good, 1 with --check or --diff: something would change, 2 a path does not exist, 3 a file is no YAML, \
      4 a file cannot be read, written, or laid out without changing what it says, 5 no such file there.
      """)

  @Argument(help: "Files, and folders in which they are; - is standard input.")
  var paths: [String]

  @Flag(help: "Change nothing; list the files that would change.")
  var check = false

  @Flag(help: "Change nothing; show what would change.")
  var diff = false

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Missing expected argument '<paths> ...'") }
    if paths.contains("-"), paths.count > 1 { throw ValidationError("- is standard input, and stands alone") }
  }

  func run() throws {
    if paths == ["-"] { return try standardInput() }
    let edited = try EditedFiles(paths: paths)
    var tally = FormatTally()
    for reason in edited.unreadable {
      Output.error("error: \(Printable.text(reason))")
      tally.failures.insert(.environment)
    }
    for file in edited.files { try format(file, &tally) }
    if !check, !diff { Output.line("\(tally.changed) of \(edited.files.count) files changed") }
    if let failure = tally.failure { throw failure }
  }

  private func format(_ file: EditedFiles.File, _ tally: inout FormatTally) throws {
    guard let formatted = text(of: file.bytes, file.path, &tally) else { return }
    guard Array(formatted.text.utf8) != file.bytes else { return }
    tally.changed += 1
    if check || diff {
      tally.failures.insert(.contentAtFault)
      if check { Output.line(Printable.text(file.path)) }
      if diff { show(formatted, file) }
      return
    }
    do throws(Failure) {
      try WrittenFile.rewrite(file.path, with: Array(formatted.text.utf8))
      Output.line("changed \(Printable.text(file.path))")
    } catch {
      if let message = error.message { Output.error(message) }
      tally.failures.insert(.environment)
    }
  }

  private func standardInput() throws {
    let limit = ScenarioReader.sizeLimit
    let bytes: [UInt8]
    do {
      bytes = try OpenFile.readStandardInput(upTo: limit + 1)
    } catch {
      throw Failure(.environment, "error: \(error)")
    }
    var tally = FormatTally()
    let file = EditedFiles.File(path: "standard input", bytes: bytes, kind: nil)
    guard let formatted = text(of: bytes, file.path, &tally) else { throw tally.failure ?? Failure(.invalidFile) }
    guard check || diff else { return Output.text(formatted.text) }
    guard Array(formatted.text.utf8) != bytes else { return }
    if check { Output.line(file.path) }
    if diff { show(formatted, file) }
    throw Failure(.contentAtFault)
  }

  private func text(of bytes: [UInt8], _ path: String, _ tally: inout FormatTally) -> FileFormat? {
    do throws(FileFormat.Failure) {
      return try FileFormat(bytes, path: path)
    } catch {
      let lines = SourceText.lines(String(decoding: bytes, as: UTF8.self))
      let render = ProblemText(style: Output.errorStyle, secrets: error.secrets)
      for problem in error.problems { Output.error(render.render(problem, lines: lines)) }
      switch error {
      case .invalid: tally.failures.insert(.invalidFile)
      case .unfaithful: tally.failures.insert(.environment)
      }
      return nil
    }
  }

  private func show(_ formatted: FileFormat, _ file: EditedFiles.File) {
    let masked = SecretMask(formatted.secrets)
    let old = Self.lines(String(decoding: file.bytes, as: UTF8.self))
    let new = Self.lines(formatted.text)
    Output.text(masked(UnifiedDiff.text(file.path, from: old, to: new, style: Output.style)))
  }
}

extension FmtVerb {
  /// Carriage returns, byte order marks and a missing line end are shown: they change too.
  private static func lines(_ text: String) -> [Substring] {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Substring(Printable.text(String($0)).replacing("\u{FEFF}", with: "\\u{FEFF}")) }
    if lines.last == "" {
      lines.removeLast()
    } else if let last = lines.popLast() {
      lines.append(last + "\n\\ No newline at end of file")
    }
    return lines
  }
}

/// How formatting went.
struct FormatTally {
  var changed = 0
  var failures: Set<ExitCode> = []

  /// What is wrong with a file's content weighs more than what is wrong with the machine.
  var failure: Failure? {
    let order: [ExitCode] = [.invalidFile, .environment, .contentAtFault]
    return order.first { failures.contains($0) }.map { Failure($0) }
  }
}
