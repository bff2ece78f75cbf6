/// A PIN, in clear, on its way from a file to the check. Prints as dots.
public struct Passcode: Hashable, Sendable {
  public let revealed: String

  /// Digits, at least.
  public static let shortest = 4

  /// - Returns: nil unless `text` is 4 to 20 digits: an entry holds 20. A leading zero stays.
  public init?(_ text: some StringProtocol) {
    guard (Self.shortest...KeyEntry.capacity).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isWholeNumber })
    else {
      return nil
    }
    revealed = String(text)
  }

  public func matches(_ entry: KeyEntry) -> Bool { entry.revealed == revealed }

  public func equals(_ code: ReportCode) -> Bool { code.description == revealed }
}

extension Passcode: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { "••••" }
  public var debugDescription: String { description }
}
