import ScenarioModel
import VerificationCore

/// What may go wrong with the network, by the name that pages know.
enum NetworkFault: String, CaseIterable, Sendable {
  case none, busy, noAnswer, voicemail, lineDrops, callerIdStripped, digitsLost, digitsDoubled
  case textsLost, textsDelayed, textsDuplicated, segmentsReordered, textSenderStripped

  /// The one that is like it, whatever its figures.
  init(_ fault: Fault) {
    switch fault {
    case .none: self = .none
    case .dial: self = .busy
    case .noAnswer: self = .noAnswer
    case .voicemail: self = .voicemail
    case .dropAfter: self = .lineDrops
    case .callerIDStripped, .callerIDReplaced: self = .callerIdStripped
    case .digitsLost: self = .digitsLost
    case .digitsDoubled: self = .digitsDoubled
    case .textsLost, .textsRejected: self = .textsLost
    case .textsDelayed: self = .textsDelayed
    case .textsDuplicated: self = .textsDuplicated
    case .segmentsReordered: self = .segmentsReordered
    case .textSenderStripped: self = .textSenderStripped
    }
  }

  var fault: Fault {
    switch self {
    case .none: .none
    case .busy: .dial(.busy)
    case .noAnswer: .noAnswer
    case .voicemail: .voicemail(answers: .seconds(8), greeting: .seconds(5), beep: true)
    case .lineDrops: .dropAfter(.seconds(5))
    case .callerIdStripped: .callerIDStripped
    case .digitsLost: .digitsLost
    case .digitsDoubled: .digitsDoubled
    case .textsLost: .textsLost
    case .textsDelayed: .textsDelayed(by: .seconds(30))
    case .textsDuplicated: .textsDuplicated
    case .segmentsReordered: .segmentsReordered
    case .textSenderStripped: .textSenderStripped
    }
  }
}
