/// A JSON value that is written for people: keys in the order given, two spaces a level.
indirect enum JSONText: Hashable, Sendable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([JSONText])
  case object([Member])

  struct Member: Hashable, Sendable {
    let key: String
    let value: JSONText
  }

  static func object(_ members: KeyValuePairs<String, JSONText?>) -> JSONText {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  static func texts(_ texts: [String]) -> JSONText { .list(texts.map { .text($0) }) }

  /// - Parameter indent: of the line it begins in.
  func written(indent: Int = 0) -> String {
    let (inner, outer) = (String(repeating: " ", count: indent + 2), String(repeating: " ", count: indent))
    switch self {
    case .text(let text): return Self.quoted(text)
    case .number(let number): return String(number)
    case .flag(let flag): return String(flag)
    case .list(let values):
      let line = "[" + values.map { $0.written(indent: 0) }.joined(separator: ", ") + "]"
      if values.allSatisfy(\.isScalar), indent + line.count <= 100 { return line }
      return "[\n" + values.map { inner + $0.written(indent: indent + 2) }.joined(separator: ",\n") + "\n\(outer)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      if members.count == 1, let only = members.first, only.value.isScalar {
        return "{\(Self.quoted(only.key)): \(only.value.written())}"
      }
      let lines = members.map { "\(inner)\(Self.quoted($0.key)): \($0.value.written(indent: indent + 2))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .text, .number, .flag: true
    case .list, .object: false
    }
  }

  /// RFC 8259, 7.
  private static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case "\n": return "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      case _: return String(scalar)
      }
    }
    return "\"" + scalars.joined() + "\""
  }
}
