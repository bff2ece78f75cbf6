import Foundation

/// JSON as the rows have it: sorted keys, nothing escaped that need not be.
struct JSONRows: Sendable {
  private let encoder = JSONEncoder()
  private let decoder = JSONDecoder()

  init() { encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes] }

  func text(_ value: some Encodable) -> String {
    // Strings, whole numbers and flags only: nothing of it can fail.
    (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func value<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
    try? decoder.decode(type, from: Data(text.utf8))
  }
}
