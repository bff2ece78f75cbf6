import Synchronization
public import VerificationCore

/// Lets devices in that are not this machine: a link for each, good once and for a quarter of an hour.
public final class Invitations: Sendable {
  /// How long a link is good.
  public static let validity = Milliseconds.minutes(15)
  /// How long one who came in stays in.
  static let stay = Milliseconds.minutes(12 * 60)
  /// Links that are good at once; the oldest goes for a new one.
  static let openLinks = 8
  /// Devices that are in at once; likewise.
  static let guests = 64

  private struct Pass {
    let token: AccessToken
    let until: Instant
  }

  private struct State {
    var links: [Pass] = []
    var guests: [Pass] = []
  }

  /// An address of this machine that devices in its network reach, as links have it.
  public let host: String
  private let time: @Sendable () -> Instant
  private let drawing: @Sendable (String) -> String?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - host: an IP address, IPv6 in brackets.
  ///   - drawing: a text as a QR code in SVG.
  public init(
    host: String, time: @escaping @Sendable () -> Instant, drawing: @escaping @Sendable (String) -> String?
  ) {
    (self.host, self.time, self.drawing) = (host, time, drawing)
  }

  /// Makes a new link. It is a secret: who opens it first is in.
  public func link(port: Int) -> (text: String, until: Instant) {
    let pass = Pass(token: .random(), until: time() + Self.validity)
    state.withLock { state in
      state.links = state.links.suffix(Self.openLinks - 1) + [pass]
    }
    return (text(pass.token, port), pass.until)
  }

  /// How things stand.
  struct Standing {
    /// The newest link that is still good, how long it is, and until when.
    let link: (text: String, until: Instant, left: Milliseconds)?
    /// So many links are good.
    let open: Int
    /// So many devices are in.
    let devices: Int
  }

  func standing(port: Int) -> Standing {
    let now = time()
    return state.withLock { state in
      Self.forget(&state, at: now)
      let newest = state.links.last.map { (text($0.token, port), $0.until, $0.until - now) }
      return Standing(link: newest, open: state.links.count, devices: state.guests.count)
    }
  }

  /// No link that was made so far lets anybody in any more; who is in stays in.
  func close() { state.withLock { $0.links = [] } }

  /// The newest link that is still good, drawn.
  func drawnLink(port: Int) -> String? { standing(port: port).link.flatMap { drawing($0.text) } }

  private static func forget(_ state: inout State, at now: Instant) {
    state.links.removeAll { $0.until <= now }
    state.guests.removeAll { $0.until <= now }
  }

  private func text(_ token: AccessToken, _ port: Int) -> String {
    let authority = port == 80 ? host : "\(host):\(port)"
    return "http://\(authority)/join/\(token.revealed)"
  }

  /// - Returns: what the device is known by from now on; nil for a link that is not good, or not any more.
  func join(_ text: some StringProtocol) -> AccessToken? {
    let now = time()
    return state.withLock { state in
      Self.forget(&state, at: now)
      guard let index = Self.index(of: text, in: state.links) else { return nil }
      state.links.remove(at: index)
      let guest = Pass(token: .random(), until: now + Self.stay)
      state.guests = state.guests.suffix(Self.guests - 1) + [guest]
      return guest.token
    }
  }

  func isGuest(_ text: some StringProtocol) -> Bool {
    let now = time()
    return state.withLock { state in
      Self.forget(&state, at: now)
      return Self.index(of: text, in: state.guests) != nil
    }
  }

  /// Looks at each, also behind the right one.
  private static func index(of text: some StringProtocol, in passes: [Pass]) -> Int? {
    var found: Int?
    for (index, pass) in passes.enumerated() where pass.token.matches(text) { found = index }
    return found
  }
}
