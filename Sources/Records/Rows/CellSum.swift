/// The checksum of a row: the name of its table, and of each cell its kind, its length and its bytes, eight at a time.
///
/// Each step takes the state to another one that no other state and no other eight bytes at this place lead to (an odd
/// factor, and a shift that can be undone). So two rows whose bytes differ in one place of eight have different sums,
/// which every single flipped byte does; of other differences one in 2^64 is missed. It finds accidents: who means harm
/// can compute a sum.
struct CellSum {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  private enum Kind: UInt64 { case null, integer, real, text, blob }

  init(of table: Table) {
    var name = table.name
    name.withUTF8 { add(text: UnsafeRawBufferPointer($0)) }
  }

  var value: Int64 { Int64(bitPattern: state) }

  mutating func addNull() { mix(Kind.null.rawValue) }

  mutating func add(_ number: Int64) {
    mix(Kind.integer.rawValue)
    mix(UInt64(bitPattern: number))
  }

  mutating func add(_ number: Double) {
    mix(Kind.real.rawValue)
    mix(number.bitPattern)
  }

  mutating func add(text bytes: UnsafeRawBufferPointer) { add(.text, bytes) }

  mutating func add(blob bytes: UnsafeRawBufferPointer) { add(.blob, bytes) }

  private mutating func add(_ kind: Kind, _ bytes: UnsafeRawBufferPointer) {
    mix(kind.rawValue | UInt64(bytes.count) << 8)
    var offset = 0
    while offset + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    guard offset < bytes.count else { return }
    // The length has been added: zeros behind the end are no other text's.
    var last: UInt64 = 0
    for byte in bytes[offset...].reversed() { last = last << 8 | UInt64(byte) }
    mix(last)
  }

  @inline(__always)
  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 32
  }
}
