/// An order that a verification by text message gives to the world around it.
public enum TextAction: Hashable, Sendable {
  /// Make a new code and send it.
  case send(CodeNumber)
  case schedule(TextTimer, at: Instant)
  case cancel(TextTimer)
  /// The outcome is known: tell the page and write the one record. All timers are over.
  case conclude(Outcome)
  case note(PageNote)
}

/// What the journal says of an entry at the page that approves nothing.
public enum PageNote: Hashable, Sendable {
  case wrongCode(WrongCode, number: UInt8)
  /// Refused without counting as a try.
  case refused(Refused)
  case ignored(Ignored)
  /// The code no longer counts; another may be asked for.
  case codeExpired
  case resendIsOpen

  public enum WrongCode: String, Hashable, Sendable, CaseIterable {
    case noSuchCode, supersededByResend, usedBefore, ofOldSecret, expiredPass
  }

  public enum Refused: String, Hashable, Sendable, CaseIterable { case expired }

  public enum Ignored: String, Hashable, Sendable, CaseIterable {
    case notBegun, alreadyBegun, ended, stale, resendTooSoon, twoWayIsOff, twoWayIsRetired, answeredElsewhere, notAsked
  }
}

extension PageNote.WrongCode {
  /// Why it approves nothing, as a sentence for the person who typed it.
  public var explanation: String { said.text }

  /// ``explanation``, for any language.
  public var said: Sentence {
    switch self {
    case .noSuchCode: Sentence("this is not the code")
    case .supersededByResend: Sentence("a newer code was sent, which ended this one")
    case .usedBefore: Sentence("this code has been used once already")
    case .ofOldSecret: Sentence("this code comes from a secret that is no longer registered")
    case .expiredPass: Sentence("the pass has expired")
    }
  }
}

extension PageNote.Ignored {
  /// Why it changes nothing, as the end of "ignored: ".
  public var explanation: String { said.text }

  /// ``explanation``, for any language.
  public var said: Sentence {
    switch self {
    case .notBegun: Sentence("nothing has been asked for yet")
    case .alreadyBegun: Sentence("it has begun already")
    case .ended: Sentence("the outcome is known already")
    case .stale: Sentence("it came too late")
    case .resendTooSoon: Sentence("it is too soon to send another code")
    case .twoWayIsOff: Sentence("codes are typed at the page, not sent back")
    case .twoWayIsRetired: Sentence("two-way text messages are retired since 2018-11-14: codes are typed at the page")
    case .answeredElsewhere: Sentence("another device answered first")
    case .notAsked: Sentence("the page does not ask for this")
    }
  }
}
