import ArgumentParser
import GreetingAudio
import Reports
import ScenarioModel
import VerificationCore

struct GreetingSpeakVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speak", abstract: "Make a greeting from text, with espeak-ng.",
    discussion: """
      TYPE is one of the messages that `poundkey messages` lists; without --text our own words for it are spoken, \
      where there are some in that language. The sound is brought to -22 dBov, trimmed and checked, and the text is \
      held against the keys that the message waits for. It is written as TYPE-LANGUAGE.wav, or where -o says.

      Examples:
        poundkey greeting speak greetingStandard --language fr
        poundkey greeting speak greetingStandard --language en --text "To sign in, press pound." -o hello.mp3

      Exit codes: 0 written; 1 the greeting would be too long; 2 usage, a message or voice that there is not; 4 \
      espeak-ng is missing, a file is there already or cannot be written.
      """)

  @Argument(help: ArgumentHelp("A message, as in greetingStandard.", valueName: "type"))
  var type: String

  @Option(help: "The language, as in fr.")
  var language: Language

  @Option(help: "The words.")
  var text: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"))
  var output: String?

  @Option(help: "A voice of espeak-ng, as in fr-be; that of the language unless given.")
  var voice: String?

  @Option(help: "Words a minute, 80 to 450.")
  var rate = 160

  @Option(help: "wav (PCM 16-bit), mulaw (WAV, G.711) or mp3; what the name after -o ends in, else wav.")
  var format: GreetingFormat?

  @Flag(help: "Replace the file if it is there.")
  var force = false

  @Flag(help: "One JSON object instead of text.")
  var json = false

  mutating func validate() throws {
    guard (80...450).contains(rate) else { throw ValidationError("--rate is from 80 to 450 words a minute.") }
    let isName = voice.map { name in
      name.first.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+_-".contains($0)) }
    }
    if isName == false { throw ValidationError("--voice is a name, as in fr-be or en-us+f3.") }
  }

  func run() throws {
    let message = try message()
    let words = try words(of: message)
    let format = try FormatChoice.of(format, output: output)
    let target = GreetingTarget(path(message, format), force: force)
    try target.check()
    let mended = try speak(words, message, format)
    try target.write(mended.bytes)
    let warnings = KeyWarning.all(words, message, language)
    tell(target, report(mended, target, warnings, words, message))
  }

  private func message() throws -> MessageType {
    if let message = MessageType(rawValue: type) { return message }
    let hint = Suggestion.hint(for: type, among: MessageType.allCases.map(\.rawValue), what: "the messages are")
    throw Failure(.usage, "error: there is no message \"\(Printable.text(type))\"; \(hint)")
  }

  private func words(of message: MessageType) throws -> String {
    guard let text else {
      let choice = GreetingChoice(tenantLanguage: language)
      let recording = choice.recording(for: message, languages: [language])
      guard [language, language.parent].contains(recording.language), let script = recording.script else {
        let known = GreetingChoice.defaultLanguages.map(\.tag).joined(separator: ", ")
        throw Failure(.usage, "error: no words of ours in \(language): give --text (there are words in \(known))")
      }
      return script
    }
    if let problem = SpokenText.problem(text) { throw Failure(.usage, "error: --text: \(problem)") }
    return text
  }

  private func path(_ message: MessageType, _ format: GreetingFormat) -> String {
    let name = "\(message.rawValue)-\(language).\(format.ending)"
    guard let output else { return name }
    return GreetingTarget.isFolder(output) ? "\(output)/\(name)" : output
  }

  private func speak(_ words: String, _ message: MessageType, _ format: GreetingFormat) throws -> MendedGreeting {
    // The British and the American voice differ; ours are American.
    let own = language.tag == "en" ? ["en-us"] : [language.tag.lowercased()]
    let voices = voice.map { [$0] } ?? own + (language.isPrimary ? [] : [language.parent.tag])
    let speech = try SpeechSynthesis().speak(SpokenText.pronounced(words, language), voices: voices, rate: rate)
    do {
      return try GreetingHelpers().mend(speech, name: "\(message.rawValue).wav", MendingOptions(format: format))
    } catch let error as UnmendableGreeting {
      let reasons = error.findings.map { "\($0.message). \($0.remedy)" }.joined(separator: " ")
      throw Failure(.contentAtFault, "error: \(message.rawValue), spoken at \(rate) words a minute: \(reasons)")
    }
  }

  private func report(
    _ mended: MendedGreeting, _ target: GreetingTarget, _ warnings: [String], _ words: String, _ message: MessageType
  ) -> [String] {
    var report = mended.after
    report.file = target.path
    if json {
      return [SpokenGreetingJSON.line(report, message, language, text: words, rate: rate, warnings: warnings)]
    }
    let style = Output.style
    let text = Wrapping.wrap(words, width: Output.width - 4).map { "    \(style.dim($0))" }
    return GreetingText(style: style).lines(report) + text + warnings.map { "    \(style.yellow("warning")): \($0)" }
  }

  /// Words stand apart from sound on standard output.
  private func tell(_ target: GreetingTarget, _ lines: [String]) {
    if target.isStandardOutput { Output.error(lines.joined(separator: "\n")) } else { Output.lines(lines) }
  }
}

/// What a caller is not told by the words of a greeting.
enum KeyWarning {
  static func all(_ text: String, _ message: MessageType, _ language: Language) -> [String] {
    let missing = SpokenKeys.missing(in: text, of: message, language).map { key in
      let names = SpokenKeys.names(of: key, in: language) ?? []
      let name = names.map { "\"\($0)\"" }.joined(separator: " or ")
      return switch key {
      case .pound: "\(message.rawValue) waits for #, and the text does not say \(name)"
      case .reportCode: "fraud is reported with 0 # unless the code is set otherwise, and the text does not say \(name)"
      case .one: "\(message.rawValue) waits for 1, and the text says neither 1 nor \(name)"
      }
    }
    guard SpokenKeys.names(of: .pound, in: language) == nil, !SpokenKeys.keys(of: message).isEmpty else {
      return missing
    }
    return [
      "whether the text names the key that \(message.rawValue) waits for is not known in \(language): look yourself"
    ]
  }
}
