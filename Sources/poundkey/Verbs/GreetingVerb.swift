import ArgumentParser

struct GreetingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "greeting", abstract: "Check, mend, hear, see and make custom greetings before they are uploaded.",
    discussion: "Example: poundkey greeting check welcome.wav",
    subcommands: [
      GreetingCheckVerb.self, GreetingFixVerb.self, GreetingPreviewVerb.self, GreetingShowVerb.self,
      GreetingSpeakVerb.self,
    ])
}
