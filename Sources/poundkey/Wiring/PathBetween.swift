/// The way from one file to another, as the first one names the second.
enum PathBetween {
  /// Relative, so that both can be moved together; absolute where they have no folder in common.
  static func files(_ from: String, _ to: String) -> String {
    let folder = from.lastIndex(of: "/").map { String(from[...$0]) } ?? "."
    let (start, end) = (parts(WrittenFile.resolved(folder)), parts(WrittenFile.resolved(to)))
    let shared = zip(start, end.dropLast()).prefix { $0 == $1 }.count
    guard shared > 0 else { return WrittenFile.resolved(to) }
    return (Array(repeating: "..", count: start.count - shared) + end.dropFirst(shared)).joined(separator: "/")
  }

  private static func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }
}
