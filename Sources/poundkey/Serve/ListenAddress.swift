import NIOCore

/// Where a console listens: an address of this machine, by default one that nobody else reaches.
struct ListenAddress {
  static let loopback = "127.0.0.1"

  /// As it was given.
  let text: String
  /// Whether nobody but this machine reaches it.
  let isLoopback: Bool
  /// In links for others, IPv6 in brackets; nil where none can reach it.
  let linkHost: String?

  /// - Returns: nil for what is no IP address.
  init?(_ text: String) {
    guard let address = try? SocketAddress(ipAddress: text, port: 0), let plain = address.ipAddress else { return nil }
    self.text = text
    isLoopback = plain.hasPrefix("127.") || plain == "::1"
    let isAny = plain == "0.0.0.0" || plain == "::"
    linkHost = isLoopback ? nil : isAny ? Self.reachable(over: address.protocol) : Self.bracketed(plain)
  }

  /// Where this machine opens the console itself.
  var ownHost: String {
    guard let address = try? SocketAddress(ipAddress: text, port: 0), let plain = address.ipAddress else { return text }
    return plain == "0.0.0.0" || plain == "::" ? Self.loopback : Self.bracketed(plain)
  }

  private static func bracketed(_ address: String) -> String { address.contains(":") ? "[\(address)]" : address }

  /// The first address that is neither loopback nor of one link only: IPv4 first, since it is shorter to read out.
  private static func reachable(over family: NIOBSDSocket.ProtocolFamily) -> String? {
    let addresses = ((try? System.enumerateDevices()) ?? []).compactMap { $0.address?.ipAddress }
    let fitting = addresses.filter { address in
      !address.hasPrefix("127.") && !address.hasPrefix("169.254.") && address != "::1" && !address.hasPrefix("fe80:")
        && (family == .inet6 || !address.contains(":"))
    }
    return (fitting.first { !$0.contains(":") } ?? fitting.first).map(bracketed)
  }
}
