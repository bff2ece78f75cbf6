import Hummingbird

/// An answer that is a JSON object, some members of which are written as JSON already.
struct JSONBody {
  private var bytes: [UInt8] = Array("{".utf8)

  mutating func add(_ name: String, _ value: JSON) throws {
    begin(name)
    bytes += try value.json
  }

  /// - Parameter list: of values that are JSON.
  mutating func add(_ name: String, _ list: [[UInt8]]) {
    begin(name)
    bytes += "[".utf8
    for (place, value) in list.enumerated() {
      if place > 0 { bytes += ",".utf8 }
      bytes += value
    }
    bytes += "]".utf8
  }

  /// - Parameter name: letters.
  private mutating func begin(_ name: String) {
    if bytes.count > 1 { bytes += ",".utf8 }
    bytes += "\"\(name)\":".utf8
  }

  var response: Response { .bytes(bytes + "}".utf8, type: "application/json") }
}
