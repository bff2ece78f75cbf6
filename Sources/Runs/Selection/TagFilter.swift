/// `--tags a,b,!slow`: files with one of the tags, and with none of those behind a `!`.
public struct TagFilter: Hashable, Sendable {
  public let wanted: [String]
  public let unwanted: [String]

  /// nil where there is an empty name, as in `a,,b`.
  public init?(_ text: String) {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0) }
    guard !names.contains(where: { $0.isEmpty || $0 == "!" }) else { return nil }
    wanted = names.filter { !$0.hasPrefix("!") }
    unwanted = names.filter { $0.hasPrefix("!") }.map { Self.trimmed($0.dropFirst()) }
  }

  func accepts(_ tags: [String]) -> Bool {
    (wanted.isEmpty || wanted.contains(where: tags.contains)) && !unwanted.contains(where: tags.contains)
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension TagFilter: CustomStringConvertible {
  public var description: String { (wanted + unwanted.map { "!" + $0 }).joined(separator: ",") }
}
