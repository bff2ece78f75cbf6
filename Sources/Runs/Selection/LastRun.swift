/// What failed in the last run of a folder, as kept between runs.
public struct LastRun: Hashable, Sendable {
  /// Ids of cases, without their rounds, and paths of files that could not be run.
  public let failed: [String]

  private static let heading = "poundkey last run 1"

  /// - Parameter failed: in any order, some more than once.
  public init(failed: some Sequence<String>) { self.failed = Set(failed).sorted() }

  /// nil for a text that `text` did not make.
  public init?(text: String) {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.first == Self.heading, lines.popLast() == "" else { return nil }
    failed = lines.dropFirst().map(Self.read)
  }

  /// A heading, then one a line.
  public var text: String { ([Self.heading] + failed.map(Self.written)).map { $0 + "\n" }.joined() }

  /// A name may hold a line feed.
  private static func written(_ id: String) -> String {
    var line = ""
    for scalar in id.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  private static func read(_ line: String) -> String {
    var (id, isEscaped) = (String.UnicodeScalarView(), false)
    for scalar in line.unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
      } else {
        id.append(isEscaped && scalar == "n" ? "\n" : scalar)
        isEscaped = false
      }
    }
    return String(id)
  }

  /// The name of the file in which the last run of a folder is kept.
  public static func fileName(ofFolder folder: String) -> String {
    var print = Fingerprint()
    print.add(folder)
    let digits = String(print.value, radix: 16)
    return "last-run-" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}
