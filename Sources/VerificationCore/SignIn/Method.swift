/// A way to verify a sign-in (TEN-2).
public enum Method: String, Hashable, Sendable, CaseIterable {
  /// A voice call.
  case call
  /// A code in a text message.
  case text
  /// A notification in the app, with number matching.
  case app
  /// A code of the app or of a hardware token (TOTP).
  case code
  /// FIDO2 security key or passkey.
  case passkey
  /// A Temporary Access Pass (REC-2).
  case pass

  /// What the setting that switches it is called.
  public var setting: String { self == .pass ? "pass.enabled" : "methods.\(rawValue)" }

  /// For a person: `a call`.
  public var words: String {
    switch self {
    case .call: "a call"
    case .text: "a text message"
    case .app: "an app notification"
    case .code: "a code from an app or token"
    case .passkey: "a security key or passkey"
    case .pass: "a temporary access pass"
    }
  }
}
