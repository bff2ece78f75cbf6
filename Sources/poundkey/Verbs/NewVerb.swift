import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML

struct NewVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a commented file to start from, which passes as it is.",
    discussion: """
      Kinds: \(Starter.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ")).

      Examples:
        poundkey new my.yaml
        poundkey new report.yaml --kind fraud --title "Reports go through"
        poundkey new - --kind matrix              (to standard output)

      Exit codes: 0 written, 2 wrong arguments, 4 the file is there already or cannot be written.
      """)

  @Argument(help: "The file to write; - is standard output.")
  var file: String

  @Option(help: "What it is about.", transform: Starter.argument)
  var kind: Starter = .voice

  @Option(help: "What it is called; else by what it shows.", transform: NewVerb.title)
  var title: String?

  @Flag(help: "Replace the file if it is there.")
  var force = false

  func run() throws {
    let schema = SchemaPlace(for: file, kind.kind)
    let text = kind.text(title: title, schema: schema.path)
    if file == "-" { return Output.text(text) }
    if force {
      try WrittenFile.replace(file, with: text)
    } else {
      if WrittenFile.exists(file) { throw WrittenFile.isThere(file) }
      try WrittenFile.create(file, with: Array(text.utf8))
    }
    Output.line("wrote \(Printable.text(file)); \(next)")
    if !schema.isThere {
      Output.line("for completion in an editor, write its schema beside it: \(Output.program) schema --write FOLDER")
    }
  }

  private var next: String {
    let name = ShellWord.quoted(file)
    switch kind.kind {
    case .scenario: return "try: \(Output.program) run \(name)"
    case .explore: return "try: \(Output.program) explore \(name)"
    case .tenant: return "try: \(Output.program) call --tenant \(name) --user helga@larkspur.example"
    case .fragment: return "a scenario uses it with a step use: {fragment: \(file), with: {language: fr}}"
    }
  }

  private static func title(_ text: String) throws -> String {
    guard text.contains(where: { !$0.isWhitespace }), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw ValidationError("it takes a sentence, on one line")
    }
    return text
  }
}

extension Starter {
  static func argument(_ text: String) throws -> Starter {
    guard let starter = Starter(rawValue: text) else {
      let names = allCases.map(\.rawValue)
      throw ValidationError("no such kind; \(Suggestion.hint(for: text, among: names, what: "the kinds are"))")
    }
    return starter
  }
}
