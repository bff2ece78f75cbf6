import ScenarioModel
import VerificationCore

/// What may go wrong with the network, by the name that pages know.
enum NetworkFault: String, CaseIterable, Sendable {
  case none, busy, noAnswer, voicemail, lineDrops, callerIdStripped, digitsLost, digitsDoubled
  case textsLost, textsDelayed, textsDuplicated, segmentsReordered, textSenderStripped

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
