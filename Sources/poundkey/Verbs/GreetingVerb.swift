import ArgumentParser

struct GreetingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greeting", abstract: "Check custom greetings, and see who hears which.",
    discussion: """
      Examples:
        poundkey greeting check welcome.wav
        poundkey greeting resolve greetingStandard --language fr-CA,en
        poundkey greeting coverage --tenant my.yaml
      """,
    subcommands: [GreetingCheckVerb.self, GreetingResolveVerb.self, GreetingCoverageVerb.self])
}
