/// Puts dots in place of secrets, such as PINs, wherever a text quotes what a file says.
public struct SecretMask: Sendable {
  private let secrets: [[Unicode.Scalar]]
  /// The same in UTF-8: nearly every text holds none, and its bytes tell soonest.
  private let bytes: [[UInt8]]

  public init(_ secrets: [String]) {
    let known = secrets.filter { !$0.isEmpty }
    self.secrets = known.map { Array($0.unicodeScalars) }
    bytes = known.map { Array($0.utf8) }
  }

  /// As many dots as a secret has scalars, so that carets stay in place.
  ///
  /// Only whole words are secrets: the PIN 1234 does not hide the middle of a telephone number, which would tell it.
  public func callAsFunction(_ text: String) -> String {
    guard bytes.contains(where: { Self.occurs($0, in: text.utf8.span) }) else { return text }
    var scalars = Array(text.unicodeScalars)
    for secret in secrets {
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

  private static func occurs(_ secret: [UInt8], in text: Span<UInt8>) -> Bool {
    let first = secret[0]
    for start in text.indices.dropLast(secret.count - 1) where text[start] == first {
      if secret.indices.allSatisfy({ text[start + $0] == secret[$0] }) { return true }
    }
    return false
  }

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
      || scalars.indices.contains(index) && scalars[index].properties.numericType != nil
  }
}
