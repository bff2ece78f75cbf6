/// One line of what happened: the same whether time was virtual or real.
public struct JournalEntry: Hashable, Sendable {
  public let at: Instant
  /// The call it belongs to; nil for a sign-in that was refused, and for what is done after the end of a call.
  public let call: CallID?
  public let fact: JournalFact

  public init(at: Instant, call: CallID?, _ fact: JournalFact) {
    self.at = at
    self.call = call
    self.fact = fact
  }
}

public enum JournalFact: Hashable, Sendable {
  case signInRefused(UPN, CallOutcome)
  /// The number is masked.
  case dialling(UPN, number: String, callerID: String)
  /// The telephone rings and shows this; nil is "unknown".
  case ringing(callerID: String?)
  case answered
  case failed(DialFailure)
  case rungOut
  case started(Recording, Ticket)
  /// By its own end, or stopped before.
  case ended(MessageType, Ticket, stopped: Bool)
  case speakingExtension(digits: String, [DigitClip])
  case sendingExtension
  /// A key that counted or was ignored; masked where a PIN is entered.
  case key(Key?)
  case noted(CallNote)
  case checkedPIN(matched: Bool)
  case concluded(CallOutcome)
  case tenant(TenantEvent)
  case personHungUp
  case lineDropped
  /// An answering machine took the call and speaks for so long.
  case machineSpeaks(Milliseconds)
  case machineBeeps
  /// From here on the machine records what the service plays.
  case machineRecords
  case serviceHungUp
  case cancelledAtPage
}
