/// One line of what happened: the same whether time was virtual or real.
public struct JournalEntry: Hashable, Sendable {
  public let at: Instant
  /// The verification it belongs to; nil for a sign-in that was refused, and for what is done after the end of one.
  public let call: CallID?
  public let fact: JournalFact

  public init(at: Instant, call: CallID?, _ fact: JournalFact) {
    self.at = at
    self.call = call
    self.fact = fact
  }
}

public enum JournalFact: Hashable, Sendable {
  /// Decided before anybody was asked: refused, or nothing to verify.
  case signInDecided(UPN, Outcome)
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
  case concluded(Outcome)
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
  // Verifications at the page.
  /// The page asks for this.
  case asking(UPN, Method)
  /// A text with a new code goes out; the number is masked.
  case textSent(CodeNumber, number: String)
  case textArrived(ArrivedText)
  case textLost
  case textRejected
  case textReplied
  /// Something was typed at the page; never what.
  case typed
  case resendAsked
  case notified(device: String)
  case deviceAnswered(DeviceAnswer, device: String?)
  case pageNoted(PageNote)
  /// A change made this user's PIN the report code: in a call the report wins (CALL-9).
  case pinIsReportCode(UPN)
  /// A command that was not carried out.
  case refused(CommandRefusal)
}

extension JournalFact {
  /// Whose verification begins with it; nil for what goes on, or is none.
  public var beginsVerification: UPN? {
    switch self {
    case .dialling(let upn, _, _), .asking(let upn, _): upn
    case .tenant(.callPlaced(let call)): call.upn
    default: nil  // it has begun, or there is none
    }
  }
}

/// A text message as a telephone shows it, without its code.
public struct ArrivedText: Hashable, Sendable {
  /// What the telephone shows as its sender; nil is "unknown".
  public let sender: String?
  public let language: Language
  public let segments: Int
  public let encoding: String
  /// The words, with dots in place of the code.
  public let maskedText: String
  /// The parts came in another order than they were sent; a telephone puts them together again.
  public let isReordered: Bool

  public init(
    sender: String?, language: Language, segments: Int, encoding: String, maskedText: String, isReordered: Bool = false
  ) {
    self.sender = sender
    self.language = language
    self.segments = segments
    self.encoding = encoding
    self.maskedText = maskedText
    self.isReordered = isReordered
  }
}
