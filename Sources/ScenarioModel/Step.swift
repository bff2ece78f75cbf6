public import VerificationCore

/// One step of a script and where it stands.
public struct Step: Sendable {
  public var verb: Verb
  /// The argument of the verb, else the verb itself: where a caret points.
  public var place: SourcePlace
  /// How it came into the case, the outermost first; empty for a step that stands in the scenario itself.
  public var trail: [Origin]
  /// What its author calls it.
  public var name: String?

  public init(_ verb: Verb, at place: SourcePlace, trail: [Origin] = [], name: String? = nil) {
    self.verb = verb
    self.place = place
    self.trail = trail
    self.name = name
  }

  public enum Origin: Hashable, Sendable {
    /// Through the `use` that stands here.
    case fragment(usedAt: SourcePlace)
    /// In this round of a `repeat`, from 1.
    case round(Int, of: Int)
  }

  public enum Verb: Sendable {
    case signIn(SignInStep)
    /// The sign-in page gives up on the verification.
    case cancelSignIn
    case answer(after: Milliseconds)
    case press(PressStep)
    case wait(Milliseconds)
    /// Until something happens by itself.
    case waitForNext
    case hangUp
    case hear(HearStep)
    /// Nothing begins to play for so long.
    case silence(within: Milliseconds)
    case text(TextStep)
    /// No text arrives for so long.
    case noText(within: Milliseconds)
    case enter(EnterStep)
    case resend
    case reply
    case app(DeviceStep)
    case passkey(isApproved: Bool)
    case register(RegisterStep)
    /// The app's backup is restored on another device.
    case restore(from: String, onto: String)
    /// With what the refusal is like, where one is expected.
    case changePassword(refused: Matcher?)
    case set([SettingChange])
    case admin(AdminStep)
    case fault(Fault)
    /// Much larger than the others, and seldom.
    indirect case expect(Expectation)
    /// Left out on purpose; the case says so.
    case skipped(reason: String)

    /// The name of the transcript that is compared here.
    var snapshot: Placed<String>? { if case .expect(let expectation) = self { expectation.snapshot } else { nil } }
  }

  /// The names of the verbs, in the order of the grammar.
  public static let verbs = [
    "signin", "answer", "press", "wait", "hangup", "hear", "text", "enter", "resend", "reply", "app", "passkey",
    "register", "restore", "password", "set", "admin", "fault", "expect", "use", "repeat",
  ]
}

/// A sign-in; where it names nobody, the one of the file signs in.
public struct SignInStep: Hashable, Sendable {
  public var user: UPN?
  /// All but the user.
  public var request: SignInRequest

  public init(user: UPN? = nil, request: SignInRequest) {
    self.user = user
    self.request = request
  }
}

/// The next text message that no `text` has consumed must be like this.
public struct TextStep: Hashable, Sendable {
  public var language: Language?
  public var sender: Presence?
  public var segments: Count?
  public var encoding: String?
  public var text: Matcher?
  public var within: Milliseconds

  public static let usualWithin = Milliseconds.seconds(90)

  public init(
    language: Language? = nil, sender: Presence? = nil, segments: Count? = nil, encoding: String? = nil,
    text: Matcher? = nil, within: Milliseconds = usualWithin
  ) {
    self.language = language
    self.sender = sender
    self.segments = segments
    self.encoding = encoding
    self.text = text
    self.within = within
  }
}

/// A code or a pass, typed at the sign-in page, by what it is: a scenario never holds one.
public struct EnterStep: Hashable, Sendable {
  public enum What: String, Hashable, Sendable, CaseIterable {
    /// The last text's, the device's or token's current one, the pass.
    case right
    case wrong
    /// Of the text before the last.
    case previous
    /// The one that approved a sign-in last.
    case again
  }

  public var what: What
  /// The device whose app shows the code, or the serial number of a token; nil is the person's active token, else the
  /// app that was installed last.
  public var device: String?

  public init(_ what: What, device: String? = nil) {
    self.what = what
    self.device = device
  }
}

/// An answer in the app on one device.
public struct DeviceStep: Hashable, Sendable {
  public var answer: DeviceAnswer
  /// nil is the first that was notified.
  public var device: String?

