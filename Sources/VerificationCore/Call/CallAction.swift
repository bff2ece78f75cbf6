/// An order that a call gives to the world around it.
public enum CallAction: Hashable, Sendable {
  /// INVITE.
  case dial
  /// CANCEL: stop ringing.
  case abandon
  /// BYE.
  case hangUp
  case play(MessageType, Ticket)
  /// Speak the extension digit by digit.
  case speakExtension(Ticket)
  /// Dial the extension as tones.
  case sendExtension(Ticket)
  case stop(Ticket)
  /// The instant first: so an order takes 16 bytes, and not 24.
  case schedule(at: Instant, CallTimer)
  case cancel(CallTimer)
  /// Check the entry outside and answer with `.pinMatched`, `.pinMismatched` or `.pinMismatchedAndLocked`.
  case verifyPIN(KeyEntry, Ticket)
  /// The outcome is known: tell the sign-in page and write the one sign-in record.
  case conclude(CallOutcome)
  /// The person reported fraud.
  case report
  /// Put the person on the block list.
  case block
  case note(CallNote)
}

/// What the journal says of an input that is not plain from the orders.
public enum CallNote: Hashable, Sendable {
  case wrongEntry(WrongEntry, number: UInt8)
  case ignored(Ignored)

  /// Why an entry is wrong (CALL-4, CALL-6, CALL-8 to CALL-10).
  public enum WrongEntry: String, Hashable, Sendable, CaseIterable {
    case notAsked, empty, notDigits, tooLong, wrongPIN, reportingIsOff, reportCodeInRegistration
  }

  /// Why an input changes nothing.
  public enum Ignored: String, Hashable, Sendable, CaseIterable {
    case beforeFirstMessage, letterKey, afterOutcome, poundTwice, whileReachingExtension, onlyPoundCounts
    case onlyOneConfirms, whileCheckingPIN, stale, notDialled, alreadyDialled, notAnswered, alreadyAnswered, ended
  }
}
