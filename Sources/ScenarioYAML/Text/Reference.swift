/// A look-up in a text: `${name}`. There is nothing else: no arithmetic, no conditions.
enum Reference {
  /// One piece of a text.
  enum Piece: Equatable {
    case text(Substring)
    case name(Substring)
  }

  enum Mistake: Error, Equatable {
    /// `${` without its `}`.
    case unclosed
    /// What stands inside is no name.
    case noName(String)
  }

  static func isIn(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for index in bytes.indices.dropFirst() where bytes[index] == UInt8(ascii: "{") {
      if bytes[index - 1] == UInt8(ascii: "$") { return true }
    }
    return false
  }

  /// Letters, digits, `_` and `-`, a letter first.
  static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 60 else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The pieces of a text; `$${` stands for `${` itself.
  static func pieces(_ text: String) throws(Mistake) -> [Piece] {
    guard isIn(text) else { return text.isEmpty ? [] : [.text(text[...])] }
    var (pieces, rest): ([Piece], Substring) = ([], text[...])
    while let open = opening(in: rest) {
      let (before, inside) = (rest[..<open], rest.utf8.index(open, offsetBy: 2))
      if before.utf8.last == UInt8(ascii: "$") {
        pieces += [.text(before), .text("{")]
        rest = rest[inside...]
        continue
      }
      guard let close = rest[inside...].utf8.firstIndex(of: UInt8(ascii: "}")) else { throw .unclosed }
      let name = rest[inside..<close]
      guard isName(name) else { throw .noName(String(name)) }
      if !before.isEmpty { pieces.append(.text(before)) }
      pieces.append(.name(name))
      rest = rest[rest.utf8.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(rest)) }
    return pieces
  }

  /// The text that `pieces` makes this one of.
  static func escaped(_ text: String) -> String {
    guard isIn(text) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      // `${` becomes `$${`.
      if byte == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "$") { bytes.append(UInt8(ascii: "$")) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where `${` stands first.
  private static func opening(in text: Substring) -> String.Index? {
    let bytes = text.utf8.span
    for index in bytes.indices.dropFirst()
    where bytes[index] == UInt8(ascii: "{") && bytes[index - 1] == UInt8(ascii: "$") {
      return text.utf8.index(text.startIndex, offsetBy: index - 1)
    }
    return nil
  }
}
