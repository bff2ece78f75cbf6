public import VerificationCore

/// One step of a script and where it stands.
public struct Step: Sendable {
  public var verb: Verb
  /// The argument of the verb, else the verb itself: where a caret points.
  public var place: SourcePlace

  public init(_ verb: Verb, at place: SourcePlace) {
    self.verb = verb
    self.place = place
  }

  public enum Verb: Sendable {
    case signIn(SignInStep)
    /// The sign-in page gives up on the verification.
    case cancelSignIn
    case answer(after: Milliseconds)
    case press(PressStep)
    case wait(Milliseconds)
    case hangUp
    case hear(HearStep)
    case fault(Fault)
    case expect(Expectation)
  }

  /// The names of the verbs, in the order of the grammar.
  public static let verbs = ["signin", "answer", "press", "wait", "hangup", "hear", "fault", "expect"]
}

public struct SignInStep: Hashable, Sendable {
  public var user: UPN?
  public var languages: [Language]
  public var isRegistration: Bool

  public init(user: UPN? = nil, languages: [Language] = [], isRegistration: Bool = false) {
    self.user = user
    self.languages = languages
    self.isRegistration = isRegistration
  }
}

public struct PressStep: Hashable, Sendable {
  public var keys: [Key]
  /// How long each key is held.
  public var hold: Milliseconds
  /// From the release of a key to the next.
  public var gap: Milliseconds
  /// Waits for this message, as `hear` would, and presses while it plays.
  public var during: HearStep?
  /// So long into that message.
  public var after: Milliseconds

  public static let usualHold = Milliseconds(100)
  public static let usualGap = Milliseconds(100)

  public init(
    keys: [Key], hold: Milliseconds = usualHold, gap: Milliseconds = usualGap, during: HearStep? = nil,
    after: Milliseconds = .zero
  ) {
    self.keys = keys
    self.hold = hold
    self.gap = gap
    self.during = during
    self.after = after
  }
}

public struct HearStep: Hashable, Sendable {
  public var message: MessageType
  public var language: Language?
  public var source: Recording.Source?
  public var text: Matcher?
  /// Silence fails after so long.
  public var within: Milliseconds

  public static let usualWithin = Milliseconds.seconds(90)

  public init(
    message: MessageType, language: Language? = nil, source: Recording.Source? = nil, text: Matcher? = nil,
    within: Milliseconds = usualWithin
  ) {
    self.message = message
    self.language = language
    self.source = source
    self.text = text
    self.within = within
  }
}

/// What the network or the telephone does wrong, from here on.
public enum Fault: Hashable, Sendable {
  case dial(DialFailure)
  /// Nobody and nothing answers.
  case noAnswer
  /// A machine answers after `answers`, speaks for `greeting`, beeps, and records.
  case voicemail(answers: Milliseconds, greeting: Milliseconds, beep: Bool)
  /// The network loses the call so long after the answer, or from now where it is answered.
  case dropAfter(Milliseconds)
  case callerIDStripped
  case callerIDReplaced(by: String)
  case digitsLost
  case digitsDoubled
  /// All is well again.
  case none
}

/// What must hold, now or at the end.
public struct Expectation: Sendable {
  /// The outcome decided last; nil in the file's `none` means that none is decided.
  public var result: Placed<CallOutcome?>?
  public var blocked: Placed<Bool>?
  public var locked: Placed<Bool>?
  public var reported: Placed<Bool>?
  /// What the telephone showed last; nil in the file's `unknown`.
  public var callerID: Placed<String?>?
  public var records: [RecordExpectation]

  public init(
    result: Placed<CallOutcome?>? = nil, blocked: Placed<Bool>? = nil, locked: Placed<Bool>? = nil,
    reported: Placed<Bool>? = nil, callerID: Placed<String?>? = nil, records: [RecordExpectation] = []
  ) {
    self.result = result
    self.blocked = blocked
    self.locked = locked
    self.reported = reported
    self.callerID = callerID
    self.records = records
  }
}

/// So many sign-in records have a text like this; at least one unless told.
public struct RecordExpectation: Sendable {
  public var text: Placed<Matcher>
  public var times: Int?

  public init(text: Placed<Matcher>, times: Int? = nil) {
    self.text = text
    self.times = times
  }
}
