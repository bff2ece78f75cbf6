extension Sentence {
  /// What stands in a place of a sentence. Each language writes it in its own way.
  public enum Figure: Hashable, Sendable, Codable {
    /// How many. English writes large ones in groups (`1,048,576`) where `isGrouped`, else `43200`.
    case count(Int64, isGrouped: Bool)
    /// A decimal as whole steps of its last digit: -361 with 1 digit is `-36.1`.
    case decimal(Int64, digits: Int)
    /// Seconds in the same way, with their unit: 2031 with 2 digits is `20.31 s`.
    case seconds(Int64, digits: Int)
    /// Per cent in the same way: 25 with 1 digit is `2.5 %`.
    case percent(Int64, digits: Int)
    /// In milliseconds since 1970; `2025-01-15T09:00:00Z`.
    case instant(Int64)
    /// A day as ISO 8601 has it: `2025-03-01`.
    case day(String)
    /// A name, a number of a telephone, what a person wrote: the same in every language.
    case text(String)
    /// A sentence within the sentence, in the language of the whole.
    case sentence(Sentence)
    /// Several, with commas between them.
    case list([Figure])

    /// In English.
    public var text: String {
      switch self {
      case .count(let count, let isGrouped): isGrouped ? Self.grouped(count) : "\(count)"
      case .decimal(let steps, let digits): Self.decimal(steps, digits)
      case .seconds(let steps, let digits): "\(Self.decimal(steps, digits)) s"
      case .percent(let steps, let digits): "\(Self.decimal(steps, digits)) %"
      case .instant(let time): Instant(millisecondsSince1970: time).description
      case .day(let text), .text(let text): text
      case .sentence(let sentence): sentence.text
      case .list(let figures): figures.map(\.text).joined(separator: ", ")
      }
    }

    /// `1048577` as `1,048,577`.
    private static func grouped(_ number: Int64) -> String {
      let digits = Array(String(number.magnitude))
      var text = number < 0 ? "-" : ""
      for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text += "," }
        text.append(digit)
      }
      return text
    }

    private static func decimal(_ steps: Int64, _ digits: Int) -> String {
      let digits = min(max(0, digits), 18)
      guard digits > 0 else { return "\(steps)" }
      let unit = (0..<digits).reduce(UInt64(1)) { unit, _ in unit * 10 }
      let (whole, fraction) = steps.magnitude.quotientAndRemainder(dividingBy: unit)
      return "\(steps < 0 ? "-" : "")\(whole).\(padded(fraction, digits))"
    }
  }
}

extension Sentence.Figure {
  /// Seconds with as many decimals as there are: `4 s`, `0.25 s`.
  public init(_ length: Milliseconds) {
    var (steps, digits) = (length.count, 3)
    while digits > 0, steps % 10 == 0 { (steps, digits) = (steps / 10, digits - 1) }
    self = .seconds(steps, digits: digits)
  }

  public init(_ instant: Instant) { self = .instant(instant.millisecondsSince1970) }
}
