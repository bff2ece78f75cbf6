import Console
import Files
import GreetingAudio
import Records
import Synchronization
import VerificationCore

/// Recordings as the telephone in a page plays them, each decoded once.
final class GreetingSounds: RoomSounds {
  /// A second of such a WAV has 16 kB; custom greetings last 20 s at most.
  private static let capacity = 256

  private let home: String
  private let store: TenantStore
  private let folders: ServedFolders
  private let work = BlockingWork("sounds")
  private let waves = Mutex<[String: [UInt8]]>([:])

  /// - Parameters:
  ///   - home: the folder that holds `greetings`.
  ///   - store: where custom greetings are.
  ///   - folders: where those of scenarios are.
  init(home: String, store: TenantStore, folders: ServedFolders) {
    (self.home, self.store, self.folders) = (home, store, folders)
  }

  func wave(_ file: String, _ source: Recording.Source) async throws -> [UInt8]? {
    let key = "\(source.rawValue) \(file)"
    if let known = waves.withLock({ $0[key] }) { return known }
    guard let bytes = bytes(file, source) else { return nil }
    return try await work.run { [self] in
      // Of many who ask at once, the first has it made.
      if let known = waves.withLock({ $0[key] }) { return known }
      // The preview is mixed down, at 8 kHz, through G.711 and back.
      guard let wave = (try? GreetingHelpers().preview(bytes, .mu)).map(WAVWriter.pcm16) else { return nil }
      waves.withLock { waves in
        if waves.count >= Self.capacity { waves.removeAll() }
        waves[key] = wave
      }
      return wave
    }
  }

  /// The content of a recording's file.
  func bytes(_ file: String, _ source: Recording.Source) -> [UInt8]? {
    if source == .custom, let stored = (try? store.greeting(named: file)) ?? nil { return stored }
    guard let path = source == .default ? "\(home)/greetings/\(file)" : folders.path(of: file),
      var opened = try? OpenFile(path: path), opened.kind == .regular
    else { return nil }
    return try? opened.read(upTo: GreetingLimits().maxBytes)
  }
}
