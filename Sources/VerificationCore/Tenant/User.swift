/// A person who signs in (TEN-1).
public struct User: Hashable, Sendable {
  public var upn: UPN
  public var name: String
  /// The stored language, used where a sign-in names none (MSG-3).
  public var language: Language?
  public var groups: [String] = []
  /// Of another organisation: nothing is remembered for a guest (TEN-6).
  public var isGuest = false
  /// An account that is disabled cannot sign in at all.
  public var isEnabled = true
  public var requirement = Requirement.enforced
  public var phones = Phones()
  public var apps: [AppRegistration] = []
  /// Security keys and passkeys, by name.
  public var passkeys: [String] = []
  /// Chosen where a sign-in asks for no method.
  public var defaultMethod: Method?
  public var hasAppPassword = false
  /// The next sign-in is refused until the password is changed.
  public var mustChangePassword = false
  /// The next sign-in is refused until security information is registered (SIGN-2, REC-3).
  public var mustRegister = false

  /// The per-user state of verification (TEN-1).
  public enum Requirement: String, Hashable, Sendable, CaseIterable {
    /// Asked only where conditional access asks everyone.
    case disabled
    case enabled, enforced
  }

  public init(upn: UPN, name: String? = nil, language: Language? = nil, phone: PhoneNumber? = nil) {
    self.upn = upn
    self.name = name ?? upn.text
    self.language = language
    if let phone { phones[phone.phoneExtension == nil ? .mobile : .office] = phone }
  }

  /// Where calls go when none is asked for.
  public var phone: PhoneNumber? { phones.firstForCalls }
}

/// Which of a user's telephones (NUM-4): one number a kind.
public enum PhoneKind: String, Hashable, Sendable, CaseIterable {
  case mobile
  /// Voice only, and only beside a mobile number.
  case alternate
  /// Voice only; the one that may carry an extension.
  case office
}

extension User.Requirement {
  /// ``rawValue``, for any language.
  var name: Sentence {
    switch self {
    case .disabled: Sentence("disabled")
    case .enabled: Sentence("enabled")
    case .enforced: Sentence("enforced")
    }
  }
}

extension PhoneKind {
  /// ``rawValue``, for any language.
  public var name: Sentence {
    switch self {
    case .mobile: Sentence("mobile")
    case .alternate: Sentence("alternate")
    case .office: Sentence("office")
    }
  }
}

/// A user's telephone numbers, one a kind.
public struct Phones: Hashable, Sendable {
  public var mobile: PhoneNumber?
  public var alternate: PhoneNumber?
  public var office: PhoneNumber?

  public init(mobile: PhoneNumber? = nil, alternate: PhoneNumber? = nil, office: PhoneNumber? = nil) {
    self.mobile = mobile
    self.alternate = alternate
    self.office = office
  }

  public subscript(kind: PhoneKind) -> PhoneNumber? {
    get {
      switch kind {
      case .mobile: mobile
      case .alternate: alternate
      case .office: office
      }
    }
    set {
      switch kind {
      case .mobile: mobile = newValue
      case .alternate: alternate = newValue
      case .office: office = newValue
      }
    }
  }

  /// In the order in which calls try them.
  public var all: [PhoneNumber] { [mobile, alternate, office].compactMap(\.self) }

  public var firstForCalls: PhoneNumber? { mobile ?? alternate ?? office }

  /// The number for a verification; text messages go to mobiles only.
  public func number(for method: Method, asked kind: PhoneKind?) -> PhoneNumber? {
    switch (method, kind) {
    case (.call, nil): firstForCalls
    case (.call, let kind?): self[kind]
    case (.text, nil), (.text, .mobile?): mobile
    case (.text, .alternate?), (.text, .office?), (.app, _), (.code, _), (.passkey, _), (.pass, _): nil
    }
  }

  /// What is wrong with a set of numbers (NUM-4); nil where nothing is.
  public enum Mistake: Error, Hashable, Sendable {
    case alternateWithoutMobile
    case extensionOutsideOffice(PhoneKind)
  }

  public var mistake: Mistake? {
    if alternate != nil, mobile == nil { return .alternateWithoutMobile }
    if mobile?.phoneExtension != nil { return .extensionOutsideOffice(.mobile) }
    if alternate?.phoneExtension != nil { return .extensionOutsideOffice(.alternate) }
    return nil
  }
}

/// The app on one device, as the tenant knows it: notifications go there until it is removed (TEN-2, REC-4).
public struct AppRegistration: Hashable, Sendable {
  /// The device, by a name of the person's.
  public var device: String
  /// Which secret its codes come from; each registration makes a new one.
  public var secret: AppSecret

  public init(device: String, secret: AppSecret) {
    self.device = device
    self.secret = secret
  }
}

/// Names a secret without being one: the number of the registration that made it.
public struct AppSecret: Hashable, Sendable {
  public let registration: Int

  public init(_ registration: Int) { self.registration = registration }
}
