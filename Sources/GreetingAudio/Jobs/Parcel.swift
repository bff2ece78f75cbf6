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
    guard let (text, bytes) = ParcelLayout.split(packed),
      let value = try? JSONDecoder().decode(Value.self, from: Data(text))
    else { return nil }
    self.value = value
    self.bytes = bytes
  }

  /// Empty where the value cannot be written, which no parcel is.
  var packed: [UInt8] {
    (try? JSONEncoder().encode(value)).map { ParcelLayout.joined(Array($0), bytes) } ?? []
  }
}

enum ParcelLayout {
  static func joined(_ text: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(4 + text.count + bytes.count)
    packed.appendLittleEndian(text.count, bytes: 4)
    packed += text
    packed += bytes
    return packed
  }

  static func split(_ packed: [UInt8]) -> (text: ArraySlice<UInt8>, bytes: [UInt8])? {
    guard let length = packed.littleEndian32(at: 0), let text = packed.field(at: 4, length: length) else { return nil }
    return (text, Array(packed[(4 + length)...]))
  }
}
