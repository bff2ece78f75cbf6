import ArgumentParser
import Glibc
import GreetingAudio
import Reports
import VerificationCore

struct GreetingPreviewVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Hear a greeting as a caller does: 8 kHz, through G.711.",
    discussion: """
      Writes a WAV file beside the greeting, NAME-preview.wav, or where -o says; --play plays it, and writes none \
      unless -o is given. A greeting that would be rejected can be heard too; of a long one, its first two minutes.

      Examples:
        poundkey greeting preview welcome.mp3 --play
        poundkey greeting preview welcome.mp3 -o - | aplay

      Exit codes: 0 good, 1 there is no sound in the file, 2 a path does not exist or is the greeting itself, 4 a file \
      is there already or cannot be read or written, or there is no player, 130 interrupted.
      """)

  @Argument(help: ArgumentHelp("A greeting; - reads it from standard input.", valueName: "file"))
  var file: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The WAV to write; - is standard output.", valueName: "path"))
  var output: String?

  @Option(help: "mu in North America and Japan, a elsewhere.")
  var law = TelephonePreview.Law.mu

  @Flag(help: "Play it, where the machine has a player.")
  var play = false

  @Flag(help: "Replace the file if it is there.")
  var force = false

  func run() throws {
    if let output, output != "-", !output.lowercased().hasSuffix(".wav") {
      throw Failure(.usage, "error: \(output): a preview is a WAV: name a file that ends in .wav")
    }
    let player = play ? try SystemPlayer() : nil
    let wave = WAVWriter.pcm16(try render())
    if let target {
      let target = GreetingTarget(target, source: file, force: force)
      try target.write(wave)
      if !target.isStandardOutput { Output.line("wrote \(target.path)") }
    }
    if let player { try listen(player, wave) }
  }

  private var target: String? {
    if output != nil || play { return output }
    return file == "-" ? "-" : GreetingTarget.path(for: file, suffix: "-preview", ending: "wav")
  }

  private func render() throws -> MonoSound {
    let source = try GreetingSource(file)
    do {
      return try GreetingHelpers().preview(source.bytes, law)
    } catch let error as UndecodableSound {
      let reasons = error.findings.map { "\($0.id.rawValue): \($0.message)" }.joined(separator: "; ")
      throw Failure(.contentAtFault, "error: \(Printable.text(file)): no sound to hear: \(reasons)")
    }
  }

  private func listen(_ player: SystemPlayer, _ wave: [UInt8]) throws {
    let folder = try ScratchFolder()
    guard let path = folder.file("preview.wav", content: { wave }) else {
      throw Failure(.environment, "error: \(folder.path) cannot be written")
    }
    StopSignal.watch()
    player.start(path)
    while player.isPlaying {
      if let number = StopSignal.number {
        player.stop()
        throw Failure(.stopped(by: number))
      }
      usleep(10_000)
    }
    if let trouble = player.trouble { throw Failure(.environment, "error: \(trouble)") }
  }
}
