/// Whether a number can be one (NUM-4): its calling code exists, its first digits and its length fit the plan behind it.
/// Whether anybody has it is not asked.
public enum NumberPossibility: String, Hashable, Sendable, CaseIterable {
  case possible
  case unknownCallingCode
  /// It begins with what is dialled before a number within its country only.
  case trunkPrefix
  /// It reaches a line only from within its area.
  case areaCodeMissing
  case tooShort
  case tooLong
  /// Between the shortest and the longest, and still none.
  case invalidLength
}

/// Why a text is no number that can be called, for people: the calling code and the counts of digits, never the number.
public struct NumberProblem: Error, Hashable, Sendable {
  /// One word for scripts: a `NumberPossibility` that is not `possible`, or `malformed`.
  public let reason: String
  /// What is wrong.
  public let said: Sentence
  /// What to do.
  public let advice: Sentence

  init(_ reason: NumberPossibility, _ message: Phrasing, remedy: Phrasing) {
    self.reason = reason.rawValue
    self.said = message.sentence
    self.advice = remedy.sentence
  }

  init(malformed message: Phrasing, remedy: Phrasing) {
    reason = "malformed"
    self.said = message.sentence
    self.advice = remedy.sentence
  }

  /// ``said`` in English.
  public var message: String { said.text }
  /// ``advice`` in English.
  public var remedy: String { advice.text }
}

extension PhoneNumber {
  /// The check of length and prefix by the plan of the calling code (NUM-4).
  ///
  /// A trunk prefix, as the 0 of `+44 07700900123`, is not taken out: what is stored is what is dialled, and records
  /// would show another number than the tenant holds. Such a number is not possible, and says why.
  public var possibility: NumberPossibility {
    guard let index = CallingCode.index(of: countryCode) else { return .unknownCallingCode }
    if let trunk = CallingCode.all[index].trunkPrefix, subscriber.hasPrefix(trunk),
      hasTrunkPrefix(trunk, of: CallingCode.all[index])
    {
      return .trunkPrefix
    }
    let (lengths, count) = (CallingCode.all[index].lengths, subscriber.utf8.count)
    if lengths.contains(count) { return .possible }
    if CallingCode.all[index].localLengths.contains(count) { return .areaCodeMissing }
    if let least = lengths.least, count < least { return .tooShort }
    if let greatest = lengths.greatest, count > greatest { return .tooLong }
    return .invalidLength
  }

  /// Where numbers may begin with the same digits, only a length that fits without them tells.
  private func hasTrunkPrefix(_ trunk: String, of plan: CallingCode) -> Bool {
    guard plan.kept.contains(where: subscriber.hasPrefix) else { return true }
    return !plan.lengths.contains(subscriber.count) && plan.lengths.contains(subscriber.count - trunk.count)
  }

  /// What makes the number impossible and what to do; nil where it is possible.
  public var impossibility: NumberProblem? {
    let possibility = possibility
    let plan = CallingCode(countryCode)
    let digits = Sentence("\(subscriber.count) digits behind +\(verbatim: countryCode)")
    let lengths = (plan?.lengths ?? []).said
    switch possibility {
    case .possible: return nil
    case .unknownCallingCode:
      return NumberProblem(
        possibility, "+\(verbatim: countryCode) is no country calling code", remedy: "\(misplacedSpace)")
    case .trunkPrefix:
      let trunk = plan?.trunkPrefix ?? ""
      return NumberProblem(
        possibility,
        "the \(trunk) behind +\(verbatim: countryCode) is dialled only within the country, never behind its code",
        remedy: "leave that \(trunk) out: a number is called as it is stored")
    case .areaCodeMissing:
      return NumberProblem(
        possibility, "\(digits) reach a line only from within its area",
        remedy: "put the area code before them: a number there has \(lengths)")
    case .tooShort:
      return NumberProblem(
        possibility, "\(digits) are too few: a number there has \(lengths)", remedy: "add the digits that are missing")
    case .tooLong:
      return NumberProblem(
        possibility, "\(digits) are too many: a number there has \(lengths)",
        remedy: "take out what does not belong there; an extension stands behind an x")
    case .invalidLength:
      return NumberProblem(
        possibility, "\(digits) are no number: a number there has \(lengths)",
        remedy: "ask for the number as it is dialled from abroad")
    }
  }

  private var misplacedSpace: Sentence {
    CallingCode.beginning(countryCode + subscriber).map {
      Sentence("the digits begin with +\(verbatim: $0.code): put the space behind that, if it is meant")
    } ?? Sentence("write the code of the country, 1 to 3 digits, behind the +")
  }
}
