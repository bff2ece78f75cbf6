import Files
import Foundation
import Glibc
import GreetingAudio
import VerificationCore

/// Plays recordings through a player of the system; one at a time.
final class SoundPlayer {
  /// In the order in which they are tried, each with what it takes before the file.
  private static let players: [(name: String, arguments: [String])] = [
    ("pw-play", []), ("paplay", []), ("aplay", ["-q"]), ("play", ["-q"]),
    ("ffplay", ["-nodisp", "-autoexit", "-loglevel", "quiet"]),
  ]

  private let player: String
  private let arguments: [String]
  private let home: String
  private let folder: String
  private var process: Process?

  /// - Throws: exit code 4 where there is no player, or no recording to play.
  init() throws(Failure) {
    guard
      let found = Self.players.compactMap({ player in Self.path(of: player.name).map { ($0, player.arguments) } }).first
    else {
      throw Failure(
        .environment,
        "error: no player for --play: install one of \(Self.players.map(\.name).joined(separator: ", ")), as in apt-get install alsa-utils"
      )
    }
    (player, arguments) = found
    home = try Home.require()
    var template = Array("\(NSTemporaryDirectory())poundkey-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Failure(.environment, "error: no temporary folder: \(String(cString: strerror(errno)))")
    }
    folder = String(cString: made)
  }

  deinit {
    process?.terminate()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Follows what happens: starts what starts, stops what stops.
  func follow(_ news: [JournalEntry]) {
    for entry in news {
      switch entry.fact {
      case .started(let recording, _): start(recording)
      case .ended: stop()
      default: continue  // silent
      }
    }
  }

  func pause(_ isPaused: Bool) {
    guard let process, process.isRunning else { return }
    kill(process.processIdentifier, isPaused ? SIGSTOP : SIGCONT)
  }

  func stop() {
    // A stopped process does not take its SIGTERM until it goes on.
    pause(false)
    process?.terminate()
    process = nil
  }

  private func start(_ recording: Recording) {
    stop()
    guard let wave = wave(of: recording) else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: player)
    process.arguments = arguments + [wave]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return }
    self.process = process
  }

  /// Every player knows WAV; not every one knows MP3.
  private func wave(of recording: Recording) -> String? {
    guard let file = recording.file else { return nil }
    let source = recording.source == .default ? "\(home)/greetings/\(file)" : file
    let target = "\(folder)/\(recording.message.rawValue)-\(recording.language).wav"
    if FileManager.default.fileExists(atPath: target) { return target }
    guard var open = try? OpenFile(path: source), open.kind == .regular,
      let bytes = try? open.read(upTo: GreetingLimits().maxBytes), let sound = try? SoundDecoder.decode(bytes)
    else { return nil }
    let written = FileManager.default.createFile(atPath: target, contents: Data(WAVWriter.pcm16(sound)))
    return written ? target : nil
  }

  private static func path(of name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
