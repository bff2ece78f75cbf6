/// FNV-1a, 64 bits (Fowler, Noll, Vo): tells whether two machines mean the same, not whether somebody cheats.
public struct FNV1a: Sendable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  public mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices { value = (value ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
  }

  public static func hash(_ bytes: [UInt8]) -> UInt64 {
    var hash = FNV1a()
    hash.add(bytes.span)
    return hash.value
  }
}
