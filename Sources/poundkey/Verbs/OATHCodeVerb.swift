import ArgumentParser
import Glibc
import OneTimeCodes
import Reports
import VerificationCore

struct OATHCodeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "code",
    abstract: "Show the code that a made-up token would show, to demonstrate without the hardware.",
    discussion: """
      This prints a code on purpose, and so is for tokens that you made up. The codes of a real token let whoever reads \
      them sign in: leave those to the token.

      Examples:
        poundkey oath code made-up.csv --serial 2308374
        poundkey oath code made-up.csv --serial 2308374 --at 2025-01-15T09:00:00Z --json

      Exit codes: 0 good, 1 the row of the token, or the file, is wrong, 2 usage, or a path does not exist, 4 a file \
      cannot be read, 5 no token has this number.
      """)

  @Argument(help: ArgumentHelp("The file of the tokens; - reads standard input.", valueName: "file"))
  var path: String

  @Option(help: "The serial number of the token.")
  var serial: String

  @Option(
    help: ArgumentHelp("An instant, as in 2025-01-15T09:00:00Z; now unless given.", valueName: "time"),
    transform: Instant.argument)
  var at: Instant?

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let token = try token(in: try TokenFile.read(path))
    guard let codes = OneTimeCodes(token) else {
      throw Failure(.contentAtFault, "error: the key of token \(serial) is not known")
    }
    let time = at ?? SystemTime.now
    do throws(OneTimeCodeError) {
      show(try codes.code(at: time), for: try codes.remaining(at: time))
    } catch {
      switch error {
      case .before1970: throw Failure(.usage, "error: --at is before 1970, from which the codes are counted")
      case .library(let why): throw Failure(.environment, "error: liboath cannot make a code: \(why)")
      }
    }
  }

  private func token(in file: OATHFile) throws(Failure) -> OATHToken {
    let rows = file.rows.filter { $0.token.serial == serial }
    if rows.count > 1 {
      let lines = rows.map { String($0.line) }.joined(separator: ", ")
      throw Failure(.contentAtFault, "error: \(path) has this serial number in lines \(lines); leave one of them")
    }
    if let row = rows.first { return row.token }
    // A number of 16 characters or more is not told by a wrong row, lest it be a key.
    if let problem = file.problems.first(where: { $0.serial == serial || $0.line == 1 }) {
      throw Failure(
        .contentAtFault, "error: \(Printable.text(path)):\(problem.line): \(problem.message); \(problem.remedy)")
    }
    let wrong = file.wrongRows == 0 ? "" : "; wrong rows: \(file.wrongRows), see poundkey oath check"
    throw Failure(
      .nothingMatched, "error: no token \(Printable.text(serial)) in \(Printable.text(path))\(wrong)")
  }

  /// Whole seconds, rounded up: while it says 1, the code still holds.
  private func show(_ code: OneTimeCode, for remaining: Milliseconds) {
    let seconds = (remaining.count + 999) / 1_000
    if json {
      let members: [(key: String, value: JSONLine.Value)] = [
        ("serial", .text(serial)), ("code", .text(code.revealed)), ("holdsSeconds", .number(seconds)),
      ]
      Output.line(JSONLine(members).text)
    } else {
      Output.line("\(code.revealed)  holds \(seconds) s")
    }
  }
}
