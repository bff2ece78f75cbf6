/// A country calling code, with what a number behind it looks like (NUM-4).
///
/// The values are generated: `script/numbering-plan`.
public struct CallingCode: Hashable, Sendable {
  /// 1 to 999.
  public let code: Int
  /// ISO 3166-1 codes of the regions that share it; none for the codes of no country, such as +800.
  public let regions: [String]
  /// How many digits a number has: at least 4, and with the calling code at most 15 (E.164).
  public let lengths: DigitCounts
  /// How many digits reach a line only from within its area; never one of `lengths`.
  public let localLengths: DigitCounts
  /// What is dialled before a number within the country and never from abroad, such as the 0 of 07700.
  public let trunkPrefix: String?
  /// How numbers begin that begin with the digits of `trunkPrefix` without meaning it: 00 in Japan, 8 in Russia.
  let kept: [String]

  init(
    _ code: Int, _ regions: String, _ lengths: DigitCounts, local: DigitCounts = [], trunk: String? = nil,
    kept: [String] = []
  ) {
    self.code = code
    self.regions = regions.split(separator: " ").map(String.init)
    self.lengths = lengths
    localLengths = local
    trunkPrefix = trunk
    self.kept = kept
  }

  /// - Parameter digits: without `+`.
  /// - Returns: nil where no such code exists.
  public init?(_ digits: String) {
    guard let index = Self.index(of: digits) else { return nil }
    self = Self.all[index]
  }

  /// Where a code stands in `all`: to look at a part of it without counting the lists in it, which all calls share.
  static func index(of digits: String) -> Int? { Int(digits).flatMap { places[$0] } }

  /// The code that digits begin with. No code begins with another one, so it is one or none.
  public static func beginning(_ digits: some StringProtocol) -> CallingCode? {
    (1...3).lazy.compactMap { CallingCode(String(digits.prefix($0))) }.first
  }

  private static let places = Dictionary(all.indices.map { (all[$0].code, $0) }) { first, _ in first }
}

/// A set of numbers of digits, each from 0 to 31.
public struct DigitCounts: Hashable, Sendable, ExpressibleByArrayLiteral {
  private let mask: UInt32

  public init(arrayLiteral counts: Int...) {
    mask = counts.reduce(0) { (0..<32).contains($1) ? $0 | 1 << UInt32($1) : $0 }
  }

  public func contains(_ count: Int) -> Bool { (0..<32).contains(count) && mask & 1 << UInt32(count) != 0 }

  /// nil where the set is empty.
  public var least: Int? { mask == 0 ? nil : mask.trailingZeroBitCount }
  public var greatest: Int? { mask == 0 ? nil : 31 - mask.leadingZeroBitCount }
}

extension DigitCounts: CustomStringConvertible {
  /// `9`, `7, 9 or 10`, `8 to 10 or 13`.
  public var description: String { said.text }

  /// ``description``, for any language.
  public var said: Sentence {
    let parts = runs.flatMap { run in
      run.count > 2
        ? [Sentence("\(run.lowerBound) to \(run.upperBound)")] : run.map { Sentence("\($0)") }
    }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? Sentence("none") }
    return Sentence("\(Array(parts.dropLast())) or \(last)")
  }

  private var runs: [ClosedRange<Int>] {
    (0..<32).filter(contains).reduce(into: []) { runs, count in
      if let last = runs.last, last.upperBound + 1 == count {
        runs[runs.count - 1] = last.lowerBound...count
      } else {
        runs.append(count...count)
      }
    }
  }
}
