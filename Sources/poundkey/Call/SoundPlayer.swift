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

  private let name: String
  private let player: String
  private let arguments: [String]
  private let home: String
  private let folder: String
  private var process: ChildProcess?
  private var failure: String?

  /// - Throws: exit code 4 where there is no player, or no recording to play.
  init() throws(Failure) {
    guard
      let found = Self.players.compactMap({ player in
        Self.path(of: player.name).map { (player.name, $0, player.arguments) }
      }).first
    else {
      let names = Self.players.map(\.name).joined(separator: ", ")
      throw Failure(
        .environment,
        "error: no player for --play: install one of \(names), as in apt-get install alsa-utils")
    }
    (name, player, arguments) = found
    home = try Home.require()
    var template = Array("\(NSTemporaryDirectory())poundkey-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Failure(.environment, "error: no temporary folder: \(String(cString: strerror(errno)))")
    }
    folder = String(cString: made)
  }

  deinit {
    process?.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Why nothing is heard: a player that gave up by itself.
  var trouble: String? {
    if failure == nil, case .exited(let code)? = process?.ending() {
      process = nil
      if code != 0 { failure = "no sound: \(name) gave up with exit code \(code)" }
    }
    return failure
  }

  /// Follows what happens: starts what starts, stops what stops.
  func follow(_ news: [JournalEntry]) {
    for entry in news {
      switch entry.fact {
      case .started(let recording, _):
        start(named: "\(recording.message.rawValue)-\(recording.language)", files(of: recording))
      case .speakingExtension(let digits, let clips):
        start(named: "digits-\(digits)", clips.map { "\(home)/greetings/\($0.file)" })
      case .ended, .sendingExtension, .serviceHungUp, .personHungUp, .lineDropped: stop()
      default: continue  // silent
      }
    }
  }

  func pause(_ isPaused: Bool) { process?.signal(isPaused ? SIGSTOP : SIGCONT) }

  func stop() {
    process?.stop()
    process = nil
  }

  private func start(named title: String, _ files: [String]) {
    stop()
    guard let wave = wave(named: title, files) else { return }
    process = ChildProcess(player, arguments + [wave])
    if process == nil { failure = "no sound: \(name) cannot be started" }
  }

  private func files(of recording: Recording) -> [String] {
    guard let file = recording.file else { return [] }
    return [recording.source == .default ? "\(home)/greetings/\(file)" : file]
  }

  /// One WAV of all the files, one after the other: every player knows WAV, not every one knows MP3.
  private func wave(named title: String, _ files: [String]) -> String? {
    let target = "\(folder)/\(title).wav"
    if FileManager.default.fileExists(atPath: target) { return target }
    let sounds = files.compactMap(sound)
    guard let first = sounds.first, sounds.count == files.count else { return nil }
    let whole = MonoSound(samples: sounds.flatMap(\.samples), rate: first.rate)
    return FileManager.default.createFile(atPath: target, contents: Data(WAVWriter.pcm16(whole))) ? target : nil
  }

  private func sound(_ path: String) -> MonoSound? {
    guard var file = try? OpenFile(path: path), file.kind == .regular,
      let bytes = try? file.read(upTo: GreetingLimits().maxBytes)
    else { return nil }
    return try? SoundDecoder.decode(bytes)
  }

  private static func path(of name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
