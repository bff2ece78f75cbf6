import ScenarioModel
import Synchronization
import VerificationCore

/// The sounds that a room has named: nothing else can be asked for.
final class SoundShelf: Sendable {
  struct Sound: Hashable {
    let file: String
    let source: Recording.Source
  }

  private let named = Mutex<[String: Sound]>([:])

  /// The address of a sound; from now on it can be asked for.
  func address(_ file: String, _ source: Recording.Source) -> String {
    let hash = FNV1a.hash(Array("\(source.rawValue) \(file)".utf8))
    let name = String(hash, radix: 16)
    named.withLock { $0[name] = Sound(file: file, source: source) }
    return "/api/sounds/\(name).wav"
  }

  /// - Parameter name: the last part of the address.
  func sound(named name: some StringProtocol) -> Sound? {
    guard name.hasSuffix(".wav") else { return nil }
    return named.withLock { $0[String(name.dropLast(4))] }
  }
}
