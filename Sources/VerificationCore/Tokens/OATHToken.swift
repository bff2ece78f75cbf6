/// A hardware token that shows a code which changes with time (RFC 6238), as the tenant knows it (TEN-8).
public struct OATHToken: Hashable, Sendable {
  /// How long a code is shown. Mark: seed.
  public enum Interval: Int, Hashable, Sendable, CaseIterable {
    case seconds30 = 30
    case seconds60 = 60
  }

  public enum Algorithm: String, Hashable, Sendable {
    /// The only one. Mark: seed.
    case sha1 = "SHA-1"
  }

  /// Tokens and authenticator apps that one user may have, together. Mark: seed. The tenant counts them.
  public static let maxPerUser = 5

  /// Printed on the token; any text.
  public var serial: String
  /// nil where the key is kept elsewhere, or was never given.
  public var secret: TokenSecret?
  public var interval: Interval
  public var manufacturer: String
  public var model: String
  /// Whose it is; nil while it is nobody's.
  public var owner: UPN?
  /// A token counts once a current code of it was entered.
  public var isActive: Bool

  public var algorithm: Algorithm { .sha1 }
  /// Of a code. Mark: known.
  public var digits: Int { 6 }

  public init(
    serial: String, secret: TokenSecret?, interval: Interval, manufacturer: String, model: String, owner: UPN? = nil,
    isActive: Bool = false
  ) {
    self.serial = serial
    self.secret = secret
    self.interval = interval
    self.manufacturer = manufacturer
    self.model = model
    self.owner = owner
    self.isActive = isActive
  }
}
