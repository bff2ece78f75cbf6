/// How jobs and answers travel: eight bytes of length, little-endian, then the content.
enum Frame {
  static let head = 8
  /// What a helper process says first: that it has started, and is one.
  static let hello = Array("ready".utf8)
  /// The same from one whose system calls are not filtered, because the system does not allow that.
  static let unfilteredHello = Array("ready, unfiltered".utf8)

  static func bytes(ofLength count: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(count).littleEndian) { Array($0) }
  }

  /// The length that these first bytes state; nil while there are fewer than eight.
  static func length(_ bytes: some Collection<UInt8>) -> UInt64? {
    guard bytes.count >= head else { return nil }
    return bytes.prefix(head).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
