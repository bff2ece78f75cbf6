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
  public var words: String { named.text }

  /// ``words``, for any language.
  var named: Sentence {
    switch self {
    case .call: Sentence("a call")
    case .text: Sentence("a text message")
    case .app: Sentence("an app notification")
    case .code: Sentence("a code from an app or token")
    case .passkey: Sentence("a security key or passkey")
    case .pass: Sentence("a temporary access pass")
    }
  }
}
