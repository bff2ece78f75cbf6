/// A person who signs in.
public struct User: Hashable, Sendable {
  public var upn: UPN
  public var name: String
  /// The stored language, used where a sign-in names none (MSG-3).
  public var language: Language?
  /// Where calls go; none cannot be called.
  public var phone: PhoneNumber?

  public init(upn: UPN, name: String? = nil, language: Language? = nil, phone: PhoneNumber? = nil) {
    self.upn = upn
    self.name = name ?? upn.text
    self.language = language
    self.phone = phone
  }
}
