public import Foundation

/// A JSON value, for what is put together from parts that no type describes.
public enum JSON: Hashable, Sendable, Codable {
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

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSON].self) {
      self = .list(list)
    } else if let members = try? container.decode([String: JSON].self) {
      self = .object(members)
    } else {
      // A number that is not whole: nobody asks for one.
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "numbers are whole here")
    }
  }

  public static func text(_ text: String?) -> JSON { text.map { JSON.text($0) } ?? .null }

  public static func count(_ number: some BinaryInteger) -> JSON { .number(Int64(clamping: number)) }
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
