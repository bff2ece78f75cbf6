public import VerificationCore

/// What may happen to a call next: something a person does or the network, at once or at the last moment, or nothing
/// until something is due.
public struct CallMove: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case dial
    /// Dials, and after a moment the network says that it comes to nothing.
    case dialInVain(DialFault)
    case answer, decline
    case key(Key)
    /// Nobody does anything until something is due.
    case silence
    case hangUp, lineDrop, cancel
    /// All digits of the PIN, without `#`; of a wrong one as long.
    case rightPIN, wrongPIN
    /// The check of the PIN answers.
    case checkAnswers
    /// The check of the PIN will not answer.
    case lateCheck
  }

  public enum DialFault: UInt8, Hashable, Sendable, CaseIterable {
    case busy, rejected, unreachable, invalidNumber, carrier

    var failure: DialFailure {
      switch self {
      case .busy: .busy
      case .rejected: .rejected
      case .unreachable: .noAnswer
      case .invalidNumber: .invalidNumber
      case .carrier: .carrier(sipStatus: 503)
      }
    }
  }

  public let action: Action
  /// 1 ms before something else is due, instead of at once.
  public let isLastMoment: Bool

  public init(_ action: Action, lastMoment: Bool = false) {
    self.action = action
    isLastMoment = lastMoment
  }
}

extension CallMove {
  /// kind 4 · pace 1 · key or fault 4
  public var move: Move {
    let (kind, detail): (UInt16, UInt16) =
      switch action {
      case .dial: (0, 0)
      case .dialInVain(let fault): (1, UInt16(fault.rawValue))
      case .answer: (2, 0)
      case .decline: (3, 0)
      case .key(let key): (4, UInt16(key.rawValue))
      case .silence: (5, 0)
      case .hangUp: (6, 0)
      case .lineDrop: (7, 0)
      case .cancel: (8, 0)
      case .rightPIN: (9, 0)
      case .wrongPIN: (10, 0)
      case .checkAnswers: (11, 0)
      case .lateCheck: (12, 0)
      }
    return Move(code: kind | (isLastMoment ? 16 : 0) | detail << 5)
  }

  public init(_ move: Move) {
    let detail = UInt8(move.code >> 5 & 15)
    isLastMoment = move.code & 16 != 0
    action =
      switch move.code & 15 {
      case 0: .dial
      case 1: .dialInVain(DialFault(rawValue: detail) ?? .carrier)
      case 2: .answer
      case 3: .decline
      case 4: .key(Key(rawValue: detail) ?? .pound)
      case 6: .hangUp
      case 7: .lineDrop
      case 8: .cancel
      case 9: .rightPIN
      case 10: .wrongPIN
      case 11: .checkAnswers
      case 12: .lateCheck
      default: .silence
      }
  }
}

/// What people and the network may do in an exploration.
public struct CallAlphabet: Hashable, Sendable {
  public var keys: [Key]
  public var answers: Bool
  public var declines: Bool
  public var dialFaults: [CallMove.DialFault]
  public var silence: Bool
  public var hangUp: Bool
  public var lineDrop: Bool
  public var cancel: Bool
  public var rightPIN: Bool
  public var wrongPIN: Bool
  public var lateCheck: Bool
  public var atOnce: Bool
  public var lastMoment: Bool

  /// Everything, at both paces; without the PIN check that does not answer, which no scenario can bring about.
  public static let full = CallAlphabet(
    keys: Key.allCases, answers: true, declines: true, dialFaults: CallMove.DialFault.allCases, silence: true,
    hangUp: true, lineDrop: true, cancel: true, rightPIN: true, wrongPIN: true, lateCheck: false, atOnce: true,
    lastMoment: true)

  /// Nothing yet, at once.
  public static let none = CallAlphabet(
    keys: [], answers: true, declines: false, dialFaults: [], silence: false, hangUp: false, lineDrop: false,
    cancel: false, rightPIN: false, wrongPIN: false, lateCheck: false, atOnce: true, lastMoment: false)
}
