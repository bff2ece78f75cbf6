public import Foundation

/// A JSON value, for what is put together from parts that no type describes.
public enum JSON: Hashable, Sendable, Encodable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([JSON])
  case object([String: JSON])
  case null

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .object(let members): try container.encode(members)
    case .null: try container.encodeNil()
    }
  }

  public static func text(_ text: String?) -> JSON { text.map { JSON.text($0) } ?? .null }

  public static func number(_ number: some BinaryInteger) -> JSON { .number(Int64(clamping: number)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByIntegerLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(integerLiteral number: Int64) { self = .number(number) }
  public init(nilLiteral: ()) { self = .null }
}

extension Encodable {
  /// As JSON, keys in the order of the alphabet, so that equal values have equal bytes.
  public var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self)
    }
  }
}
