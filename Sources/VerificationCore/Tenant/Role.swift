/// Who may do what (TEN-10).
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// May do everything; alone may change tokens.
  case globalAdministrator
  /// Methods, greetings, caller ID, fraud reporting, lockout, the block list.
  case authenticationPolicyAdministrator
  /// Named locations, and what conditional access asks for.
  case conditionalAccessAdministrator
  /// A user's own methods, passes, re-registration.
  case authenticationAdministrator
  /// Accounts: disable, password, sessions.
  case userAdministrator
  /// The risk of users.
  case securityOperator
  /// May read everything, as every other role may, and changes nothing. Mark: ours.
  case globalReader

  public func mayAct(as needed: Role) -> Bool {
    self == needed || self == .globalAdministrator || needed == .globalReader
  }
}

extension Role {
  /// ``rawValue``, for any language.
  var name: Sentence {
    switch self {
    case .globalAdministrator: Sentence("globalAdministrator")
    case .authenticationPolicyAdministrator: Sentence("authenticationPolicyAdministrator")
    case .conditionalAccessAdministrator: Sentence("conditionalAccessAdministrator")
    case .authenticationAdministrator: Sentence("authenticationAdministrator")
    case .userAdministrator: Sentence("userAdministrator")
    case .securityOperator: Sentence("securityOperator")
    case .globalReader: Sentence("globalReader")
    }
  }
}
