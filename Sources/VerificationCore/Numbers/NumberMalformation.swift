/// What keeps a text from being `+CC number` (NUM-4).
extension NumberProblem {
  private static let form = Sentence(
    "write +, the country calling code, a space and the number, as in +33 612345678")

  static let noPlus = NumberProblem(malformed: "it does not begin with +", remedy: "\(form)")

  static func noSpace(digits: String) -> NumberProblem {
    NumberProblem(
      malformed: "no space stands behind the country calling code",
      remedy: CallingCode.beginning(digits).map { "put a space behind +\(verbatim: $0.code), the country calling code" }
        ?? "\(form)")
  }

  static let severalSpaces = NumberProblem(
    malformed: "it has more than one space", remedy: "leave only the one behind the country calling code")

  static let notDigits = NumberProblem(
    malformed: "something stands in it that is no digit 0 to 9",
    remedy: "take out brackets, dots, hyphens and letters; only an extension has an x before it")

  static let wrongCallingCode = NumberProblem(
    malformed: "a country calling code has 1 to 3 digits and does not begin with 0", remedy: "\(form)")

  static func tooFewDigits(_ count: Int) -> NumberProblem {
    NumberProblem(
      malformed: "too few digits stand behind the country calling code: \(count), and no number has less than 4",
      remedy: "add the digits that are missing")
  }

  static func tooManyDigits(_ count: Int) -> NumberProblem {
    NumberProblem(
      malformed: "\(count) digits are too many: with the country calling code no number has more than 15 (E.164)",
      remedy: "take out what does not belong there; an extension stands behind an x")
  }

  static let wrongExtension = NumberProblem(
    malformed: "what stands behind the x is no extension",
    remedy: "write 1 to 20 of 0-9 , * # with a digit among them, after @ where an operator is asked for: x204, x@204")
}
