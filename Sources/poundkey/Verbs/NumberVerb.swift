import ArgumentParser
import Files
import Reports
import ScenarioModel
import VerificationCore

struct NumberVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "number", abstract: "Check telephone numbers before a tenant holds them.",
    discussion: "Example: poundkey number check \"+33 612345678\"", subcommands: [NumberCheckVerb.self])
}

struct NumberCheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether numbers can be called, and from which numbers the calls come.",
    discussion: """
      A number is +, the country calling code, a space and the number, with xEXTENSION for office lines. Length and \
      first digits are checked by the plan of the calling code; whether anybody has the number is not asked.

      Examples:
        poundkey number check "+33 612345678" "+1 4255550100x204"
        poundkey number check - --json < numbers.txt

      Exit codes: 0 all possible, 1 one is not, 2 a path does not exist, 3 the tenant file is invalid, 5 no number on \
      standard input.
      """)

  @Argument(help: ArgumentHelp("Numbers, each in quotes; - reads one a line from standard input.", valueName: "number"))
  var numbers: [String]

  @OptionGroup var tenant: NamedTenantOption

  @Flag(help: "One JSON object a number, one a line.")
  var json = false

  func run() throws {
    let own = try tenant.read()?.settings.callerID.own
    let texts = try numbers.flatMap { try $0 == "-" ? NumberLines.readStandardInput() : [$0] }
    if texts.isEmpty { throw Failure(.nothingMatched, "error: no number on standard input; write one a line") }
    var impossible = 0
    for text in texts {
      let check = NumberCheck(text, own: own)
      if !check.isPossible { impossible += 1 }
      Output.lines(json ? [check.jsonLine] : check.lines(style: Output.style, width: Output.width))
    }
    if !json, texts.count > 1 {
      Output.line("\n\(texts.count) numbers: \(texts.count - impossible) possible, \(impossible) not")
    }
    if impossible > 0 { throw Failure(.contentAtFault) }
  }
}

/// Numbers from a pipe, one a line.
enum NumberLines {
  /// Many more than a tenant has people.
  private static let limit = 16 << 20

  /// Empty lines are passed over, and spaces around a number.
  static func readStandardInput() throws(Failure) -> [String] {
    let bytes: [UInt8]
    do {
      bytes = try OpenFile.readStandardInput(upTo: limit + 1)
    } catch {
      throw Failure(error.exitCode, "error: \(error)")
    }
    guard bytes.count <= limit else {
      throw Failure(.contentAtFault, "error: standard input is longer than \(limit) bytes; check it in parts")
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmed }.filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
