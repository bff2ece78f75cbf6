public import VerificationCore

/// What a recording is called in a stream: `greetingStandard/fr/default`, `greetingPIN/en/custom-1f0c22ab`.
public struct RecordingKey: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case `default`
    /// The tenant's own, with a hash of its length and its words: two tenants may each have one.
    case custom(UInt32)
  }

  /// The message that it is for.
  public let message: String
  /// BCP 47.
  public let language: String
  public let source: Source

  public init(message: String, language: String, source: Source) {
    self.message = message
    self.language = language
    self.source = source
  }

  public init(_ recording: Recording) {
    message = recording.message.rawValue
    language = recording.language.tag
    source =
      switch recording.source {
      case .default: .default
      case .custom: .custom(Self.hash(recording))
      }
  }

  /// FNV-1a, 32 bits. Without the file: where it lies depends on the machine.
  private static func hash(_ recording: Recording) -> UInt32 {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: recording.length.count >> ($0 * 8)) }
    var hash: UInt32 = 2_166_136_261
    for byte in length { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    for byte in (recording.script ?? "").utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash
  }
}

extension RecordingKey: CustomStringConvertible {
  public var description: String {
    switch source {
    case .default: return "\(message)/\(language)/default"
    case .custom(let hash):
      let digits = String(hash, radix: 16)
      return "\(message)/\(language)/custom-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }
  }

  /// Reads what `description` writes.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    (message, language) = (String(parts[0]), String(parts[1]))
    if parts[2] == "default" {
      source = .default
    } else {
      let digits = parts[2].dropFirst("custom-".count)
      guard parts[2].hasPrefix("custom-"), digits.count == 8, let hash = UInt32(digits, radix: 16) else { return nil }
      source = .custom(hash)
    }
  }
}

/// A recording that cases play, told once, before the first that does.
public struct RecordingRecord: Hashable, Sendable {
  public let key: RecordingKey
  public let length: Milliseconds
  /// Its words, where they are known.
  public let script: String?

  public init(key: RecordingKey, length: Milliseconds, script: String?) {
    self.key = key
    self.length = length
    self.script = script
  }
}

/// Remembers which recordings a stream has told.
public struct RecordingLedger: Sendable {
  private var told: Set<RecordingKey> = []

  public init() {}

  /// - Returns: whether it is the first time.
  public mutating func isNew(_ recording: RecordingKey) -> Bool { told.insert(recording).inserted }
}
