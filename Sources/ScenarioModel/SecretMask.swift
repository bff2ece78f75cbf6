/// Puts dots in place of secrets, such as PINs, wherever a text quotes what a file says.
public struct SecretMask: Sendable {
  private struct Secret {
    let scalars: [Unicode.Scalar]
    /// For a quick look whether a text may hold it.
    let bytes: [UInt8]
  }

  /// The longest first: one may be the beginning of another.
  private let secrets: [Secret]

  public init(_ secrets: [String]) {
    let distinct = Set(secrets.filter { !$0.isEmpty })
    let ordered = distinct.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    self.secrets = ordered.map { Secret(scalars: Array($0.unicodeScalars), bytes: Array($0.utf8)) }
  }

  /// As many dots as a secret has scalars, so that carets stay in place.
  ///
  /// Only whole words are secrets: the PIN 1234 does not hide the middle of a telephone number, which would tell it.
  public func callAsFunction(_ text: String) -> String {
    guard secrets.contains(where: { Self.holds(text, $0.bytes) }) else { return text }
    var scalars = Array(text.unicodeScalars)
    for secret in secrets.map(\.scalars) {
      var start = 0
      while start + secret.count <= scalars.count {
        let end = start + secret.count
        if scalars[start..<end].elementsEqual(secret), !Self.isWord(scalars, start - 1), !Self.isWord(scalars, end) {
          for index in start..<end { scalars[index] = "•" }
        }
        start += 1
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Whether the bytes of a secret stand anywhere in a text; most texts hold none, and are told so at once.
  private static func holds(_ text: String, _ secret: [UInt8]) -> Bool {
    let bytes = text.utf8.span
    var start = 0
    while start + secret.count <= bytes.count {
      var matched = 0
      while matched < secret.count, bytes[start + matched] == secret[matched] { matched += 1 }
      if matched == secret.count { return true }
      start += 1
    }
    return false
  }

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
      || scalars.indices.contains(index) && scalars[index].properties.numericType != nil
  }
}
