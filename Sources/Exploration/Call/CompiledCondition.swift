import ScenarioModel
import VerificationCore

/// A condition as bits to compare, for it is asked after every move.
///
///   result 5 · pin 2 · entry 3 · blocked 1 · reported before 1 · dialled 1 · records 2 · place 4
struct CompiledCondition: Sendable {
  private var mask: UInt32 = 0
  private var wanted: UInt32 = 0
  private var hears: UInt32 = 0

  init(_ condition: ExplorationPlan.Condition) {
    if let result = condition.result { want(result.map { UInt32($0.number) + 1 } ?? 0, at: 0, bits: 5) }
    switch condition.pin {
    case .none?: want(0, at: 5, bits: 2)
    case .right?: want(1, at: 5, bits: 2)
    case .wrong?: want(2, at: 5, bits: 2)
    case nil: break
    }
    switch condition.entry {
    case .none?: want(0, at: 7, bits: 3)
    case .empty?: want(1, at: 7, bits: 3)
    case .code?: want(2, at: 7, bits: 3)
    case .pin?: want(3, at: 7, bits: 3)
    case .other?: want(4, at: 7, bits: 3)
    case nil: break
    }
    if let isBlocked = condition.isBlocked { want(isBlocked ? 1 : 0, at: 10, bits: 1) }
    if let after = condition.afterReport { want(after ? 1 : 0, at: 11, bits: 1) }
    if let isDialled = condition.isDialled { want(isDialled ? 1 : 0, at: 12, bits: 1) }
    if let records = condition.records { want(UInt32(records), at: 13, bits: 2) }
    if let stage = condition.stage, let place = Place.allCases.first(where: { $0.name == stage }) {
      want(UInt32(place.rawValue), at: 15, bits: 4)
    }
    if let message = condition.hear { hears = 1 << UInt32(message.number) }
  }

  private mutating func want(_ value: UInt32, at bit: UInt32, bits: UInt32) {
    mask |= ((1 << bits) - 1) << bit
    wanted |= value << bit
  }

  @inline(__always)
  func holds(for word: UInt32, heard: UInt32) -> Bool { word & mask == wanted && heard & hears == hears }

  /// The bits of a moment.
  @inline(__always)
  static func word(_ moment: borrowing CallMoment, reportedBefore: Bool) -> UInt32 {
    let history = moment.history
    let place = Place(moment.call.stage)
    var word = (history.result.map { UInt32($0.number) + 1 } ?? 0) | UInt32(history.lastPIN.rawValue) << 5
    word |= UInt32(history.lastEntry.rawValue) << 7 | (history.isBlocked ? 1 : 0) << 10
    word |= (reportedBefore ? 1 : 0) << 11 | (place == .idle ? 0 : 1) << 12
    return word | UInt32(history.conclusions) << 13 | UInt32(place.rawValue) << 15
  }

  /// What must be remembered for such a condition.
  static func recall(for condition: ExplorationPlan.Condition) -> CallWorld.Recall {
    var recall: CallWorld.Recall = []
    if condition.pin != nil { recall.insert(.pin) }
    if condition.entry != nil { recall.insert(.entry) }
    if condition.isBlocked != nil { recall.insert(.block) }
    return recall
  }
}
