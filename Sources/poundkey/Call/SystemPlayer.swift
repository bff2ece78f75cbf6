import Glibc

/// A player of the system, for WAV files, one at a time.
final class SystemPlayer {
  /// In the order in which they are tried, each with what it takes before the file.
  private static let players: [(name: String, arguments: [String])] = [
    ("pw-play", []), ("paplay", []), ("aplay", ["-q"]), ("play", ["-q"]),
    ("ffplay", ["-nodisp", "-autoexit", "-loglevel", "quiet"]),
  ]

  private let name: String
  private let program: String
  private let arguments: [String]
  private var process: ChildProcess?
  private var failure: String?

  /// - Throws: exit code 4 where there is none.
  init() throws(Failure) {
    guard
      let found = Self.players.compactMap({ player in
        ProgramPath.find(player.name).map { (player.name, $0, player.arguments) }
      }).first
    else {
      let names = Self.players.map(\.name).joined(separator: ", ")
      throw Failure(
        .environment,
        "error: no player for --play: install one of \(names), as in apt-get install alsa-utils")
    }
    (name, program, arguments) = found
  }

  deinit { process?.stop() }

  /// Plays a file from its start, in place of what is playing.
  func start(_ path: String) {
    stop()
    process = ChildProcess(program, arguments + [path])
    if process == nil { failure = "no sound: \(name) cannot be started" }
  }

  /// Whether something still plays.
  var isPlaying: Bool {
    look()
    return process != nil
  }

  /// Why nothing is heard: a player that gave up by itself.
  var trouble: String? {
    look()
    return failure
  }

  func pause(_ isPaused: Bool) { process?.signal(isPaused ? SIGSTOP : SIGCONT) }

  func stop() {
    process?.stop()
    process = nil
  }

  private func look() {
    switch process?.ending() {
    case nil: return
    case .exited(let code)?:
      if code != 0 { failure = "no sound: \(name) gave up with exit code \(code)" }
    case .killed?: failure = "no sound: \(name) was stopped from outside"
    }
    process = nil
  }
}
