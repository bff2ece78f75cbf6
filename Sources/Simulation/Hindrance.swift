public import VerificationCore

extension Switchboard.Hindrance {
  /// Stable, for scripts.
  public var id: String {
    switch self {
    case .nothingAsked: "nothing-asked"
    case .noText, .noEarlierText: "no-text"
    case .nothingUsed: "nothing-used"
    case .noDevice: "no-device"
    case .notNotified: "not-notified"
    case .noPass: "no-pass"
    }
  }

  /// As a sentence without its full stop.
  public func message(_ upn: UPN) -> String { said(upn).text }

  /// ``message(_:)``, for any language.
  public func said(_ upn: UPN) -> Sentence {
    switch self {
    case .nothingAsked: Sentence("no page asks \(upn) for anything")
    case .noText: Sentence("no text message has arrived")
    case .noEarlierText: Sentence("there is no text message before the last")
    case .nothingUsed: Sentence("no code has been used yet")
    case .noDevice(let name?): Sentence("\(upn) has no app on \"\(name)\", and no token of that number")
    case .noDevice(nil): Sentence("\(upn) has no app and no token to read a code from")
    case .notNotified(let name?): Sentence("no notification reached \"\(name)\"")
    case .notNotified(nil): Sentence("no notification reached any device")
    case .noPass: Sentence("\(upn) has no temporary access pass")
    }
  }

  /// What to do.
  public var hint: String? { advice?.text }

  /// ``hint``, for any language.
  public var advice: Sentence? {
    switch self {
    case .nothingAsked: Sentence("sign in first, as in signin: {with: text}")
    case .noText: Sentence("wait for it with a text step first")
    case .noEarlierText, .nothingUsed: nil
    case .noDevice: Sentence("give the user apps or tokens, or register one")
    case .notNotified: Sentence("only registered devices are notified")
    case .noPass: Sentence("an admin issues one: admin: {issuePass: NAME}")
    }
  }
}
