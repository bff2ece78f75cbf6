import ArgumentParser

struct RecordVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Take a call in the terminal and write it out as a scenario that passes.",
    discussion: """
      A call as poundkey call has it, with the same keys; q ends it, and so does Ctrl-C. What was done is then written \
      to the file and played once in virtual time. Times are kept to a tenth of a second, closer where that matters. A \
      PIN is never written: press: {pin: right} enters the user's, press: {pin: wrong} another. The scenario goes on to \
      the end of a call that was left before it. A tenant store cannot be recorded in: it is another one after each call.

      Examples:
        poundkey record my-call.yaml
        poundkey record reports/omar.yaml --tenant my.yaml --user omar@larkspur.example
        poundkey record my-call.yaml --force --title "Helga reports fraud and changes her mind"

      Exit codes: 0 good, 1 the recording does not pass, 2 usage, 3 an invalid tenant file, 4 the file cannot be written \
      or is there already, no terminal or no player, 130 interrupted: what was done is written all the same.
      """)

  @Argument(help: ArgumentHelp("The scenario file to write.", valueName: "file"))
  var file: String

  @OptionGroup var call: CallOptions
  @OptionGroup var recording: RecordingOptions

  func run() async throws {
    let file = RecordingFile(path: file, options: recording, tenant: call.signIn.path)
    try await LiveCall(options: call, recording: file).run()
  }
}
