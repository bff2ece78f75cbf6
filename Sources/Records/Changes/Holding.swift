public import VerificationCore

/// A tenant as a store has it, with what is kept of its secrets.
public struct Holding: Sendable {
  public internal(set) var tenant: Tenant
  /// What is kept of each PIN: a hash, or nil where it was not taken along when the tenant was moved.
  public internal(set) var pins: [UPN: String?] = [:]
  /// The hash of each pass.
  public internal(set) var passes: [UPN: String] = [:]
  /// The sealed keys of tokens, in Base64; none for a token whose key was not taken along.
  public internal(set) var keys: [TokenID: String] = [:]

  /// One number may be several people's (`oath.shared`).
  public struct TokenID: Hashable, Sendable {
    public let serial: String
    public let owner: UPN?

    public init(serial: String, owner: UPN?) {
      self.serial = serial
      self.owner = owner
    }

    public init(_ token: OATHToken) { self.init(serial: token.serial, owner: token.owner) }
  }

  init() { tenant = Tenant(name: "") }

  /// What it is once this has happened, whether or not any store has written it down.
  ///
  /// - Parameter kept: of the secret that the event is about.
  public mutating func apply(_ event: TenantEvent, keeping kept: String?) {
    switch event {
    case .setUp(.cleared): (pins, passes, keys) = ([:], [:], [:])
    case .setUp(.pinSet(let upn)): pins[upn] = .some(kept)
    case .setUp(.pinDeleted(let upn)): pins[upn] = nil
    case .passIssued(let pass): passes[pass.upn] = kept
    case .passDeleted(let upn): passes[upn] = nil
    case .tokenImported(let token): keys[TokenID(token)] = kept
    case .tokenDeleted(let serial):
      for token in tenant.tokens.having(serial: serial) { keys[TokenID(token)] = nil }
    case .setUp(.tokenAssigned(let serial, let owner)):
      for token in tenant.tokens.having(serial: serial) {
        let key = keys.removeValue(forKey: TokenID(token))
        keys[TokenID(serial: serial, owner: owner)] = key
      }
    default: break  // nothing is kept of it
    }
    tenant.apply(event)
  }

  /// What is kept of the secret that an event is about.
  func kept(of event: TenantEvent) -> String? {
    switch event {
    case .setUp(.pinSet(let upn)): pins[upn] ?? nil
    case .passIssued(let pass): passes[pass.upn]
    case .tokenImported(let token): keys[TokenID(token)]
    default: nil
    }
  }

  /// The events that make it anew, and what is kept with each.
  var recreation: [(event: TenantEvent, kept: String?)] {
    tenant.recreation(pins: Set(pins.keys)).map { ($0, kept(of: $0)) }
  }
}
