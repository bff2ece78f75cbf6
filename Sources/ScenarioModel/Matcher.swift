/// What a text must be: equal, or matched anywhere by a pattern.
public enum Matcher: Hashable, Sendable {
  case equals(String)
  /// A Swift regular expression, without its slashes.
  case pattern(String)

  /// - Returns: nil for a pattern that is no regular expression.
  public init?(_ text: String) {
    guard text.count >= 2, text.first == "/", text.last == "/" else {
      self = .equals(text)
      return
    }
    let pattern = String(text.dropFirst().dropLast())
    guard (try? Regex(pattern)) != nil else { return nil }
    self = .pattern(pattern)
  }

  public func matches(_ text: String) -> Bool {
    switch self {
    case .equals(let wanted): return text == wanted
    case .pattern(let pattern):
      guard let regex = try? Regex(pattern) else { return false }
      return text.contains(regex)
    }
  }
}

extension Matcher: CustomStringConvertible {
  public var description: String {
    switch self {
    case .equals(let text): "\"\(text)\""
    case .pattern(let pattern): "/\(pattern)/"
    }
  }
}
