import ArgumentParser
import Glibc
import GreetingAudio
import Reports
import VerificationCore

struct GreetingFixVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix", abstract: "Write a copy of a greeting that is accepted: format, level, silence, channels.",
    discussion: """
      The copy has one channel at 8 kHz, its speech at -22 dBov, no offset, and 0.2 s of silence at either end. Nothing \
      is cut out of the middle. It stands beside the greeting as NAME-fixed.wav, or where -o says; with -o FOLDER it \
      keeps its name. The greeting itself is never written to, and one that is fine is left alone unless -o, --format or \
      --level asks for a copy. Damaged, cut, \
      silent and too long sound is refused.

      Examples:
        poundkey greeting fix welcome.mp3
        poundkey greeting fix recordings/*.wav -o fixed/ --format mulaw

      Exit codes: 0 written, or fine as it is; 1 one cannot be mended; 2 a path does not exist, or is the greeting \
      itself; 4 a file is there already, or cannot be read or written.
      """)

  @Argument(help: ArgumentHelp("Greetings; - reads one from standard input.", valueName: "file"))
  var files: [String]

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file or folder to write; - is standard output.", valueName: "path"))
  var output: String?

  @Option(help: "wav (PCM 16-bit), mulaw (WAV, G.711) or mp3; what the name after -o ends in, else wav.")
  var format: GreetingFormat?

  @Option(parsing: .unconditional, help: "The level of the speech in dBov, from -36 to -14.")
  var level: Double?

  @Flag(help: "Leave the silence at both ends.")
  var keepSilence = false

  @Flag(help: "Replace a file that is there, and write a copy of what is fine too.")
  var force = false

  @Flag(help: "One JSON object a file, one a line.")
  var json = false

  mutating func validate() throws {
    guard level.map(MendingOptions.levels.contains) ?? true else {
      throw ValidationError("--level is from -36 to -14 dBov: beyond that a caller is told of it by the check.")
    }
    if files.contains("-"), files.count > 1 || output == nil {
      throw ValidationError("From standard input comes one greeting, and -o says where its copy goes.")
    }
  }

  func run() throws {
    let chosen = try FormatChoice.of(format, output: files.count > 1 ? nil : output)
    let folder = try targetFolder()
    let targets = files.map { file in
      folder == nil && output != nil
        ? output ?? file : GreetingTarget.path(for: file, suffix: "-fixed", ending: chosen.ending, in: folder)
    }
    let twins = twins(targets)
    let options = MendingOptions(format: chosen, level: level ?? MendingOptions().level, keepsSilence: keepSilence)
    let helpers = GreetingHelpers()
    var failures: [ExitCode] = []
    for (file, target) in zip(files, targets) {
      do {
        if let other = twins[target], other != file {
          throw Failure(
            .usage, "error: \(file): its copy would be \(target), as that of \(other) is: name one of them with -o")
        }
        if let other = files.first(where: { $0 != file && WrittenFile.isOneFile($0, target) }) {
          throw Failure(
            .usage, "error: \(file): its copy would replace \(other), which is to be fixed too: name another with -o")
        }
        try fix(file, GreetingTarget(target, source: file, force: force), options, with: helpers)
      } catch let failure as Failure {
        if let message = failure.message { Output.error(message) }
        failures.append(failure.code)
      }
    }
    for code in [ExitCode.usage, .environment, .contentAtFault] where failures.contains(code) { throw Failure(code) }
  }

  private func fix(
    _ file: String, _ target: GreetingTarget, _ options: MendingOptions, with helpers: GreetingHelpers
  ) throws {
    let source = try GreetingSource(file)
    let mended: MendedGreeting
    do {
      mended = try helpers.mend(source.bytes, name: source.name, options)
    } catch let error as UnmendableGreeting {
      tell(target, json ? [MendJSON.line(error)] : MendText(style: Output.style).lines(error))
      throw Failure(.contentAtFault)
    }
    // Whoever says where or how it is to be written wants it written.
    let isAsked = force || output != nil || format != nil || level != nil
    guard isAsked || !mended.before.findings.isEmpty && !mended.changes.isEmpty else {
      return tell(
        target,
        json
          ? [MendJSON.line(mended, written: nil)] : MendText(style: Output.style).lines(untouched: mended))
    }
    try target.write(mended.bytes)
    tell(
      target,
      json
        ? [MendJSON.line(mended, written: target.path)]
        : MendText(style: Output.style).lines(mended, target: target.path))
  }

  /// Words stand apart from sound on standard output.
  private func tell(_ target: GreetingTarget, _ lines: [String]) {
    if target.isStandardOutput { Output.error(lines.joined(separator: "\n")) } else { Output.lines(lines) }
  }

  /// nil where the copies go beside their greetings, or one has a name of its own.
  private func targetFolder() throws -> String? {
    guard let output, output != "-" else {
      guard output == nil || files.count == 1 else {
        throw Failure(.usage, "error: several greetings do not go into one pipe: name a folder after -o")
      }
      return nil
    }
    if GreetingTarget.isFolder(output) { return output }
    guard files.count > 1 || output.hasSuffix("/") else { return nil }
    guard (try? FormatChoice.of(nil, output: output)) == nil else {
      throw Failure(.usage, "error: several greetings do not go into one file: name a folder after -o, not \(output)")
    }
    guard mkdir(output, 0o777) == 0 else {
      throw Failure(
        .environment, "error: \(output): no folder, and none can be made: \(String(cString: strerror(errno)))")
    }
    return output
  }

  /// For each target, the first file whose copy it is to be.
  private func twins(_ targets: [String]) -> [String: String] {
    Dictionary(zip(targets, files)) { first, _ in first }
  }
}
