/// One rule of what is simulated.
public struct Rule: Hashable, Sendable {
  /// `CALL-7`
  public let id: String
  /// Where it comes from: `seed` (the source documents), `known` (public elsewhere), `ours` (a choice of ours, always
  /// a setting or named default); several with their parts.
  public let mark: String
  public let text: String
  /// The command that shows it where no scenario can: nothing of it happens in a sign-in.
  public let shownBy: String?

  init(_ id: String, _ mark: String, shownBy: String? = nil, _ text: String) {
    self.id = id
    self.mark = mark
    self.shownBy = shownBy
    self.text = text
  }

  /// `CALL`
  public var family: String { String(id.prefix { $0 != "-" }) }

  public static func named(_ id: some StringProtocol) -> Rule? { byID[String(id)] }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}
