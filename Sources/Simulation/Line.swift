import ScenarioModel
import VerificationCore

/// The telephone network between the service and the person, with the faults that it was given.
struct Line: Hashable, Sendable {
  /// How long the network takes to say that a call cannot be put through.
  static let failureDelay = Milliseconds(1_500)

  private var dialFailure: DialFailure?
  private var rings = true
  private(set) var machine: AnsweringMachine?
  private(set) var dropAfter: Milliseconds?
  private(set) var texts = Texts()
  private var callerID = ShownCallerID.asSent
  private var keys = Keys.asPressed

  struct AnsweringMachine: Hashable {
    let answers: Milliseconds
    let greeting: Milliseconds
    let beep: Bool
  }

  /// What becomes of text messages.
  struct Texts: Hashable {
    /// How long a text takes when all is well.
    static let usualDelay = Milliseconds.seconds(3)

    var delay = usualDelay
    var isLost = false
    var isDoubled = false
    var isReordered = false
    var isRejected = false
    var showsSender = true
  }

  private enum ShownCallerID: Hashable { case asSent, stripped, replaced(String) }
  private enum Keys: Hashable { case asPressed, lost, doubled }

  init() {}

  mutating func apply(_ fault: Fault) {
    switch fault {
    case .dial(let failure): dialFailure = failure
    case .noAnswer: rings = false
    case .voicemail(let answers, let greeting, let beep):
      machine = AnsweringMachine(answers: answers, greeting: greeting, beep: beep)
    case .dropAfter(let length): dropAfter = length
    case .callerIDStripped: callerID = .stripped
    case .callerIDReplaced(let number): callerID = .replaced(number)
    case .digitsLost: keys = .lost
    case .digitsDoubled: keys = .doubled
    case .textsDelayed(let length): texts.delay = length
    case .textsLost: texts.isLost = true
    case .textsDuplicated: texts.isDoubled = true
    case .segmentsReordered: texts.isReordered = true
    case .textsRejected: texts.isRejected = true
    case .textSenderStripped: texts.showsSender = false
    case .none: self = Line()
    }
  }

  /// What becomes of dialling: a failure, or a telephone that rings and may answer by itself.
  enum Connection: Hashable {
    case fails(DialFailure)
    case rings(AnsweringMachine?)
    /// The network is silent; nothing rings.
    case dead
  }

  func connect(isEngaged: Bool) -> Connection {
    if let dialFailure { return .fails(dialFailure) }
    if isEngaged { return .fails(.busy) }
    return rings ? .rings(machine) : .dead
  }

  /// What the telephone shows of the caller ID; nil is "unknown".
  func shown(_ sent: String) -> String? {
    switch callerID {
    case .asSent: sent
    case .stripped: nil
    case .replaced(let number): number
    }
  }

  /// How many times a key arrives that is pressed once.
  var arrivalsOfKey: Int {
    switch keys {
    case .asPressed: 1
    case .lost: 0
    case .doubled: 2
    }
  }
}
