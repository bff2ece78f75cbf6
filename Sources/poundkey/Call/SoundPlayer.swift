import Files
import GreetingAudio
import VerificationCore

/// Plays the recordings of a call as it goes on.
final class SoundPlayer {
  private let player: SystemPlayer
  private let home: String
  private let folder: ScratchFolder
  private let helpers = GreetingHelpers()
  private let stored: ((String) -> [UInt8]?)?

  /// - Parameter stored: a custom greeting by its name, of a tenant whose greetings are in a store; nil: they are files.
  /// - Throws: exit code 4 where there is no player, or no recording to play.
  init(stored: ((String) -> [UInt8]?)? = nil) throws(Failure) {
    self.stored = stored
    player = try SystemPlayer()
    home = try Home.require()
    folder = try ScratchFolder()
  }

  /// Why nothing is heard: a player that gave up by itself.
  var trouble: String? { player.trouble }

  /// Follows what happens: starts what starts, stops what stops.
  func follow(_ news: [JournalEntry]) {
    for entry in news {
      switch entry.fact {
      case .started(let recording, _):
        let name = "\(recording.message.rawValue)-\(recording.language)"
        if let file = recording.file { start(named: name, [sound(file, recording.source)]) } else { stop() }
      case .speakingExtension(let digits, let clips):
        start(named: "digits-\(digits)", clips.map { sound($0.file, .default) })
      case .ended, .sendingExtension, .serviceHungUp, .personHungUp, .lineDropped: stop()
      default: continue  // silent
      }
    }
  }

  func pause(_ isPaused: Bool) { player.pause(isPaused) }

  func stop() { player.stop() }

  private func start(named title: String, _ sounds: [MonoSound?]) {
    player.stop()
    if let wave = wave(named: title, sounds) { player.start(wave) }
  }

  /// One WAV of all the sounds, one after the other: every player knows WAV, not every one knows MP3.
  private func wave(named title: String, _ sounds: [MonoSound?]) -> String? {
    folder.file("\(title).wav") {
      let whole = sounds.compactMap(\.self)
      guard let first = whole.first, whole.count == sounds.count else { return nil }
      return WAVWriter.pcm16(MonoSound(samples: whole.flatMap(\.samples), rate: first.rate))
    }
  }

  private func sound(_ file: String, _ source: Recording.Source) -> MonoSound? {
    guard let bytes = bytes(file, source) else { return nil }
    guard let answer = try? helpers.perform(SoundDecoder.job(bytes)) else { return nil }
    return try? SoundDecoder.sound(answer: answer)
  }

  private func bytes(_ file: String, _ source: Recording.Source) -> [UInt8]? {
    if source == .custom, let stored { return stored(file) }
    let path = source == .default ? "\(home)/greetings/\(file)" : file
    guard var file = try? OpenFile(path: path), file.kind == .regular else { return nil }
    return try? file.read(upTo: GreetingLimits().maxBytes)
  }
}
