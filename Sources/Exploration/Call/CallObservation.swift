public import VerificationCore

/// What was seen of one move of a call.
public struct CallObservation: Sendable {
  /// Messages that began to play, a bit each.
  public internal(set) var heard: UInt32 = 0
  /// Milliseconds that passed.
  public internal(set) var elapsed: Int32 = 0
  /// The first transition of the machine; most moves make one.
  private(set) var first: UInt32 = 0
  private(set) var others: ContiguousArray<UInt32> = []
  private(set) var isEmpty = true

  /// The transitions of the machine, in order.
  public var taken: [CallTransition] {
    isEmpty ? [] : [CallTransition(code: first)] + others.map { CallTransition(code: $0) }
  }

  @inline(__always)
  mutating func clear() {
    heard = 0
    elapsed = 0
    isEmpty = true
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
  }

  @inline(__always)
  mutating func note(_ code: UInt32) {
    if isEmpty { first = code } else { others.append(code) }
    isEmpty = false
  }
}

/// One transition of the machine without its data: where it was, what came, where it went, and what it said of it.
public struct CallTransition: Hashable, Sendable {
  public let from: Place
  /// "Your entry is not correct" plays, which a prompt follows; so with `toPreamble`.
  public let fromPreamble: Bool
  public let input: InputKind
  public let to: Place
  public let toPreamble: Bool
  public let outcome: CallOutcome?
  public let ignored: CallNote.Ignored?
  public let wrong: CallNote.WrongEntry?
  public let blocks: Bool
}

/// What kind of fact reached a call.
public enum InputKind: UInt8, Hashable, Sendable, CaseIterable {
  case dial, answered, busy, rejected, noAnswer, invalidNumber, carrierFailed
  case digit, star, pound, letter
  case remoteHungUp, lineDropped, cancelled
  case finished, ring, playbackLimit, answerGrace, interDigit, pinCheck, callLimit
  case pinMatched, pinMismatched, pinMismatchedAndLocked

  public init(_ input: CallInput) {
    switch input {
    case .dial: self = .dial
    case .answered: self = .answered
    case .failed(.busy): self = .busy
    case .failed(.rejected): self = .rejected
    case .failed(.noAnswer): self = .noAnswer
    case .failed(.invalidNumber): self = .invalidNumber
    case .failed(.carrier): self = .carrierFailed
    case .key(let key): self = key.isDigit ? .digit : key == .star ? .star : key == .pound ? .pound : .letter
    case .remoteHungUp: self = .remoteHungUp
    case .lineDropped: self = .lineDropped
    case .cancelled: self = .cancelled
    case .finished: self = .finished
    case .timerFired(let timer):
      switch timer.kind {
      case .ring: self = .ring
      case .playbackLimit: self = .playbackLimit
      case .answerGrace: self = .answerGrace
      case .interDigit: self = .interDigit
      case .pinCheck: self = .pinCheck
      case .callLimit: self = .callLimit
      }
    case .pinMatched: self = .pinMatched
    case .pinMismatched: self = .pinMismatched
    case .pinMismatchedAndLocked: self = .pinMismatchedAndLocked
    }
  }
}

extension CallTransition {
  /// The code of a transition without what its orders say, which `CallNote.mark` and `blockMark` add.
  @inline(__always)
  static func bareCode(_ input: CallInput, from state: CallState, to after: CallState) -> UInt32 {
    let word =
      UInt32(Place(state.stage).rawValue) | UInt32(InputKind(input).rawValue) << 4
      | UInt32(Place(after.stage).rawValue) << 9
    let preambles: UInt32 = (state.isPreamble ? 1 : 0) << 13 | (after.isPreamble ? 1 : 0) << 14
    return word | preambles | (after.outcome.map { UInt32($0.number) + 1 } ?? 0) << 15
  }

  /// from 4 · input 5 · to 4 · preambles 2 · outcome 5 · ignored 4 · wrong 3 · blocks 1
  var code: UInt32 {
    var word = UInt32(from.rawValue) | UInt32(input.rawValue) << 4 | UInt32(to.rawValue) << 9
    word |= (fromPreamble ? 1 : 0) << 13 | (toPreamble ? 1 : 0) << 14
    word |= (outcome.map { UInt32($0.number) + 1 } ?? 0) << 15
    return word | (ignored?.mark ?? 0) | (wrong?.mark ?? 0) | (blocks ? Self.blockMark : 0)
  }

  static let blockMark: UInt32 = 1 << 27

  init(code: UInt32) {
    from = Place(rawValue: UInt8(code & 15)) ?? .idle
    input = InputKind(rawValue: UInt8(code >> 4 & 31)) ?? .dial
    to = Place(rawValue: UInt8(code >> 9 & 15)) ?? .idle
    fromPreamble = code >> 13 & 1 == 1
    toPreamble = code >> 14 & 1 == 1
    let (known, reason, mistake) = (Int(code >> 15 & 31), Int(code >> 20 & 15), Int(code >> 24 & 7))
    outcome = known == 0 ? nil : CallOutcome.numbered(known - 1)
    ignored = reason == 0 ? nil : CallNote.Ignored.allCases[reason - 1]
    wrong = mistake == 0 ? nil : CallNote.WrongEntry.allCases[mistake - 1]
    blocks = code >> 27 & 1 == 1
  }
}

extension CallState {
  var isPreamble: Bool {
    if case .listening(.message(.authenticationDeniedRetry, _), _) = stage { true } else { false }
  }
}

extension CallNote {
  /// Its bits in the code of a transition.
  @inline(__always)
  var mark: UInt32 {
    switch self {
    case .ignored(let reason): reason.mark
    case .wrongEntry(let reason, _): reason.mark
    }
  }
}

extension CallNote.Ignored {
  fileprivate var mark: UInt32 { (UInt32(number) + 1) << 20 }

  /// Its place among all, from 0.
  fileprivate var number: UInt8 {
    switch self {
    case .beforeFirstMessage: 0
    case .letterKey: 1
    case .afterOutcome: 2
    case .poundTwice: 3
    case .whileReachingExtension: 4
    case .onlyPoundCounts: 5
    case .onlyOneConfirms: 6
    case .whileCheckingPIN: 7
    case .stale: 8
    case .notDialled: 9
    case .alreadyDialled: 10
    case .notAnswered: 11
    case .alreadyAnswered: 12
    case .ended: 13
    }
  }
}

extension CallNote.WrongEntry {
  fileprivate var mark: UInt32 { (UInt32(number) + 1) << 24 }

  /// Its place among all, from 0.
  fileprivate var number: UInt8 {
    switch self {
    case .notAsked: 0
    case .empty: 1
    case .notDigits: 2
    case .tooLong: 3
    case .wrongPIN: 4
    case .reportingIsOff: 5
    case .reportCodeInRegistration: 6
    }
  }
}
