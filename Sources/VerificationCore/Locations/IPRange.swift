/// A range of addresses in CIDR notation: `203.0.113.0/24`, `2001:db8::/32`.
public struct IPRange: Hashable, Sendable {
  public let base: IPAddress
  /// 0 to 32 for IPv4, 0 to 128 for IPv6.
  public let prefix: Int

  /// Why a text is no range.
  public enum Mistake: Error, Hashable, Sendable {
    case noAddress
    /// The `/` or what must follow it is missing or wrong.
    case noPrefix(max: Int)
    /// Bits beyond the prefix are set: the range that was probably meant.
    case hostBits(meant: String)
  }

  public init(_ text: some StringProtocol) throws(Mistake) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { throw .noAddress }
    let width = address.family.width
    guard parts.count == 2, parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let prefix = Int(parts[1]),
      (0...width).contains(prefix)
    else { throw .noPrefix(max: width) }
    let network = IPAddress(family: address.family, bits: address.bits & Self.mask(prefix, width))
    guard network == address else { throw .hostBits(meant: "\(network)/\(prefix)") }
    base = address
    self.prefix = prefix
  }

  public func contains(_ address: IPAddress) -> Bool {
    address.family == base.family && address.bits & Self.mask(prefix, base.family.width) == base.bits
  }

  public func overlaps(_ other: IPRange) -> Bool { contains(other.base) || other.contains(base) }

  private static func mask(_ prefix: Int, _ width: Int) -> UInt128 {
    guard prefix > 0 else { return 0 }
    let all = width == 128 ? UInt128.max : UInt128(UInt32.max)
    return all & ~(prefix == width ? 0 : (UInt128(1) << UInt128(width - prefix)) - 1)
  }

  /// Whether it holds only addresses that are not routed in public: RFC 1918, 6598, loopback, link-local, RFC 4193.
  public var isPrivate: Bool { Self.privateRanges.contains { $0.contains(base) && $0.prefix <= prefix } }

  /// Whether it holds such addresses beside others.
  public var touchesPrivate: Bool { Self.privateRanges.contains { overlaps($0) } }

  fileprivate static let privateRanges = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7",
    "fe80::/10", "::1/128",
  ].compactMap { try? IPRange($0) }
}

extension IPAddress {
  /// Whether it is not routed in public.
  public var isPrivate: Bool { IPRange.privateRanges.contains { $0.contains(self) } }
}

extension IPRange: CustomStringConvertible {
  public var description: String { "\(base)/\(prefix)" }
}

extension IPRange.Mistake {
  /// What is wrong and what to write, as the end of a sentence that begins with the text.
  public var explanation: String { said.text }

  /// ``explanation``, for any language.
  public var said: Sentence {
    switch self {
    case .noAddress: Sentence("is no range of addresses; write one in CIDR notation, as in 203.0.113.0/24")
    case .noPrefix(let max):
      Sentence("needs the length of its prefix, 0 to \(max), as in \(max > 32 ? "2001:db8::/32" : "203.0.113.0/24")")
    case .hostBits(let meant): Sentence("names one address of a range; the range is \(meant)")
    }
  }
}

/// A location by name (TEN-4).
public struct NamedLocation: Hashable, Sendable {
  public var name: String
  public var ranges: [IPRange]
  public var isTrusted: Bool

  public init(name: String, ranges: [IPRange], isTrusted: Bool) {
    self.name = name
    self.ranges = ranges
    self.isTrusted = isTrusted
  }

  public func contains(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }
}
