/// Paths in one form, so that the same file has the same name in every run.
public enum NormalPath {
  /// `./a//b.yaml` is `a/b.yaml`; the empty path is `.`.
  ///
  /// `..` stays: behind a link it leads elsewhere than the text says.
  public static func of(_ path: String) -> String {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    let text = parts.map { String($0) ?? "" }.joined(separator: "/")
    if path.utf8.first == UInt8(ascii: "/") { return "/" + text }
    return text.isEmpty ? "." : text
  }
}
