/// What a text must be.
public indirect enum Matcher: Hashable, Sendable {
  case equals(String)
  /// A Swift regular expression, without its slashes, that matches anywhere.
  case pattern(String)
  case contains(String)
  case not(Matcher)
  case all([Matcher])

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
      // Most patterns are plain words, and an expression takes long to compile.
      if Self.isPlain(pattern) { return text.contains(pattern) }
      guard let regex = try? Regex(pattern) else { return false }
      return text.contains(regex)
    case .contains(let part): return text.contains(part)
    case .not(let matcher): return !matcher.matches(text)
    case .all(let matchers): return matchers.allSatisfy { $0.matches(text) }
    }
  }

  /// Whether every character of a pattern stands for itself.
  private static func isPlain(_ pattern: String) -> Bool {
    !pattern.isEmpty && pattern.utf8.allSatisfy { !"\\^$.|?*+()[]{}".utf8.contains($0) && $0 < 0x80 }
  }
}

extension Matcher: CustomStringConvertible {
  public var description: String {
    switch self {
    case .equals(let text): "\"\(text)\""
    case .pattern(let pattern): "/\(pattern)/"
    case .contains(let part): "containing \"\(part)\""
    case .not(let matcher): "other than \(matcher)"
    case .all(let matchers): matchers.map(\.description).joined(separator: " and ")
    }
  }
}

/// What something must be that may be missing: a sender, a caller ID.
public enum Presence: Hashable, Sendable {
  /// It is unknown.
  case absent
  case like(Matcher)

  public func holds(for text: String?) -> Bool {
    switch self {
    case .absent: text == nil
    case .like(let matcher): text.map(matcher.matches) ?? false
    }
  }
}

extension Presence: CustomStringConvertible {
  public var description: String {
    switch self {
    case .absent: "unknown"
    case .like(.equals(let text)): text
    case .like(let matcher): matcher.description
    }
  }
}

/// How many there must be.
public struct Count: Hashable, Sendable {
  public var range: ClosedRange<Int>

  /// Nobody counts further.
  public static let most = 1_000
  public static let atLeastOne = Count(1...most)

  public init(_ range: ClosedRange<Int>) { self.range = range }

  public init(exactly count: Int) { range = count...count }

  public func holds(for count: Int) -> Bool {
    range.lowerBound <= count && (count <= range.upperBound || range.upperBound == Self.most)
  }

  /// nil where a range is meant.
  public var exact: Int? { range.lowerBound == range.upperBound ? range.lowerBound : nil }
}

extension Count: CustomStringConvertible {
  /// `2`, `at least 2`, `at most 2`, `1 to 3`
  public var description: String {
    if let exact { return "\(exact)" }
    if range.upperBound == Self.most { return "at least \(range.lowerBound)" }
    return range.lowerBound == 0 ? "at most \(range.upperBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
