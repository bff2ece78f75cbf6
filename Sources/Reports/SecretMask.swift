/// Puts dots in place of secrets, such as PINs, wherever a text quotes what a file says.
public struct SecretMask: Sendable {
  private let secrets: [[Unicode.Scalar]]

  public init(_ secrets: [String]) {
    self.secrets = secrets.filter { !$0.isEmpty }.map { Array($0.unicodeScalars) }
  }

  /// As many dots as a secret has scalars, so that carets stay in place.
  ///
  /// Only whole words are secrets: the PIN 1234 does not hide the middle of a telephone number, which would tell it.
  public func callAsFunction(_ text: String) -> String {
    guard !secrets.isEmpty else { return text }
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

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].properties.isAlphabetic
      || scalars.indices.contains(index) && scalars[index].properties.numericType != nil
  }
}
