/// An IPv4 or IPv6 address.
public struct IPAddress: Hashable, Sendable {
  public enum Family: Hashable, Sendable {
    case v4, v6

    /// Bits of an address.
    public var width: Int { self == .v4 ? 32 : 128 }
  }

  public let family: Family
  /// The address as a number; the low 32 bits for IPv4.
  public let bits: UInt128

  public init(family: Family, bits: UInt128) {
    self.family = family
    self.bits = bits
  }

  /// Reads `203.0.113.7` and `2001:db8::7` (RFC 4291, 2.2), also with an IPv4 tail; an IPv4-mapped address is IPv4.
  ///
  /// - Returns: nil for anything else. IPv4 numbers have no leading zeros: some read those as octal.
  public init?(_ text: some StringProtocol) {
    if text.contains(":") {
      guard let bits = Self.version6(text) else { return nil }
      let isMapped = bits >> 32 == 0xFFFF
      self.init(family: isMapped ? .v4 : .v6, bits: isMapped ? bits & 0xFFFF_FFFF : bits)
    } else {
      guard let bits = Self.version4(text) else { return nil }
      self.init(family: .v4, bits: UInt128(bits))
    }
  }

  private static func version4(_ text: some StringProtocol) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
        part.count == 1 || part.first != "0", let byte = UInt8(part)
      else { return nil }
      bits = bits << 8 | UInt32(byte)
    }
    return bits
  }

  private static func version6(_ text: some StringProtocol) -> UInt128? {
    // At most one `::`, which stands for one or more groups of zero.
    let text = String(text)
    guard let gap = text.firstRange(of: "::") else {
      guard let groups = groups(text[...], endsAddress: true), groups.count == 8 else { return nil }
      return number(groups)
    }
    let (left, right) = (text[..<gap.lowerBound], text[gap.upperBound...])
    guard !right.contains("::"), let head = groups(left, endsAddress: false),
      let tail = groups(right, endsAddress: true), head.count + tail.count <= 7
    else { return nil }
    return number(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
  }

  private static func number(_ groups: [UInt16]) -> UInt128 { groups.reduce(0) { $0 << 16 | UInt128($1) } }

  /// Groups of up to four hexadecimal digits; the last of the address may be an IPv4 address, which is two.
  private static func groups(_ text: Substring, endsAddress: Bool) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if endsAddress, index == parts.count - 1, part.contains(".") {
        guard let tail = version4(part) else { return nil }
        groups += [UInt16(tail >> 16), UInt16(tail & 0xFFFF)]
      } else {
        guard (1...4).contains(part.count), part.utf8.allSatisfy({ $0 != 43 && $0 != 45 }),
          let group = UInt16(part, radix: 16)
        else { return nil }
        groups.append(group)
      }
    }
    return groups
  }
}

extension IPAddress: CustomStringConvertible {
  /// IPv6 as RFC 5952 writes it: lower case, the longest run of zero groups as `::`.
  public var description: String {
    guard family == .v6 else {
      return (0..<4).map { String(UInt8(truncatingIfNeeded: bits >> UInt128(24 - 8 * $0))) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    guard let gap = Self.longestZeros(groups) else { return Self.hex(groups[...]) }
    return "\(Self.hex(groups[..<gap.lowerBound]))::\(Self.hex(groups[gap.upperBound...]))"
  }

  private static func hex(_ groups: ArraySlice<UInt16>) -> String {
    groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
    var best = 0..<0
    var start: Int?
    for (index, group) in (groups + [1]).enumerated() {
      if group == 0 {
        start = start ?? index
      } else if let first = start {
        if index - first > best.count { best = first..<index }
        start = nil
      }
    }
    return best.count >= 2 ? best : nil
  }
}
