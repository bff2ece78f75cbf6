extension CallState {
  /// Where the call stands, for a person: `collecting, attempt 2 of 3`.
  public func situation(_ policy: CallPolicy) -> String {
    switch stage {
    case .idle: "not dialled yet"
    case .ringing: "ringing"
    case .reachingExtension(.introducing, _), .reachingExtension(.speakingDigits, _): "asking for the extension"
    case .reachingExtension(.sendingTones, _): "dialling the extension"
    case .reachingExtension(.waiting, _): "waiting for # at the extension"
    case .listening(let attention, let wrongEntries): listening(attention, wrongEntries, policy)
    case .checkingPIN(_, let wrongEntries): "checking the PIN, \(attempt(wrongEntries, policy))"
    case .confirmingBlock: "fraud reported, waiting for 1 to confirm the block"
    case .closing(let outcome, _): "\(outcome.rawValue), saying goodbye"
    case .ended(let outcome): "ended: \(outcome.rawValue)"
    }
  }

  private func listening(_ attention: Attention, _ wrongEntries: UInt8, _ policy: CallPolicy) -> String {
    let what = policy.credential == .pin ? "collecting PIN" : "waiting for #"
    let keys =
      switch attention {
      case .digits(let entry, _): ", \(entry.count) \(entry.count == 1 ? "key" : "keys") so far"
      case .message, .grace: ""
      }
    return "\(what), \(attempt(wrongEntries, policy))\(keys)"
  }

  private func attempt(_ wrongEntries: UInt8, _ policy: CallPolicy) -> String {
    "attempt \(wrongEntries + 1) of \(policy.maxAttempts)"
  }
}

extension CallNote.WrongEntry {
  /// Why it is wrong, as a sentence for the person who pressed the keys.
  public var explanation: String { said.text }

  /// ``explanation``, for any language.
  public var said: Sentence {
    switch self {
    case .notAsked: Sentence("nothing but # confirms this sign-in")
    case .empty: Sentence("PIN mode is on, so # alone is a wrong entry")
    case .notDigits: Sentence("PIN mode is on, and a PIN has digits only")
    case .tooLong: Sentence("an entry holds at most 20 keys")
    case .wrongPIN: Sentence("PIN mode is on, and the PIN did not match")
    case .reportingIsOff: Sentence("reporting fraud is off, so the report code is a wrong entry")
    case .reportCodeInRegistration: Sentence("fraud cannot be reported in a registration call")
    }
  }

  /// The setting that decides it, where one does.
  public var setting: String? {
    switch self {
    case .empty, .notDigits, .wrongPIN: "pin.mode"
    case .reportingIsOff: "fraudAlert.enabled"
    case .notAsked, .tooLong, .reportCodeInRegistration: nil
    }
  }
}

extension CallNote.Ignored {
  /// Why the input changes nothing, as the end of "ignored: ".
  public var explanation: String { said.text }

  /// ``explanation``, for any language.
  public var said: Sentence {
    switch self {
    case .beforeFirstMessage: Sentence("no message has played yet")
    case .letterKey: Sentence("A to D are not for people")
    case .afterOutcome: Sentence("the outcome is known already")
    case .poundTwice: Sentence("# was pressed twice")
    case .whileReachingExtension: Sentence("the extension is being reached")
    case .onlyPoundCounts: Sentence("only # counts here")
    case .onlyOneConfirms: Sentence("only 1 confirms the block")
    case .whileCheckingPIN: Sentence("the PIN is being checked")
    case .stale: Sentence("it came too late")
    case .notDialled: Sentence("nothing is dialled yet")
    case .alreadyDialled: Sentence("the call is dialled already")
    case .notAnswered: Sentence("the call is not answered yet")
    case .alreadyAnswered: Sentence("the call is answered already")
    case .ended: Sentence("the call has ended")
    }
  }
}
