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
  public func message(_ upn: UPN) -> String {
    switch self {
    case .nothingAsked: "no page asks \(upn) for anything"
    case .noText: "no text message has arrived"
    case .noEarlierText: "there is no text message before the last"
    case .nothingUsed: "no code has been used yet"
    case .noDevice(let name?): "\(upn) has no app on \"\(name)\", and no token of that number"
    case .noDevice(nil): "\(upn) has no app and no token to read a code from"
    case .notNotified(let name?): "no notification reached \"\(name)\""
    case .notNotified(nil): "no notification reached any device"
    case .noPass: "\(upn) has no temporary access pass"
    }
  }

  /// What to do.
  public var hint: String? {
    switch self {
    case .nothingAsked: "sign in first, as in signin: {with: text}"
    case .noText: "wait for it with a text step first"
    case .noEarlierText, .nothingUsed: nil
    case .noDevice: "give the user apps or tokens, or register one"
    case .notNotified: "only registered devices are notified"
    case .noPass: "an admin issues one: admin: {issuePass: NAME}"
    }
  }
}