  public init(_ answer: DeviceAnswer, device: String? = nil) {
    self.answer = answer
    self.device = device
  }
}

/// What a person registers for oneself.
public struct RegisterStep: Hashable, Sendable {
  public enum What: Hashable, Sendable {
    case app(device: String)
    case phone(PhoneKind, PhoneNumber)
    case passkey(String)
  }

  public var what: What
  /// The explanation of the refusal that is expected; nil expects none.
  public var refused: Matcher?

  public init(_ what: What, refused: Matcher? = nil) {
    self.what = what
    self.refused = refused
  }
}

/// A command of an admin.
public struct AdminStep: Hashable, Sendable {
  public var commands: [TenantCommand]
  public var admin: Admin
  /// The explanation of the refusal that is expected; nil expects none.
  public var refused: Matcher?
  /// Where the tokens are that it imports: their keys stay there.
  public var tokenFile: String?

  public init(
    _ commands: [TenantCommand], by admin: Admin = Admin(), refused: Matcher? = nil, tokenFile: String? = nil
  ) {
    self.commands = commands
    self.tokenFile = tokenFile
    self.admin = admin
    self.refused = refused
    self.tokenFile = tokenFile
  }
}

public struct PressStep: Hashable, Sendable {
  /// Empty where a PIN is entered.
  public var keys: [Key]
  /// Instead of keys.
  public var pin: PINEntry?
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

  /// Enters a PIN in place of keys.
  public init(pin: PINEntry, hold: Milliseconds = usualHold, gap: Milliseconds = usualGap) {
    self.init(keys: [], hold: hold, gap: gap)
    self.pin = pin
  }
}

/// A PIN on the keypad, by what it is: neither a scenario nor a recording needs to hold one.
public struct PINEntry: Hashable, Sendable {
  public enum What: String, Hashable, Sendable, CaseIterable {
    /// The PIN of whoever has the telephone in hand.
    case right
    /// As many digits that are neither the PIN nor a report code.
    case wrong
  }

  public var what: What
  /// Only these of its digits, from 1, and no `#`; nil is all of them and `#`.
  public var digits: ClosedRange<Int>?

  /// So many digits an entry holds.
  public static let capacity = KeyEntry.capacity

  public init(_ what: What, digits: ClosedRange<Int>? = nil) {
    self.what = what
    self.digits = digits
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
  case textsDelayed(by: Milliseconds)
  case textsLost
  case textsDuplicated
  /// The segments of a long text arrive in the wrong order.
  case segmentsReordered
  case textsRejected
  case textSenderStripped
  /// All is well again.
  case none
}

/// What must hold, now or at the end.
public struct Expectation: Sendable {
  /// The outcome decided last; nil in the file's `none` means that none is decided.
  public var result: Placed<Outcome?>?
  /// An outcome that it must not be; nil in the file's `none`.
  public var notResult: Placed<Outcome?>?
  public var user = UserExpectation()
  /// What the telephone showed last.
  public var callerID: Placed<Presence>?
  /// The devices that the last notification reached.
  public var notified: Placed<[String]>?
  /// A finding of the last sign-in record.
  public var why: [Placed<Matcher>] = []
  public var records: [RecordExpectation] = []
  /// Virtual time from the start of the scenario to what happened last.
  public var length: Placed<ClosedRange<Milliseconds>>?
  /// The transcript so far must be the one that was kept under this name.
  public var snapshot: Placed<String>?

  public init() {}
}

/// What must hold of the user of the file, or of another.
public struct UserExpectation: Sendable {
  public var upn: Placed<UPN>?
  public var blocked: Placed<Bool>?
  public var locked: Placed<Bool>?
  public var reported: Placed<Bool>?
  public var atRisk: Placed<Bool>?
  public var enabled: Placed<Bool>?
  public var mustRegister: Placed<Bool>?
  /// The methods that are registered, in any order.
  public var methods: Placed<[Method]>?

  public init() {}
}

/// So many records have a text like this.
public struct RecordExpectation: Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case signin, audit, risk, mail
  }

  public var kind: Kind
  public var text: Placed<Matcher>
  public var times: Count

  public init(_ kind: Kind, text: Placed<Matcher>, times: Count = .atLeastOne) {
    self.kind = kind
    self.text = text
    self.times = times
  }
}
