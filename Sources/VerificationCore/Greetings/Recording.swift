/// One of Poundkey's own recordings, at 8 to 16 kHz in `greetings/`.
public struct DefaultRecording: Hashable, Sendable {
  public let message: MessageType
  public let language: Language
  public let length: Milliseconds
  /// Below `greetings/`.
  public let file: String
  public let script: String

  init(message: MessageType, language: StaticString, milliseconds: Int64, file: String, script: String) {
    self.message = message
    self.language = Language(known: language)
    length = Milliseconds(milliseconds)
    self.file = file
    self.script = script
  }
}

/// One spoken digit, for the extension (EXT-2).
public struct DigitClip: Hashable, Sendable {
  public let digit: Int
  public let language: Language
  public let length: Milliseconds
  /// Below `greetings/`.
  public let file: String

  init(digit: Int, language: StaticString, milliseconds: Int64, file: String) {
    self.digit = digit
    self.language = Language(known: language)
    length = Milliseconds(milliseconds)
    self.file = file
  }
}

/// A recording of the tenant's own, for one message in one language (MSG-6).
public struct CustomGreeting: Hashable, Sendable {
  public var message: MessageType
  public var language: Language
  /// Measured when the file was read (MSG-7).
  public var length: Milliseconds
  /// Where the sound is; nil for a greeting of which only the length is given.
  public var file: String?
  /// The words, where the tenant says them.
  public var script: String?

  public init(
    message: MessageType, language: Language, length: Milliseconds, file: String? = nil, script: String? = nil
  ) {
    self.message = message
    self.language = language
    self.length = length
    self.file = file
    self.script = script
  }
}

/// What is played for one message of one call.
public struct Recording: Hashable, Sendable {
  public enum Source: String, Hashable, Sendable { case custom, `default` }

  public let message: MessageType
  public let language: Language
  public let source: Source
  public let length: Milliseconds
  public let file: String?
  public let script: String?

  init(_ greeting: CustomGreeting) {
    message = greeting.message
    language = greeting.language
    source = .custom
    length = greeting.length
    file = greeting.file
    script = greeting.script
  }

  init(_ recording: DefaultRecording) {
    message = recording.message
    language = recording.language
    source = .default
    length = recording.length
    file = recording.file
    script = recording.script
  }
}
