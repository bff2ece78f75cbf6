/// Paths in a file are relative to the file.
enum RelativePath {
  /// - Parameter node: where the path is written.
  static func resolve(_ path: String, from node: Node) -> String { resolve(path, from: node.mark.file.path) }

  static func resolve(_ path: String, from file: String) -> String {
    guard path.first != "/", let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}
