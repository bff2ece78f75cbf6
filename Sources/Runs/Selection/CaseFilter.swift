public import ScenarioModel

/// `--case`: the whole id or name of a case, or pairs `name=value,...` that must all be among its own.
public struct CaseFilter: Hashable, Sendable {
  public let text: String
  private let pairs: Set<Substring>

  public init(_ text: String) {
    self.text = text
    pairs = Set(text.split(separator: ","))
  }

  public func accepts(_ id: CaseID) -> Bool {
    guard let name = id.name else { return id.description == text }
    if name == text || id.description == text { return true }
    return !pairs.isEmpty && pairs.isSubset(of: name.split(separator: ","))
  }
}
