/// The key that a token and the service share. Prints as dots.
public struct TokenSecret: Hashable, Sendable {
  /// Characters as typed, padding included. Mark: seed.
  public static let maxCharacters = 128

  public enum Problem: Error, Hashable, Sendable {
    case empty
    case tooLong(characters: Int)
    case base32(Base32.Problem)
  }

  /// The key itself.
  public let revealedBytes: [UInt8]

  /// - Parameter text: Base32, as the file has it.
  public init(_ text: some StringProtocol) throws(Problem) { try self.init(utf8: text.utf8) }

  /// - Parameter text: the same in UTF-8.
  init(utf8 text: some Collection<UInt8>) throws(Problem) {
    // Of characters outside ASCII, the first byte counts.
    let count = text.count > Self.maxCharacters ? text.count { !UTF8.isContinuation($0) } : text.count
    guard count <= Self.maxCharacters else { throw .tooLong(characters: count) }
    do {
      revealedBytes = try Base32.decode(utf8: text)
    } catch {
      throw .base32(error)
    }
    guard !revealedBytes.isEmpty else { throw .empty }
  }

  /// A key that was kept as it is, not as a file writes it.
  public init(bytes: [UInt8]) { revealedBytes = bytes }
}

extension TokenSecret.Problem {
  public var message: String { said.text }
  public var remedy: String { advice.text }

  /// ``message``, for any language.
  public var said: Sentence {
    switch self {
    case .empty: Sentence("there is no key")
    case .tooLong(let characters):
      Sentence("the key has \(characters) characters, more than \(TokenSecret.maxCharacters)")
    case .base32(let problem): problem.said
    }
  }

  /// ``remedy``, for any language.
  public var advice: Sentence {
    switch self {
    case .empty: Sentence("fill in the key that came with the token, in Base32")
    case .tooLong:
      Sentence("give the token a shorter key; \(TokenSecret.maxCharacters) characters of Base32 are 80 bytes")
    case .base32(let problem): problem.advice
    }
  }
}

extension TokenSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "••••" }
  public var debugDescription: String { description }
  /// `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
