/// The messages that a call can play: the catalogue of 18.
public enum MessageType: String, Hashable, Sendable, CaseIterable {
  case authenticationSuccessful, extensionPrompt, fraudConfirmation, fraudGreetingStandard, fraudReported, activation
  case authenticationDeniedRetry, retryStandard, greetingStandard, greetingPIN, fraudGreetingPIN, retryPIN
  case extensionPromptAfterDigits, authenticationDenied, activationGreetingStandard, activationRetryStandard
  case activationGreetingPIN, extensionPromptBeforeDigits

  /// When a person hears it.
  public var situation: String {
    switch self {
    case .greetingStandard: "a sign-in call is answered"
    case .fraudGreetingStandard: "a sign-in call is answered, and fraud can be reported"
    case .retryStandard: "after a wrong entry"
    case .greetingPIN: "a call that asks for a PIN is answered"
    case .fraudGreetingPIN: "a call that asks for a PIN is answered, and fraud can be reported"
    case .retryPIN: "after a wrong PIN, in registration too"
    case .authenticationDeniedRetry: "right after a wrong entry, before the retry message"
    case .authenticationDenied: "after the last wrong entry, before the service hangs up"
    case .authenticationSuccessful: "approved, before the service hangs up"
    case .fraudConfirmation: "the report code was sent; 1 confirms the block"
    case .fraudReported: "fraud is reported, before the service hangs up"
    case .activation: "a registration call is answered, with activation.oneStep on"
    case .activationGreetingStandard: "a registration call is answered"
    case .activationRetryStandard: "after a wrong entry in a registration call"
    case .activationGreetingPIN: "a registration call is answered, in PIN mode"
    case .extensionPromptBeforeDigits: "a line with an extension answers; the digits follow"
    case .extensionPrompt: "after the digits, where an operator puts the call through"
    case .extensionPromptAfterDigits: "after the extension was dialled as tones"
    }
  }

  /// The entry that the call waits for while it plays and after it; nil for a message that only informs.
  public var waitsFor: String? {
    switch self {
    case .greetingStandard, .retryStandard, .activation, .activationGreetingStandard, .activationRetryStandard: "#"
    case .fraudGreetingStandard: "# or code #"
    case .greetingPIN, .retryPIN, .activationGreetingPIN: "PIN #"
    case .fraudGreetingPIN: "PIN # or code #"
    case .fraudConfirmation: "1"
    case .extensionPrompt, .extensionPromptAfterDigits: "#"
    case .authenticationDeniedRetry, .authenticationDenied, .authenticationSuccessful, .fraudReported,
      .extensionPromptBeforeDigits:
      nil
    }
  }
}
