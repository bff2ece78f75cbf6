import ArgumentParser

struct GreetingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greeting", abstract: "Check custom greetings before they are uploaded.",
    discussion: "Example: poundkey greeting check welcome.wav", subcommands: [GreetingCheckVerb.self])
}
