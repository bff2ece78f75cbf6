/// The transcripts that were kept for a scenario file, by the name of the snapshot and the case.
///
/// A text file that reads well in a review: a line `=== name [case]` before each transcript.
public struct SnapshotFile: Hashable, Sendable {
  /// `at the end [language=fr-FR]`
  public struct Key: Hashable, Comparable, Sendable {
    public let name: String
    public let caseName: String?

    public init(name: String, caseName: String? = nil) {
      self.name = name
      self.caseName = caseName
    }

    var heading: String { caseName.map { "\(name) [\($0)]" } ?? name }

    public static func < (left: Key, right: Key) -> Bool { left.heading < right.heading }
  }

  /// By heading.
  private var kept: [String: [String]] = [:]

  public init() {}

  /// - Throws: the number of the first line that belongs to no snapshot.
  public init(_ text: String) throws(Mistake) {
    var heading: String?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix(Self.mark) {
        heading = String(line.dropFirst(Self.mark.count))
        kept[heading ?? ""] = []
      } else if let heading {
        kept[heading, default: []].append(String(line))
      } else if !line.isEmpty, !line.hasPrefix("#") {
        throw Mistake(line: number + 1)
      }
    }
    // The empty line before a heading is for the eye.
    for heading in kept.keys { while kept[heading]?.last == "" { kept[heading]?.removeLast() } }
  }

  public struct Mistake: Error, Hashable, Sendable {
    public let line: Int
  }

  public subscript(key: Key) -> [String]? {
    get { kept[key.heading] }
    set { kept[key.heading] = newValue }
  }

  /// Forgets what none of these is.
  public mutating func keep(only keys: Set<Key>) {
    let headings = Set(keys.map(\.heading))
    kept = kept.filter { headings.contains($0.key) }
  }

  public var isEmpty: Bool { kept.isEmpty }

  /// - Parameter path: of the scenario file, for the first line.
  public func text(for path: String) -> String {
    var text = "# Transcripts that \(path) must give; poundkey run -u writes them anew.\n"
    for (heading, lines) in kept.sorted(by: { $0.key < $1.key }) {
      text += "\n\(Self.mark)\(heading)\n\(lines.map { "\($0)\n" }.joined())"
    }
    return text
  }

  private static let mark = "=== "
}
