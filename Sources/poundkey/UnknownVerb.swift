import ArgumentParser
import ScenarioModel

/// A verb that does not exist, caught before the parser, which only calls it unexpected.
enum UnknownVerb {
  static func find(in arguments: [String], below command: any ParsableCommand.Type, path: String = "poundkey")
    -> Failure?
  {
    let subcommands = command.configuration.subcommands
    guard !subcommands.isEmpty, let word = arguments.first, !word.hasPrefix("-"), word != "help" else { return nil }
    if let known = subcommands.first(where: { $0.configuration.commandName == word }) {
      return find(in: Array(arguments.dropFirst()), below: known, path: "\(path) \(word)")
    }
    let names = subcommands.compactMap { $0.configuration.commandName }
    return Failure(
      .usage,
      """
      error: unknown verb "\(word)"; \(Suggestion.hint(for: word, among: names, what: "the verbs are"))
      See \(path) --help.
      """)
  }
}
