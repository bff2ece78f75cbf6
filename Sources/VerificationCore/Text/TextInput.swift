/// A fact that reaches a verification by text message.
public enum TextInput: Hashable, Sendable {
  case begin
  /// The person typed something at the page; what it is was found out outside.
  case entered(EnteredCode)
  case resendAsked
  /// The carrier refused the text.
  case rejected
  /// The person answered the text (SMS-2).
  case replied
  case cancelled
  case timerFired(TextTimer)
}

/// What a typed code turned out to be.
public enum EnteredCode: Hashable, Sendable {
  /// A code of this verification, current or not.
  case sent(CodeNumber)
  /// One that has approved a sign-in before.
  case usedBefore
  case wrong
}

/// A deadline of a verification by text message. One of each kind may run.
public enum TextTimer: Hashable, Sendable {
  /// The code expires.
  case lifetime(CodeNumber)
  /// Another may be asked for.
  case resend(CodeNumber)
  /// The page gives up.
  case page
}
