import ArgumentParser

struct GreetingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greeting", abstract: "Check, mend, hear, see and make custom greetings, and see who hears which.",
    discussion: """
      Examples:
        poundkey greeting check welcome.wav
        poundkey greeting fix welcome.wav
        poundkey greeting resolve greetingStandard --language fr-CA,en
        poundkey greeting coverage --tenant my.yaml
        poundkey greeting add greetingStandard de welcome.wav --tenant larkspur.poundkey
      """,
    subcommands: [
      GreetingCheckVerb.self, GreetingFixVerb.self, GreetingPreviewVerb.self, GreetingShowVerb.self,
      GreetingSpeakVerb.self, GreetingResolveVerb.self, GreetingCoverageVerb.self,
      GreetingAddVerb.self, GreetingListVerb.self, GreetingDeleteVerb.self, GreetingGetVerb.self,
    ])
}
