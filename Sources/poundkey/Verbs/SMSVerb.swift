public import ArgumentParser
import Files
import Reports
import ScenarioModel
public import VerificationCore

struct SMSVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sms", abstract: "See what a text message costs and what it says.",
    discussion: "Example: poundkey sms preview --language fr", subcommands: [SMSPreviewVerb.self])
}

struct SMSPreviewVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Show how a text would be encoded and cut, and what makes it long.",
    discussion: """
      Without a text, the message that Poundkey simulates, with the code 123456. GSM-7 holds 160 septets, or 153 in each \
      part of a longer text; one character outside its alphabet makes all of it UCS-2, with 70 and 67. Places count \
      Unicode characters from 1.

      Examples:
        poundkey sms preview
        poundkey sms preview --language fr --domain login.larkspur.example --country 33
        poundkey sms preview "L’accès est prêt"
        poundkey sms preview - --json < message.txt

      Exit codes: 0 good, 1 the text cannot be sent (empty, not UTF-8, more than 255 parts), 2 usage, 4 standard input \
      cannot be read.
      """)

  static let sizeLimit = 1 << 20

  @Argument(help: "The text; - reads it from standard input, without the line end at its end.")
  var text: String?

  @Option(help: "The language of the simulated message, as in fr; English where there is none in it.")
  var language: Language?

  @Option(help: "Whose page may fill the code in: adds the line \"@domain #code\".")
  var domain: WebDomain?

  @Option(help: "The calling code of the person's country, as in 33, which chooses the sender.")
  var country: CallingCode?

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if text != nil, language != nil || domain != nil {
      throw ValidationError("--language and --domain are for the simulated message: leave them out, or leave TEXT out")
    }
  }

  func run() throws {
    let message = simulated
    let shown = SegmentsText(try given() ?? message.text)
    let sender = TextSender.sender(forCountryCode: country?.digits ?? "")
    if json {
      Output.line(shown.json(sender: sender.text, language: text == nil ? message.language.tag : nil))
    } else {
      let words = text == nil ? ", in \(message.language)" : ""
      Output.line(Output.style.dim("from \(sender) (made up; not guaranteed)\(words)"))
      Output.lines(shown.lines(width: Output.width, style: Output.style))
    }
    if !shown.canBeSent { throw Failure(.contentAtFault) }
  }

  private var simulated: TextMessage {
    guard let example = TextMessage.Code("123456") else { preconditionFailure("six digits are a code") }
    return TextMessage(code: example, languages: language.map { [$0] } ?? [], domain: domain)
  }

  private func given() throws(Failure) -> String? {
    guard let text else { return nil }
    let given = text == "-" ? try Self.standardInput() : text
    if given.isEmpty {
      throw Failure(.contentAtFault, "error: the text is empty; leave TEXT out to see the simulated message")
    }
    return given
  }

  private static func standardInput() throws(Failure) -> String {
    let bytes: [UInt8]
    do {
      bytes = try OpenFile.readStandardInput(upTo: sizeLimit + 1)
    } catch {
      throw Failure(error.exitCode, "error: \(error)")
    }
    guard bytes.count <= sizeLimit else {
      throw Failure(.contentAtFault, "error: more than \(sizeLimit) bytes came; no text message is that long")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let place = (SourceText.invalidByte(in: bytes) ?? 0) + 1
      throw Failure(.contentAtFault, "error: byte \(place) is not UTF-8 text; save the text as UTF-8")
    }
    return Self.withoutLineEnd(text)
  }

  /// What `echo` and editors add.
  private static func withoutLineEnd(_ text: String) -> String {
    var scalars = text.unicodeScalars
    if scalars.last == "\n" {
      scalars.removeLast()
      if scalars.last == "\r" { scalars.removeLast() }
    }
    return String(scalars)
  }
}

/// `33` or `+33`
struct CallingCode: ExpressibleByArgument {
  let digits: String

  init?(argument: String) {
    let digits = argument.first == "+" ? argument.dropFirst() : argument[...]
    guard (1...3).contains(digits.utf8.count), digits.first != "0",
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    self.digits = String(digits)
  }
}

extension WebDomain: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
