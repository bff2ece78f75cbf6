import Foundation

/// What goes to a helper process and comes back: a value as JSON, and bytes beside it as they are.
///
/// Four bytes with the length of the JSON, little-endian, the JSON, the bytes.
struct Parcel<Value: Codable> {
  var value: Value
  var bytes: [UInt8]

  init(_ value: Value, bytes: [UInt8] = []) {
    self.value = value
    self.bytes = bytes
  }

  /// nil for what is no such parcel.
  init?(packed: [UInt8]) {
    guard let length = packed.littleEndian32(at: 0), let text = packed.field(at: 4, length: length),
      let value = try? JSONDecoder().decode(Value.self, from: Data(text))
    else { return nil }
    self.value = value
    bytes = Array(packed[(4 + length)...])
  }

  /// Empty where the value cannot be written, which no parcel is.
  var packed: [UInt8] {
    guard let text = try? JSONEncoder().encode(value) else { return [] }
    var packed: [UInt8] = []
    packed.reserveCapacity(4 + text.count + bytes.count)
    packed.appendLittleEndian(text.count, bytes: 4)
    packed += text
    return packed + bytes
  }
}
