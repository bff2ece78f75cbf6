/// A Temporary Access Pass as the tenant knows it (REC-2): never its text, which is shown once and kept outside.
public struct Pass: Hashable, Sendable {
  public let upn: UPN
  public let issued: Instant
  public let lifetime: Milliseconds
  /// Good for a single sign-in.
  public let isOnce: Bool
  public internal(set) var isUsed: Bool

  public init(upn: UPN, issued: Instant, lifetime: Milliseconds, isOnce: Bool, isUsed: Bool = false) {
    self.upn = upn
    self.issued = issued
    self.lifetime = lifetime
    self.isOnce = isOnce
    self.isUsed = isUsed
  }

  /// Minutes that a pass may be asked to last.
  public static let minutes = 10...43_200
  /// Characters that a pass may be asked to have.
  public static let lengths = 8...48

  public var until: Instant { issued + lifetime }

  public enum Standing: Hashable, Sendable { case valid, expired, used }

  public func standing(at now: Instant) -> Standing {
    if now >= until { return .expired }
    return isOnce && isUsed ? .used : .valid
  }
}
