/// What a token shows. Prints as dots.
public struct OneTimeCode: Hashable, Sendable {
  public let revealed: String
}

extension OneTimeCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { String(repeating: "•", count: revealed.count) }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Why there is no code.
public enum OneTimeCodeError: Error, Hashable, Sendable {
  /// RFC 6238 counts from 1970-01-01T00:00:00Z.
  case before1970
  /// The library refused, in its words.
  case library(String)
}
