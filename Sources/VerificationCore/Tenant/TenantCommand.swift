/// What a tenant is asked to do, by an admin or by a person for oneself.
public enum TenantCommand: Hashable, Sendable {
  case block(UPN, reason: String)
  case unblock(UPN, reason: String)
  /// An admin unlocks (LOCK-2).
  case unlock(UPN)
  case setEnabled(UPN, Bool)
  case forcePasswordChange(UPN)
  /// The remembered browsers and apps of a user ask again (TEN-6, REC-3).
  case revokeSessions(UPN)
  /// Deletes phones and apps, deactivates tokens, revokes nothing; the user registers again (REC-3).
  case resetMethods(UPN, reason: String)
  case requireRegistration(UPN, reason: String)
  case deletePhone(UPN, PhoneKind)
  case removeDevice(UPN, device: String)
  case dismissRisk(UPN)
  case confirmSafe(UPN)
  case confirmCompromised(UPN)
  /// - Parameter length: characters of its text, which is made outside; nil is `pass.length`.
  case issuePass(UPN, minutes: Int?, isOnce: Bool?, length: Int? = nil)
  case deletePass(UPN)
  /// The good rows of a file; the others are told in the audit log (TEN-8).
  case importTokens(OATHFile)
  /// With a code of the token, which was checked outside.
  case activateToken(serial: String, isCodeRight: Bool)
  case deleteToken(serial: String)
  /// Closed since 2018-09-01 (TEN-9).
  case addProvider
  /// The person registers, for oneself.
  case registerPhone(UPN, PhoneKind, PhoneNumber)
  case registerApp(UPN, device: String)
  case registerPasskey(UPN, name: String)
  /// The person types a new password at the page that asks for it, or after a self-service reset.
  case changePassword(UPN)

  /// The least role that may do it; nil for what a person does for oneself (TEN-10).
  public var leastRole: Role? {
    switch self {
    case .block, .unblock, .unlock, .addProvider: .authenticationPolicyAdministrator
    case .setEnabled, .forcePasswordChange, .revokeSessions: .userAdministrator
    case .resetMethods, .requireRegistration, .deletePhone, .removeDevice, .issuePass, .deletePass:
      .authenticationAdministrator
    case .dismissRisk, .confirmSafe, .confirmCompromised: .securityOperator
    case .importTokens, .activateToken, .deleteToken: .globalAdministrator
    case .registerPhone, .registerApp, .registerPasskey, .changePassword: nil
    }
  }

  /// The user it is about.
  public var upn: UPN? {
    switch self {
    case .block(let upn, _), .unblock(let upn, _), .unlock(let upn), .setEnabled(let upn, _),
      .forcePasswordChange(let upn), .revokeSessions(let upn), .resetMethods(let upn, _),
      .requireRegistration(let upn, _), .deletePhone(let upn, _), .removeDevice(let upn, _), .dismissRisk(let upn),
      .confirmSafe(let upn), .confirmCompromised(let upn), .issuePass(let upn, _, _, _), .deletePass(let upn),
      .registerPhone(let upn, _, _), .registerApp(let upn, _),
      .registerPasskey(let upn, _), .changePassword(let upn):
      upn
    case .importTokens, .activateToken, .deleteToken, .addProvider: nil
    }
  }

  /// Why it is done, where that must be said (BLOCK-1, REC-3).
  public var reason: String? {
    switch self {
    case .block(_, let reason), .unblock(_, let reason), .resetMethods(_, let reason),
      .requireRegistration(_, let reason):
      reason
    case .unlock, .setEnabled, .forcePasswordChange, .revokeSessions, .deletePhone, .removeDevice, .dismissRisk,
      .confirmSafe, .confirmCompromised, .issuePass, .deletePass, .importTokens, .activateToken, .deleteToken,
      .addProvider, .registerPhone, .registerApp, .registerPasskey, .changePassword:
      nil
    }
  }
}

