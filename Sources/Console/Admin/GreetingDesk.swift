public import VerificationCore

/// Where greetings are looked at, checked and kept.
public protocol GreetingDesk: Sendable {
  var limits: SoundLimits { get }

  /// Which messages the tenant has in which languages.
  ///
  /// - Parameter also: languages beside those of the tenant.
  func table(also languages: [Language]) async throws -> GreetingTable

  func facts(_ place: GreetingPlace) async throws -> GreetingFacts
  /// The very file that plays.
  func original(_ place: GreetingPlace) async throws -> SoundFile
  /// As a telephone carries it.
  func asHeard(_ place: GreetingPlace) async throws -> SoundFile
  /// An SVG.
  func waveform(_ place: GreetingPlace) async throws -> String

  /// Whether anybody would hear a greeting there.
  func prospect(_ place: GreetingPlace) async throws -> GreetingProspect

  // Files that are not kept.
  func check(_ sound: PostedSound) async throws -> GreetingReport
  func waveform(of sound: PostedSound) async throws -> String
  func asHeard(_ sound: PostedSound) async throws -> SoundFile
  func mend(_ sound: PostedSound) async throws -> MendedSound

  /// Keeps it, where the check accepts it.
  func put(_ sound: PostedSound, at place: GreetingPlace) async throws -> GreetingReport
  /// Our own plays again.
  func delete(_ place: GreetingPlace) async throws
}

/// In bytes.
public struct SoundLimits: Hashable, Sendable {
  /// What a greeting may have.
  public let greeting: Int
  /// What is looked into: it can be mended into a greeting.
  public let upload: Int

  public init(greeting: Int, upload: Int) { (self.greeting, self.upload) = (greeting, upload) }
}

/// A message in a language.
public struct GreetingPlace: Hashable, Sendable {
  public let message: MessageType
  public let language: Language

  public init(_ message: MessageType, _ language: Language) { (self.message, self.language) = (message, language) }
}

public struct GreetingTable: Hashable, Sendable {
  public let coverage: GreetingCoverage
  /// Where greetings of the tenant stand.
  public let own: Set<GreetingPlace>

  public init(_ coverage: GreetingCoverage, own: Set<GreetingPlace>) { (self.coverage, self.own) = (coverage, own) }
}

/// What is known of the recording that plays for a message in a language.
public struct GreetingFacts: Hashable, Sendable {
  public let place: GreetingPlace
  public let recording: Recording
  /// Whether a greeting of the tenant stands right there.
  public let isOwn: Bool
  /// Of its file; nil where there is none.
  public let name: String?
  /// nil where only its length is known.
  public let report: GreetingReport?

  public init(
    _ place: GreetingPlace, _ recording: Recording, isOwn: Bool, name: String?, report: GreetingReport?
  ) {
    (self.place, self.recording, self.isOwn, self.name, self.report) = (place, recording, isOwn, name, report)
  }
}

/// A file as it was sent.
public struct PostedSound: Hashable, Sendable {
  /// Without folders.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
}

/// A file as it is sent out.
public struct SoundFile: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case wav = "audio/wav"
    case mp3 = "audio/mpeg"
  }

  public let kind: Kind
  public let name: String
  public let bytes: [UInt8]

  public init(_ kind: Kind, name: String, bytes: [UInt8]) { (self.kind, self.name, self.bytes) = (kind, name, bytes) }
}

public struct MendedSound: Hashable, Sendable {
  public let file: SoundFile
  /// Empty where there was nothing to mend.
  public let changes: [Mend]

  public init(_ file: SoundFile, changes: [Mend]) { (self.file, self.changes) = (file, changes) }
}
