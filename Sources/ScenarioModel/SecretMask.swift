/// Puts dots in place of secrets, such as PINs, wherever a text quotes what a file says.
public struct SecretMask: Sendable {
  private struct Secret {
    let scalars: [Unicode.Scalar]
    /// For a quick look whether a text may hold it.
    let bytes: [UInt8]
  }

  /// PINs: a table may hold thousands, and each text is looked through once for all of them.
  private let numbers: NumberMask
  /// What is no number, the longest first: one may be the beginning of another.
  private let secrets: [Secret]
  /// A bit for each byte that one of `secrets` begins with.
  private let firsts: InlineArray<4, UInt64>

  public init(_ secrets: [String]) {
    let distinct = Set(secrets.filter { !$0.isEmpty })
    let isNumber = { (text: String) in text.utf8.allSatisfy(NumberMask.isDigit) }
    numbers = NumberMask(distinct.filter(isNumber))
    let ordered = distinct.filter { !isNumber($0) }.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    self.secrets = ordered.map { Secret(scalars: Array($0.unicodeScalars), bytes: Array($0.utf8)) }
    var firsts = InlineArray<4, UInt64>(repeating: 0)
    for secret in self.secrets { firsts[Int(secret.bytes[0] >> 6)] |= 1 << UInt64(secret.bytes[0] & 63) }
    self.firsts = firsts
  }

  /// As many dots as a secret has scalars, so that carets stay in place.
  ///
  /// Spaces between its digits do not show a PIN, as in `press: "47 11"`. Digits beside it do: the PIN 1234 does not
  /// hide the middle of a telephone number, which would tell it.
  public func callAsFunction(_ text: String) -> String {
    let text = numbers(text)
    guard mayBeSecret(text) else { return text }
    var scalars = Array(text.unicodeScalars)
    for secret in secrets.map(\.scalars) {
      for start in scalars.indices where scalars[start] == secret[0] {
        guard let end = Self.end(of: secret, in: scalars, from: start),
          !Self.goesOn(scalars, start - 1, beside: secret[0]),
          !Self.goesOn(scalars, end, beside: secret[secret.count - 1])
        else { continue }
        for index in start..<end where scalars[index] != " " { scalars[index] = "•" }
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Where a secret that begins here ends; spaces within it do not count.
  private static func end(of secret: [Unicode.Scalar], in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var (index, matched) = (start, 0)
    while index < scalars.count {
      if scalars[index] == secret[matched] {
        matched += 1
        if matched == secret.count { return index + 1 }
      } else if scalars[index] != " " || matched == 0 {
        return nil
      }
      index += 1
    }
    return nil
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
    var (index, matched) = (start, 0)
    while index < text.count, matched < secret.count {
      if text[index] == secret[matched] {
        matched += 1
      } else if text[index] != UInt8(ascii: " ") {
        return false
      }
      index += 1
    }
    return matched == secret.count
  }

  /// Whether what stands beside a secret makes it part of something longer: digits beside a digit, letters and digits
  /// beside a letter.
  private static func goesOn(_ scalars: [Unicode.Scalar], _ index: Int, beside edge: Unicode.Scalar) -> Bool {
    guard scalars.indices.contains(index) else { return false }
    let neighbour = scalars[index].properties
    return neighbour.numericType != nil || (edge.properties.numericType == nil && neighbour.isAlphabetic)
  }
}
