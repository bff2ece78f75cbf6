public import ScenarioModel
import Simulation
public import VerificationCore

/// The transitions of the machine that scenarios take, played in virtual time.
public struct CallCoverage: Sendable {
  private(set) var codes: Set<UInt32> = []
  public private(set) var heard: Set<MessageType> = []
  public private(set) var rules: Set<String> = []
  public private(set) var scenarios = 0

  public init() {}

  public mutating func add(_ scenario: Scenario) {
    scenarios += 1
    rules.formUnion(scenario.rules)
    var rehearsal = Rehearsal(scenario, keepingSteps: true)
    var now = scenario.given.start
    while let next = rehearsal.proceed(at: now) { now = next }
    for step in rehearsal.board.steps { codes.insert(CallTransition.code(of: step)) }
    heard.formUnion(rehearsal.board.heard.map(\.recording.message))
  }

  public var transitions: [CallTransition] { codes.sorted().map { CallTransition(code: $0) } }

  public func takes(_ transition: CallTransition) -> Bool { codes.contains(transition.code) }
}

extension CallTransition {
  static func code(of step: CallStep) -> UInt32 {
    var code = bareCode(step.input, from: step.state, to: step.transition.state)
    for order in step.transition.orders {
      switch order {
      case .block: code |= blockMark
      case .note(let note): code |= note.mark
      case .dial, .abandon, .hangUp, .play, .speakExtension, .sendExtension, .stop, .schedule, .cancel, .verifyPIN,
        .conclude, .report:
        continue
      }
    }
    return code
  }
}

extension CallTransition: CustomStringConvertible {
  /// `prompt + # -> closing (approved)`
  public var description: String {
    var notes: [String] = []
    if let outcome { notes.append(outcome.rawValue) }
    if let wrong { notes.append("wrong: \(wrong.rawValue)") }
    if let ignored { notes.append("ignored: \(ignored.rawValue)") }
    if blocks { notes.append("blocks") }
    let source = fromPreamble ? "authenticationDeniedRetry" : from.name
    let target = toPreamble ? "authenticationDeniedRetry" : to.name
    return "\(source) + \(input.words) -> \(target)" + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
  }
}

extension InputKind {
  /// For a person.
  public var words: String {
    switch self {
    case .dial: "dial"
    case .answered: "answered"
    case .busy: "busy"
    case .rejected: "declined"
    case .noAnswer: "no answer"
    case .invalidNumber: "invalid number"
    case .carrierFailed: "carrier failed"
    case .digit: "digit"
    case .star: "*"
    case .pound: "#"
    case .letter: "A-D"
    case .remoteHungUp: "hang-up"
    case .lineDropped: "line drop"
    case .cancelled: "cancel"
    case .finished: "end of sound"
    case .ring: "ring timeout"
    case .playbackLimit: "cut at 20 s"
    case .answerGrace: "grace over"
    case .interDigit: "no next key"
    case .pinCheck: "no PIN check"
    case .callLimit: "call limit"
    case .pinMatched: "PIN right"
    case .pinMismatched: "PIN wrong"
    case .pinMismatchedAndLocked: "PIN wrong, locked"
    }
  }
}
