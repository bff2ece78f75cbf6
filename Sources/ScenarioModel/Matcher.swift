/// What a text must be: equal, or matched anywhere by a pattern.
public enum Matcher: Hashable, Sendable {
  case equals(String)
  /// A Swift regular expression, without its slashes.
  case pattern(String)

  /// Why a text between slashes is not taken as a pattern.
  public enum Mistake: Error, Hashable, Sendable {
    case noPattern
    /// The engine backtracks: a repetition inside a repetition takes time without end on a text that does not match.
    case endless
  }

  public init(_ text: String) throws(Mistake) {
    guard text.count >= 2, text.first == "/", text.last == "/" else {
      self = .equals(text)
      return
    }
    let pattern = String(text.dropFirst().dropLast())
    guard (try? Regex(pattern)) != nil else { throw .noPattern }
    guard Self.comesToAnEnd(pattern) else { throw .endless }
    self = .pattern(pattern)
  }

  /// At most four repetitions, and none of a group that repeats or chooses.
  private static func comesToAnEnd(_ pattern: String) -> Bool {
    let characters = Array(pattern)
    var (repetitions, index, isInClass) = (0, 0, false)
    // For each open group, whether it repeats or chooses inside; and the same of the group closed last.
    var (open, closed): ([Bool], Bool) = ([], false)
    while index < characters.count {
      let character = characters[index]
      let before: Character = index > 0 ? characters[index - 1] : "("
      switch character {
      case "\\": index += 1
      case "[": isInClass = true
      case "]": isInClass = false
      case _ where isInClass: break
      case "(": open.append(false)
      case ")": closed = open.popLast() ?? false
      case "|": open.indices.last.map { open[$0] = true }
      case "*", "+", "{":
        if before == ")", closed { return false }
        repetitions += 1
        open.indices.forEach { open[$0] = true }
      default: break
      }
      index += 1
    }
    return repetitions <= 4
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
