/// Puts dots in place of some numbers, whatever spaces stand between their digits, in one walk over a text.
struct NumberMask: Sendable {
  /// The digits as a number, which may overflow, and how many: one that is taken for another hides too much, not too little.
  private struct Number: Hashable {
    var value: UInt64 = 0
    var count = 0

    mutating func add(_ digit: UInt8) {
      value = value &* 10 &+ UInt64(digit - UInt8(ascii: "0"))
      count += 1
    }
  }

  private let numbers: Set<Number>
  private let longest: Int

  /// - Parameter texts: digits only.
  init(_ texts: some Sequence<String>) {
    numbers = Set(texts.map { $0.utf8.reduce(into: Number()) { $0.add($1) } })
    longest = numbers.map(\.count).max() ?? 0
  }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  func callAsFunction(_ text: String) -> String {
    guard longest > 0 else { return text }
    let hidden = hidden(text.utf8.span)
    guard !hidden.isEmpty else { return text }
    var (bytes, end): ([UInt8], Int) = ([], 0)
    let source = Array(text.utf8)
    for range in hidden {
      bytes += source[end..<range.lowerBound]
      for index in range {
        if Self.isDigit(source[index]) { bytes += "•".utf8 } else { bytes.append(source[index]) }
      }
      end = range.upperBound
    }
    return String(decoding: bytes + source[end...], as: UTF8.self)
  }

  /// Where numbers stand, in bytes.
  private func hidden(_ bytes: Span<UInt8>) -> [Range<Int>] {
    var (found, index): ([Range<Int>], Int) = ([], 0)
    while index < bytes.count {
      guard Self.isDigit(bytes[index]) else {
        index += 1
        continue
      }
      if let end = end(from: index, bytes) {
        found.append(index..<end)
        index = end
      } else {
        while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
      }
    }
    return found
  }

  /// Where the longest number ends that begins here, with no digit behind it.
  private func end(from start: Int, _ bytes: Span<UInt8>) -> Int? {
    var (number, end, index): (Number, Int?, Int) = (Number(), nil, start)
    while index < bytes.count, number.count <= longest {
      if Self.isDigit(bytes[index]) {
        number.add(bytes[index])
        let goesOn = index + 1 < bytes.count && Self.isDigit(bytes[index + 1])
        if !goesOn, numbers.contains(number) { end = index + 1 }
      } else if bytes[index] != UInt8(ascii: " ") {
        break
      }
      index += 1
    }
    return end
  }
}
