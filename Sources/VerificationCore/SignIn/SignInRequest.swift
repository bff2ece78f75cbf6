/// A sign-in that asks to be verified: who, from where, with what.
public struct SignInRequest: Hashable, Sendable {
  public var upn: UPN
  /// Accept-Language of the browser, most wanted first; empty where there is none.
  public var languages: [Language]
  public var purpose: Purpose
  /// The method asked for; nil is the user's default.
  public var method: Method?
  /// The telephone asked for; nil is the first that serves the method.
  public var phone: PhoneKind?
  public var client: Client
  /// Where it comes from; nil is an address that no list holds.
  public var address: IPAddress?
  /// Through the extension of a network policy server: the address is the server's (TEN-3).
  public var throughNPS: Bool
  /// Whether the federation service issued the claim that the person is inside the corporate network.
  public var intranetClaim: Bool
  /// Whether the person is inside the corporate network in fact (TEN-5).
  public var isInsideIntranet: Bool
  public var isDeviceCompliant: Bool
  /// "Don't ask again" is ticked (TEN-6).
  public var remembers: Bool
  /// No password was typed: a report then leaves the risk alone (REPORT-5).
  public var isPasswordless: Bool

  public enum Purpose: Hashable, Sendable {
    case signIn
    /// The first verification of a number that is being registered (CALL-4).
    case registration
    /// One gate of a self-service password reset (REC-1).
    case passwordReset
  }

  public enum Client: Hashable, Sendable {
    /// A browser by name: each has its own cookies; nil keeps none.
    case browser(String?)
    /// An app that renews its token by itself (TEN-6).
    case app(String)
    /// A client that knows passwords only, with the app password it was given (TEN-7).
    case legacy(hasAppPassword: Bool)
  }

  public init(
    upn: UPN, languages: [Language] = [], purpose: Purpose = .signIn, method: Method? = nil, phone: PhoneKind? = nil,
    client: Client = .browser(nil), address: IPAddress? = nil, throughNPS: Bool = false, intranetClaim: Bool = false,
    isInsideIntranet: Bool = false, isDeviceCompliant: Bool = true, remembers: Bool = false,
    isPasswordless: Bool = false
  ) {
    self.upn = upn
    self.languages = languages
    self.purpose = purpose
    self.method = method
    self.phone = phone
    self.client = client
    self.address = address
    self.throughNPS = throughNPS
    self.intranetClaim = intranetClaim
    self.isInsideIntranet = isInsideIntranet
    self.isDeviceCompliant = isDeviceCompliant
    self.remembers = remembers
    self.isPasswordless = isPasswordless
  }

  /// The first call to a number that is being registered (CALL-4).
  public var isRegistration: Bool { purpose == .registration }
}
