/// Puts dots in place of secrets, such as PINs, wherever a text quotes what a file says.
public struct SecretMask: Sendable {
  private struct Secret {
    let scalars: [Unicode.Scalar]
    /// For a quick look whether a text may hold it.
    let bytes: [UInt8]
  }

  /// The longest first: one may be the beginning of another.
  private let secrets: [Secret]
  /// A bit for each byte that a secret begins with.
  private let firsts: InlineArray<4, UInt64>

  public init(_ secrets: [String]) {
    let distinct = Set(secrets.filter { !$0.isEmpty })
    let ordered = distinct.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    self.secrets = ordered.map { Secret(scalars: Array($0.unicodeScalars), bytes: Array($0.utf8)) }
    var firsts = InlineArray<4, UInt64>(repeating: 0)
    for secret in self.secrets { firsts[Int(secret.bytes[0] >> 6)] |= 1 << UInt64(secret.bytes[0] & 63) }
    self.firsts = firsts
  }

  /// As many dots as a secret has scalars, so that carets stay in place.
  ///
  /// Only whole words are secrets: the PIN 1234 does not hide the middle of a telephone number, which would tell it.
  public func callAsFunction(_ text: String) -> String {
    guard mayBeSecret(text) else { return text }
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
  private func mayBeSecret(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for index in bytes.indices where firsts[Int(bytes[index] &>> 6)] &>> UInt64(bytes[index] & 63) & 1 == 1 {
      if secrets.contains(where: { Self.stands($0.bytes, in: bytes, at: index) }) { return true }
    }
    return false
  }

  private static func stands(_ secret: [UInt8], in text: Span<UInt8>, at start: Int) -> Bool {
    guard start + secret.count <= text.count else { return false }
    for index in secret.indices where text[start + index] != secret[index] { return false }
    return true
  }

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
      || scalars.indices.contains(index) && scalars[index].properties.numericType != nil
  }
}
