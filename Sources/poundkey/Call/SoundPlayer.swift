import Files
import GreetingAudio
import VerificationCore

/// Plays the recordings of a call as it goes on.
final class SoundPlayer {
  private let player: SystemPlayer
  private let home: String
  private let folder: ScratchFolder
  private let helpers = GreetingHelpers()

  /// - Throws: exit code 4 where there is no player, or no recording to play.
  init() throws(Failure) {
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
        start(named: "\(recording.message.rawValue)-\(recording.language)", files(of: recording))
      case .speakingExtension(let digits, let clips):
        start(named: "digits-\(digits)", clips.map { "\(home)/greetings/\($0.file)" })
      case .ended, .sendingExtension, .serviceHungUp, .personHungUp, .lineDropped: stop()
      default: continue  // silent
      }
    }
  }

  func pause(_ isPaused: Bool) { player.pause(isPaused) }

  func stop() { player.stop() }

  private func start(named title: String, _ files: [String]) {
    player.stop()
    if let wave = wave(named: title, files) { player.start(wave) }
  }

  private func files(of recording: Recording) -> [String] {
    guard let file = recording.file else { return [] }
    return [recording.source == .default ? "\(home)/greetings/\(file)" : file]
  }

  /// One WAV of all the files, one after the other: every player knows WAV, not every one knows MP3.
  private func wave(named title: String, _ files: [String]) -> String? {
    folder.file("\(title).wav") {
      let sounds = files.compactMap(sound)
      guard let first = sounds.first, sounds.count == files.count else { return nil }
      return WAVWriter.pcm16(MonoSound(samples: sounds.flatMap(\.samples), rate: first.rate))
    }
  }

  private func sound(_ path: String) -> MonoSound? {
    guard var file = try? OpenFile(path: path), file.kind == .regular,
      let bytes = try? file.read(upTo: GreetingLimits().maxBytes)
    else { return nil }
    guard let answer = try? helpers.perform(SoundDecoder.job(bytes)) else { return nil }
    return try? SoundDecoder.sound(answer: answer)
  }
}
