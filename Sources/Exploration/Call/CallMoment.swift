public import VerificationCore

/// One call at one moment: the machine's state, and what is pending around it.
///
/// Tickets are the canonical ones (`CallMoment.current`): only whether a ticket is the current one matters.
public struct CallMoment: Hashable, Sendable {
  public internal(set) var call: CallState
  /// Which of the world's configurations the call has.
  public internal(set) var configuration: UInt8
  /// Milliseconds until the sound ends by itself; nil for silence.
  public internal(set) var sound: Int32?
  /// The deadline of what the call waits for.
  public internal(set) var timer: Countdown?
  /// Milliseconds until the limit of the call.
  public internal(set) var limit: Int32?
  public internal(set) var check = PINCheck.none
  /// Wrong PINs of this call, where these can lock the account.
  public internal(set) var wrongPINs: UInt8 = 0
  public internal(set) var history = History()
  /// A timer or a sound of an earlier ticket was left running: never in a machine that keeps to one deadline.
  public internal(set) var leftRunning = false

  static let current = Ticket(1)

  public struct Countdown: Hashable, Sendable {
    public let kind: CallTimer.Kind
    /// In milliseconds.
    public internal(set) var left: Int32
  }

  /// What the check outside is about to answer.
  public enum PINCheck: UInt8, Hashable, Sendable { case none, right, wrong, absent }

  /// What conditions ask for that the machine itself has forgotten.
  public struct History: Hashable, Sendable {
    /// Concluded last; nil for none.
    var result: CallOutcome?
    /// How often an outcome was concluded, counted up to 3.
    var conclusions: UInt8 = 0
    var hasReported = false
    var isBlocked = false
    var lastPIN = PINAnswer.none
    var lastEntry = EntryClass.none
  }

  public enum PINAnswer: UInt8, Hashable, Sendable { case none, right, wrong }

  /// What the last `#` sent.
  public enum EntryClass: UInt8, Hashable, Sendable { case none, empty, code, pin, other }
}

extension CallMoment {
  static func idle(_ configuration: Int) -> CallMoment {
    CallMoment(call: .idle, configuration: UInt8(configuration))
  }

  init(call: CallState, configuration: UInt8) {
    self.call = call
    self.configuration = configuration
  }

  /// Milliseconds until something happens by itself; nil where nothing will.
  var due: Int32? {
    if check == .right || check == .wrong { return 0 }
    var due = Int32.max
    if let sound { due = min(due, sound) }
    if let timer { due = min(due, timer.left) }
    if let limit { due = min(due, limit) }
    return due == .max ? nil : due
  }

  /// - Precondition: nothing is due earlier.
  mutating func pass(_ length: Int32) {
    guard length > 0 else { return }
    if let left = sound { sound = left - length }
    if let running = timer { timer = Countdown(kind: running.kind, left: running.left - length) }
    if let left = limit { limit = left - length }
  }
}

/// Where a call stands, without its data: what transitions are counted by.
public enum Place: UInt8, Hashable, Sendable, CaseIterable {
  case idle, ringing, introducing, speakingDigits, sendingTones, extensionPrompt, extensionGrace
  case message, grace, digits, checkingPIN, confirming, confirmingGrace, closing, ended

  public init(_ stage: CallState.Stage) {
    switch stage {
    case .idle: self = .idle
    case .ringing: self = .ringing
    case .reachingExtension(.introducing, _): self = .introducing
    case .reachingExtension(.speakingDigits, _): self = .speakingDigits
    case .reachingExtension(.sendingTones, _): self = .sendingTones
    case .reachingExtension(.waiting(speaking: true), _): self = .extensionPrompt
    case .reachingExtension(.waiting(speaking: false), _): self = .extensionGrace
    case .listening(.message, _): self = .message
    case .listening(.grace, _): self = .grace
    case .listening(.digits, _): self = .digits
    case .checkingPIN: self = .checkingPIN
    case .confirmingBlock(_, speaking: true): self = .confirming
    case .confirmingBlock(_, speaking: false): self = .confirmingGrace
    case .closing: self = .closing
    case .ended: self = .ended
    }
  }

  /// As files and reports name it.
  public var name: String {
    switch self {
    case .idle: "idle"
    case .ringing: "ringing"
    case .introducing: "introducingExtension"
    case .speakingDigits: "speakingExtension"
    case .sendingTones: "sendingTones"
    case .extensionPrompt: "extensionPrompt"
    case .extensionGrace: "extensionGrace"
    case .message: "prompt"
    case .grace: "grace"
    case .digits: "digits"
    case .checkingPIN: "checkingPIN"
    case .confirming: "confirmingBlock"
    case .confirmingGrace: "confirmingGrace"
    case .closing: "closing"
    case .ended: "ended"
    }
  }
}
