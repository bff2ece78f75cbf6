/// The digits that report fraud when sent with `#`: one to four of them, `0` unless set (REPORT-1, REPORT-6).
public struct ReportCode: Hashable, Sendable {
  package let entry: KeyEntry

  public static let zero = ReportCode(entry: KeyEntry(.zero))

  private init(entry: KeyEntry) { self.entry = entry }

  /// - Returns: nil unless `text` is 1 to 4 digits.
  public init?(_ text: some StringProtocol) {
    guard (1...4).contains(text.count), let entry = KeyEntry(text), entry.isAllDigits else { return nil }
    self.init(entry: entry)
  }

  public func matches(_ entry: KeyEntry) -> Bool { self.entry == entry }
}

extension ReportCode: CustomStringConvertible {
  public var description: String { entry.revealed }
}
