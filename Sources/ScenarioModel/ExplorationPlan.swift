public import VerificationCore

/// One `explore:` file: which calls are to be walked through, what may happen in them, and what must hold.
public struct ExplorationPlan: Sendable {
  public var path: String
  public var title: Placed<String>
  public var tags: [String]
  /// Ids of the rules that it shows.
  public var rules: [String]
  public var given: Given
  /// Who signs in and how; each is explored.
  public var signIns: [SignInStep]
  public var alphabet: Alphabet
  /// Settings that take several values; every combination is explored.
  public var axes: [Axis]
  /// Moves from the start; nil for any number.
  public var depth: Int?
  /// Unique states; nil for as many as there are.
  public var states: Int?
  public var properties: [Placed<Property>]

  public init(
    path: String, title: Placed<String>, tags: [String] = [], rules: [String] = [], given: Given,
    signIns: [SignInStep], alphabet: Alphabet, axes: [Axis], depth: Int?, states: Int?, properties: [Placed<Property>]
  ) {
    self.path = path
    self.title = title
    self.tags = tags
    self.rules = rules
    self.given = given
    self.signIns = signIns
    self.alphabet = alphabet
    self.axes = axes
    self.depth = depth
    self.states = states
    self.properties = properties
  }

  /// A setting and the values it takes.
  public struct Axis: Hashable, Sendable {
    public var setting: String
    public var values: [String]

    public init(setting: String, values: [String]) {
      self.setting = setting
      self.values = values
    }
  }

  /// What may happen. Answering is always possible.
  public struct Alphabet: Hashable, Sendable {
    public var keys: [Key]
    public var events: [Event]
    public var paces: [Pace]

    public init(keys: [Key], events: [Event], paces: [Pace]) {
      self.keys = keys
      self.events = events
      self.paces = paces
    }
  }

  public enum Event: String, Hashable, Sendable, CaseIterable {
    /// Nobody does anything until something is due.
    case silence
    case hangup, decline
    /// The network loses the call.
    case drop
    /// The sign-in page gives up.
    case cancel
    case rightPIN, wrongPIN
    /// The check of the PIN does not answer.
    case lateCheck
    case busy, rejected, unreachable, invalidNumber, carrier
  }

  public enum Pace: String, Hashable, Sendable, CaseIterable {
    case atOnce
    /// 1 ms before something else is due.
    case lastMoment
  }

  public enum Property: Hashable, Sendable {
    case never(Condition)
    case possible(Condition)
    case alwaysEnds(within: Milliseconds)
    case always(Invariant)
  }

  /// What holds for every state and every input, whether in the alphabet or not.
  public enum Invariant: String, Hashable, Sendable, CaseIterable {
    /// Exactly one outcome is concluded in a call, and none changes.
    case oneOutcome
    /// Every input gives an order or a note.
    case namedAnswers
    /// What arrives under an old ticket changes nothing, and is named stale.
    case staleIgnored
    /// Every call that has ended has written one record.
    case oneRecord
    /// A call that has not ended has one deadline beside its limit.
    case oneDeadline
  }

  /// All of these at once, right after a move.
  public struct Condition: Hashable, Sendable {
    /// What was concluded last; `.some(nil)` for nothing yet.
    public var result: CallOutcome??
    public var pin: PINAnswer?
    /// A report was made before this move.
    public var afterReport: Bool?
    /// The message begins to play in this move.
    public var hear: MessageType?
    /// What the last `#` sent.
    public var entry: Entry?
    public var isDialled: Bool?
    public var isBlocked: Bool?
    /// Outcomes concluded, and so sign-in records written: 0 to 3.
    public var records: Int?
    /// The name of a stage.
    public var stage: String?

    public init() {}
  }

  /// What the check of the PIN said last.
  public enum PINAnswer: String, Hashable, Sendable, CaseIterable { case none, right, wrong }

  public enum Entry: String, Hashable, Sendable, CaseIterable { case none, empty, code, pin, other }

  /// Where a call can stand, as conditions and diagrams name it.
  public static let stages = [
    "idle", "ringing", "introducingExtension", "speakingExtension", "sendingTones", "extensionPrompt",
    "extensionGrace", "prompt", "grace", "digits", "checkingPIN", "confirmingBlock", "confirmingGrace", "closing",
    "ended",
  ]
}

extension ExplorationPlan.Property: CustomStringConvertible {
  /// As a file writes it.
  public var description: String {
    switch self {
    case .never(let condition): "never \(condition)"
    case .possible(let condition): "possible \(condition)"
    case .alwaysEnds(let length): "alwaysEnds within \(length)"
    case .always(let invariant): "always \(invariant.rawValue)"
    }
  }
}

extension ExplorationPlan.Condition: CustomStringConvertible {
  public var description: String {
    var parts: [String] = []
    if let result { parts.append("result: \(result?.rawValue ?? "none")") }
    if let pin { parts.append("pin: \(pin.rawValue)") }
    if let afterReport { parts.append(afterReport ? "after: report" : "after: nothing") }
    if let hear { parts.append("hear: \(hear.rawValue)") }
    if let entry { parts.append("entry: \(entry.rawValue)") }
    if let isDialled { parts.append("dialled: \(isDialled)") }
    if let isBlocked { parts.append("blocked: \(isBlocked)") }
    if let records { parts.append("records: \(records)") }
    if let stage { parts.append("stage: \(stage)") }
    return "{\(parts.joined(separator: ", "))}"
  }
}
