import ArgumentParser
import Reports
import ScenarioModel
import ScenarioYAML
import Simulation
import VerificationCore

/// What the writing of a recording takes.
struct RecordingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The title of the scenario; else what happened.", valueName: "text"),
    transform: RecordingOptions.title)
  var title: String?

  @Flag(help: "Replace the file if it is there.")
  var force = false

  /// - Throws: for a title that no file could hold on its line.
  private static func title(_ text: String) throws -> String {
    let isOneLine = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard isOneLine, text.contains(where: { !$0.isWhitespace }), text.count <= 200 else {
      throw ValidationError("it takes 1 to 200 characters on one line")
    }
    return text
  }
}

/// A live session as a scenario file.
struct RecordingFile {
  let path: String
  let options: RecordingOptions
  /// The tenant file of the session; nil for the demo tenant.
  let tenant: String?

  /// Whether the file can be written is found out before anybody takes a call for it.
  ///
  /// - Throws: exit code 2 for the name of something else, 4 where it cannot be written or is there already.
  func prepare() throws(Failure) {
    try WrittenFile.refuseRecording(path, for: "record")
    if let tenant, WrittenFile.isOneFile(path, tenant) {
      throw Failure(.usage, "error: \(path) is the tenant file: record into another file")
    }
    if !options.force, WrittenFile.exists(path) { throw WrittenFile.isThere(path) }
    try WrittenFile.requireWritable(path)
    if ![".yaml", ".yml"].contains(where: path.hasSuffix) {
      Output.error(
        "note: \(Printable.text(path)) does not end in .yaml: run finds it only by its name, not in its folder")
    }
  }

  /// Writes the file, reads it again and plays it in virtual time; says how that went.
  ///
  /// - Returns: whether it passes, and does what was done in the session.
  /// - Throws: exit code 4 where it cannot be written; then it is on standard output.
  func write(_ session: Session) throws(Failure) -> Bool {
    let take = Recorder.record(session, title: options.title, path: path)
    try put(WrittenScenario.text(take.scenario, given: givenForm(session.given), at: path))
    let problems = problems(seed: session.seed)
    let title = Printable.text(take.scenario.title.value)
    guard problems.isEmpty, take.isFaithful else {
      let fault = problems.isEmpty ? "does not do all that was done" : "does not pass"
      Output.error("error: recorded \(path): \(title); but it \(fault)")
      for problem in problems { Output.error(problem) }
      return false
    }
    let seed = session.seed == 1 ? "" : " --seed \(session.seed)"
    Output.line("recorded \(path): \(title)")
    Output.line("It passes: \(Output.program) run \(ShellWord.quoted(path))\(seed)")
    return true
  }

  private func put(_ text: String) throws(Failure) {
    do throws(Failure) {
      let bytes = Array(text.utf8)
      if options.force { try WrittenFile.replace(path, with: bytes) } else { try WrittenFile.create(path, with: bytes) }
    } catch {
      // A call is not taken again so easily.
      Output.text(text)
      throw error
    }
  }

  /// Short: by the path of its tenant file, and by who signs in where that is not the first.
  private func givenForm(_ given: Given) -> ScenarioWriter.GivenForm {
    let isFirst = given.tenant.users.first?.upn == given.user
    return .named(tenant: tenant.map { PathBetween.files(path, $0) }, user: isFirst ? nil : given.user)
  }

  /// What does not go as the file says, told as `run` would.
  private func problems(seed: UInt64) -> [String] {
    do {
      let scenario = try ScenarioReader(files: SourceFiles(), greetings: GreetingMeter()).scenario(at: path)
      let text = ProblemText(style: Output.errorStyle, secrets: scenario.given.secrets)
      return VirtualDriver.play(scenario, seed: seed).problems.map {
        text.render($0, lines: SourceLines.of($0.place?.path))
      }
    } catch {
      return InvalidFile.failure(error).message.map { [$0] } ?? []
    }
  }
}
