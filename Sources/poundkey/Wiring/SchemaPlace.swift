import Files
import Glibc
import ScenarioYAML

/// Where the schema of a new file is: beside it or above it, as it is or in a folder `docs`.
struct SchemaPlace {
  /// From where the file is.
  let path: String
  let isThere: Bool

  /// Higher up it would be somebody else's.
  private static let levels = 8

  init(for file: String, _ kind: SourceKind) {
    let name = FileSchema.fileName(kind)
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "./"
    for level in 0...Self.levels {
      let up = String(repeating: "../", count: level)
      for path in [name, "docs/\(name)"] where Folder.holds(up + path, in: folder) {
        (self.path, isThere) = (up + path, true)
        return
      }
    }
    (path, isThere) = (name, false)
  }
}
