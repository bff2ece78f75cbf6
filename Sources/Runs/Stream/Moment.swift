public import VerificationCore

/// One thing that happened in a case, and when.
public struct Moment: Hashable, Sendable {
  /// From the start of the case.
  public var at: Milliseconds
  /// Which verification of the case it belongs to, from 1; 0 for what belongs to none.
  public var verification: Int
  public var what: What

  public init(at: Milliseconds, verification: Int = 1, _ what: What) {
    self.at = at
    self.verification = verification
    self.what = what
  }

  /// Texts are as people read them, without secrets.
  public enum What: Hashable, Sendable {
    /// Decided without asking anybody.
    case decided(who: String, outcome: String)
    /// The number is masked.
    case dial(who: String, number: String, callerID: String)
    /// The telephone rings and shows this; nil is "unknown".
    case ring(shows: String?)
    case answer
    /// Not put through: `busy`, `rejected`, `noAnswer`, `invalidNumber`, `carrier` with its SIP status.
    case failed(reason: String, sip: Int?)
    case unanswered
    /// A message, from `at` until `until`, which is nil where it still plays when the case ends.
    case message(RecordingKey, until: Milliseconds?, isCut: Bool)
    /// The digits of an extension, spoken for so long.
    case spokenExtension(digits: String, length: Milliseconds)
    case dialledExtension
    /// nil is a key that may belong to a PIN.
    case key(String?)
    /// An entry on the telephone or at the page that counts as wrong, the how manieth, and why: the id of the reason and
    /// a sentence.
    case wrong(reason: String, text: String, number: Int)
    case ignored(reason: String, text: String)
    case pin(isRight: Bool)
    case outcome(String)
    /// What was written down: `signIn`, `fraudReport`, `blocked`..., and a line for people.
    case record(kind: String, text: String)
    case hangUp(by: Party)
    /// An answering machine `speaks` (for `length`), `beeps`, `records`.
    case machine(does: String, length: Milliseconds?)
    case cancel
    /// The page asks for a method: `text`, `app`...
    case ask(who: String, method: String)
    /// A code goes out by text, the how manieth; the number is masked.
    case textSent(number: String, code: Int)
    case text(Text)
    case textLost
    case textRejected
    case reply
    /// Something is typed at the page; never what.
    case typed
    case resend
    case notify(device: String)
    /// `approved`, `wrongNumber`, `declined`, `reported`; the device is nil for a security key.
    case device(String?, answer: String)
    case codeExpired
    /// A code that has expired was typed; it does not count as a wrong one.
    case codeRefused
    /// A change made this person's PIN the report code.
    case pinIsReportCode(who: String)
    /// A command was not carried out.
    case refused(text: String)
  }

  public enum Party: String, Hashable, Sendable, CaseIterable { case person, service, network }

  /// A text message as the telephone shows it, dots in place of its code.
  public struct Text: Hashable, Sendable {
    /// nil is "unknown".
    public var sender: String?
    public var language: String
    public var encoding: String
    public var segments: Int
    /// The parts came in another order than they were sent.
    public var isReordered: Bool
    public var words: String

    public init(
      sender: String?, language: String, encoding: String, segments: Int, isReordered: Bool, words: String
    ) {
      self.sender = sender
      self.language = language
      self.encoding = encoding
      self.segments = segments
      self.isReordered = isReordered
      self.words = words
    }
  }
}
