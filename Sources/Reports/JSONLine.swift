/// One JSON object on one line, its keys in the order given.
public struct JSONLine: Sendable {
  public indirect enum Value: Sendable {
    case text(String)
    case number(Int64)
    /// With three decimals, rounded down.
    case seconds(Duration)
    case flag(Bool)
    case null
    case list([Value])
    case object(JSONLine)

    static func optional(_ text: String?) -> Self { text.map { .text($0) } ?? .null }
    static func texts(_ texts: [String]) -> Self { .list(texts.map { .text($0) }) }
  }

  private let members: [(key: String, value: Value)]

  public init(_ members: [(key: String, value: Value)]) { self.members = members }

  public var text: String {
    "{" + members.map { "\(Self.quoted($0.key)):\(Self.text($0.value))" }.joined(separator: ",") + "}"
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .text(let text): quoted(text)
    case .number(let number): String(number)
    case .seconds(let time): decimals(time)
    case .flag(let flag): String(flag)
    case .null: "null"
    case .list(let values): "[" + values.map(text).joined(separator: ",") + "]"
    case .object(let object): object.text
    }
  }

  private static func decimals(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let digits = String((attoseconds / 1_000_000_000_000_000).magnitude)
    let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }

  /// RFC 8259, 7: quote, backslash and control characters escaped, the rest as it is.
  private static func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
