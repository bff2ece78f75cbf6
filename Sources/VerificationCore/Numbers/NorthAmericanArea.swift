/// The area codes of one of the regions that share +1.
///
/// The values are generated: `script/numbering-plan`.
struct NorthAmericanArea: Hashable, Sendable {
  /// ISO 3166-1.
  let region: String
  /// Where a line can be. None is in two regions.
  let codes: Set<Int>

  init(_ region: String, _ codes: [Int]) {
    self.region = region
    self.codes = Set(codes)
  }

  /// - Returns: nil for area codes that no region has to itself, and for those not in use.
  static func region(of code: Int) -> String? { all.first { $0.codes.contains(code) }?.region }
}
