public import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML
public import VerificationCore

struct MessagesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages", abstract: "List the messages: when each plays, what it waits for, in which languages.",
    discussion: """
      Examples:
        poundkey messages
        poundkey messages --language fr --text
        poundkey messages --tenant my.yaml --json

      Exit codes: 0 good, 2 a path does not exist, 3 the tenant file is invalid.
      """)

  @OptionGroup var tenant: TenantOption

  @Option(help: "Only this language, as in fr.")
  var language: Language?

  @Flag(help: "Show the words of each message.")
  var text = false

  @Flag(help: "One JSON object a message, one a line.")
  var json = false

  func run() throws {
    let choice = try tenant.read().greetingChoice
    let languages = languages(of: choice)
    if json { return Output.lines(MessageType.allCases.map { line($0, choice, languages) }) }
    showSituations()
    showLengths(choice, languages)
    if text { showTexts(choice, languages) }
  }

  private func showSituations() {
    var table = Table(["message", "waits for", "plays when"])
    for message in MessageType.allCases { table.add([message.rawValue, message.waitsFor ?? "-", message.situation]) }
    Output.lines(table.lines(width: Output.width, style: Output.style))
    Output.line("\ncode is the report code, 0 unless set.\n")
  }

  /// A table of its own: beside what the messages are for, six languages do not fit on 80 columns.
  private func showLengths(_ choice: GreetingChoice, _ languages: [Language]) {
    var table = Table(["message"] + languages.map(\.tag))
    for message in MessageType.allCases {
      table.add([message.rawValue] + languages.map { cell(message, choice, $0) })
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
    Output.line("\nLengths in seconds; * is a greeting of the tenant's own.")
  }

  private func languages(of choice: GreetingChoice) -> [Language] {
    if let language { return [language] }
    return choice.custom.reduce(into: GreetingChoice.defaultLanguages) { known, greeting in
      if !known.contains(greeting.language) { known.append(greeting.language) }
    }
  }

  private func recording(_ message: MessageType, _ choice: GreetingChoice, _ language: Language) -> Recording? {
    let recording = choice.recording(for: message, languages: [language])
    return [language, language.parent].contains(recording.language) ? recording : nil
  }

  /// Seconds: `9.5`, `12.3*` for a custom one.
  private func cell(_ message: MessageType, _ choice: GreetingChoice, _ language: Language) -> String {
    guard let recording = recording(message, choice, language) else { return "-" }
    let tenths = recording.length.count / 100
    return "\(tenths / 10).\(tenths % 10)\(recording.source == .custom ? "*" : "")"
  }

  private func showTexts(_ choice: GreetingChoice, _ languages: [Language]) {
    for message in MessageType.allCases {
      Output.line("\n\(Output.style.bold(message.rawValue))")
      for language in languages {
        guard let recording = recording(message, choice, language) else { continue }
        let words = recording.script ?? "(words not known)"
        let lines = Wrapping.wrap(words, width: Output.width - 6)
        Output.lines(lines.enumerated().map { ($0 == 0 ? "  \(language)  " : "      ") + $1 })
      }
    }
  }

  private func line(_ message: MessageType, _ choice: GreetingChoice, _ languages: [Language]) -> String {
    let recordings = languages.compactMap { recording(message, choice, $0)?.json }
    return JSONLine([
      ("message", .text(message.rawValue)), ("situation", .text(message.situation)),
      ("waitsFor", message.waitsFor.map(JSONLine.Value.text) ?? .null),
      ("recordings", .list(recordings.map(JSONLine.Value.object))),
    ]).text
  }
}

extension Language: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
