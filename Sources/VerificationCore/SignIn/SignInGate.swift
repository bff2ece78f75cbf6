/// The decisions of a sign-in, in the order in which they are taken (SIGN-1).
public enum SignInGate: String, Hashable, Sendable, CaseIterable {
  case account, risk, device, required, location, remembered, legacyClient, registration, method
  case blocked, lockedOut, duplicate, throttled
  /// What is left: the verification itself.
  case verification

  /// As a question, for a person.
  public var question: String {
    switch self {
    case .account: "is the account enabled?"
    case .risk: "does the user's risk stand in the way?"
    case .device: "is the device compliant?"
    case .required: "is verification required?"
    case .location: "does it come from a trusted place?"
    case .remembered: "is the client remembered?"
    case .legacyClient: "is it a client that knows passwords only?"
    case .registration: "is security information registered?"
    case .method: "is the method on, and the user's?"
    case .blocked: "is the user on the block list?"
    case .lockedOut: "is the account locked?"
    case .duplicate: "is another sign-in being verified?"
    case .throttled: "were there too many calls?"
    case .verification: "does the person verify it?"
    }
  }
}

extension SignInGate {
  /// ``rawValue``, for any language.
  public var name: Sentence {
    switch self {
    case .account: Sentence("account")
    case .risk: Sentence("risk")
    case .device: Sentence("device")
    case .required: Sentence("required")
    case .location: Sentence("location")
    case .remembered: Sentence("remembered")
    case .legacyClient: Sentence("legacyClient")
    case .registration: Sentence("registration")
    case .method: Sentence("method")
    case .blocked: Sentence("blocked")
    case .lockedOut: Sentence("lockedOut")
    case .duplicate: Sentence("duplicate")
    case .throttled: Sentence("throttled")
    case .verification: Sentence("verification")
    }
  }
}

/// What one gate found.
public struct SignInFinding: Hashable, Sendable {
  public let gate: SignInGate
  /// The outcome that it decided; nil where the sign-in went on.
  public let outcome: Outcome?
  /// Why, as a clause for a person: `203.0.113.7 is in the trusted range 203.0.113.0/24`.
  public let said: Sentence

  public init(_ gate: SignInGate, _ outcome: Outcome?, _ reason: Phrasing) {
    self.gate = gate
    self.outcome = outcome
    self.said = reason.sentence
  }

  /// As it was kept.
  public init(_ gate: SignInGate, _ outcome: Outcome?, kept reason: Sentence) {
    self.gate = gate
    self.outcome = outcome
    self.said = reason
  }

  /// ``said`` in English.
  public var reason: String { said.text }
}

/// What becomes of a sign-in before anybody is asked: every finding up to the one that decided.
public struct SignInDecision: Hashable, Sendable {
  public let findings: [SignInFinding]
  public let result: Result

  public enum Result: Hashable, Sendable {
    /// Refused, or nothing to verify.
    case decided(Outcome)
    /// Verify by this method, at this number where there is one.
    case verify(Method, PhoneNumber?)
  }
}