/// Why a command is not carried out.
public enum CommandRefusal: Error, Hashable, Sendable {
  case unknownUser(UPN)
  case roleMissing(needed: Role)
  /// A pass to oneself (REC-2).
  case toOneself
  case passesAreOff
  case passLasts(Int)
  case passHas(characters: Int)
  case noReason
  case noSuchPhone(PhoneKind)
  case noSuchDevice(String)
  case phones(Phones.Mistake)
  case noPass
  /// Five tokens and apps a user (TEN-8).
  case tooManyTokens
  case tokenTaken(serial: String)
  case tokenCodeWrong(serial: String)
  case noSuchToken(serial: String)
  case providersAreClosed
  case notBlocked
  case noRisk
  /// The methods that it takes have not been shown (REC-1).
  case gatesMissing(Int)
  case resetIsOff
  // Setting up.
  case userExists(UPN)
  case noName
  case groupWithoutName
  case passAsDefault
  /// Nobody can be called there (NUM-4).
  case number(PhoneKind, NumberProblem)
  case noSuchGreeting(MessageType, Language)
  case noSuchLocation(String)
  case locationExists(String)
  case noSuchSetting(String)
  case wrongSetting(Setting.WrongValue)
  case entryExists(setting: String, String)
  case noSuchEntry(setting: String, String)
  case listIsFull(setting: String, limit: Int)
  /// Several have it, so whose is to change cannot be told.
  case tokenIsShared(serial: String)
  /// In doubt the report wins (CALL-9).
  case pinIsReportCode
  case noPIN
}

extension CommandRefusal {
  /// What is wrong and what to do, as a sentence without its full stop.
  public var explanation: String { said.text }

  /// ``explanation``, for any language.
  public var said: Sentence {
    switch self {
    case .unknownUser(let upn): Sentence("the tenant has no user \(upn)")
    case .roleMissing(let needed): Sentence("this takes at least the role \(needed.name)")
    case .toOneself: Sentence("nobody issues a pass to oneself: ask another admin")
    case .passesAreOff: Sentence("temporary access passes are off: turn pass.enabled on")
    case .passLasts(let minutes):
      Sentence("a pass cannot last \(minutes) minutes: \(Pass.minutes.lowerBound) to \(Pass.minutes.upperBound)")
    case .passHas(let characters):
      Sentence("a pass cannot have \(characters) characters: \(Pass.lengths.lowerBound) to \(Pass.lengths.upperBound)")
    case .noReason: Sentence("the reason is empty: say why, in a few words")
    case .noSuchPhone(let kind): Sentence("the user has no \(kind.name) number")
    case .noSuchDevice(let name): Sentence("the user has no device \"\(name)\"")
    case .phones(.alternateWithoutMobile): Sentence("an alternate number needs a mobile number first")
    case .phones(.extensionOutsideOffice(let kind)):
      Sentence("only an office number has an extension, not the \(kind.name) one")
    case .noPass: Sentence("the user has no pass")
    case .tooManyTokens: Sentence("a user has at most \(OATHToken.maxPerUser) tokens and apps")
    case .tokenTaken(let serial):
      Sentence("token \(serial) belongs to another user: one token, one user (oath.shared: warn allows it)")
    case .tokenCodeWrong(let serial): Sentence("this is not the current code of token \(serial)")
    case .noSuchToken(let serial): Sentence("the tenant has no token \(serial)")
    case .providersAreClosed: Sentence("authentication providers are read-only: none has been added since 2018-09-01")
    case .notBlocked: Sentence("the user is not blocked")
    case .noRisk: Sentence("the user is not at risk")
    case .gatesMissing(let count):
      Sentence(
        count == 1 ? "\(count) more method must be verified first" : "\(count) more methods must be verified first")
    case .resetIsOff: Sentence("self-service reset is off: turn sspr.enabled on")
    case .userExists(let upn): Sentence("the tenant has a user \(upn) already")
    case .noName: Sentence("the name is empty")
    case .groupWithoutName: Sentence("a group has an empty name")
    case .passAsDefault: Sentence("a pass is nobody's default method: it is never offered by itself")
    case .number(let kind, let problem): Sentence("the \(kind.name) number is none: \(problem.said); \(problem.advice)")
    case .noSuchGreeting(let message, let language):
      Sentence("the tenant has no greeting of its own for \(message.rawValue) in \(language)")
    case .noSuchLocation(let name): Sentence("the tenant has no location \"\(name)\"")
    case .locationExists(let name): Sentence("the tenant has a location \"\(name)\" already")
    case .noSuchSetting(let name): Sentence("there is no setting \"\(name)\"")
    case .wrongSetting(let wrong): Sentence("\(wrong.said): \(wrong.advice)")
    case .entryExists(let setting, let entry): Sentence("\(setting) has \(entry) already")
    case .noSuchEntry(let setting, let entry): Sentence("\(setting) does not have \(entry)")
    case .listIsFull(let setting, let limit): Sentence("\(setting) takes at most \(limit) entries")
    case .tokenIsShared(let serial):
      Sentence("several users have token \(serial): delete it and import it for one of them")
    case .pinIsReportCode: Sentence("this PIN is the code that reports fraud: choose another")
    case .noPIN: Sentence("the user has no PIN")
    }
  }
}
