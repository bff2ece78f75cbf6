/// What a case is called, the same in every run: `scenarios/pin.yaml::PIN by language[language=fr-FR,country=FR]`.
public struct CaseID: Hashable, Sendable {
  /// Of the scenario file, as it was found.
  public let path: String
  /// The scenario's own.
  public let title: String
  /// The row of the matrix: its id, else `name=value,...`; nil where the file has no matrix.
  public let name: String?

  public init(path: String, title: String, name: String? = nil) {
    self.path = path
    self.title = title
    self.name = name
  }
}

extension CaseID: CustomStringConvertible {
  public var description: String { name.map { "\(path)::\(title)[\($0)]" } ?? "\(path)::\(title)" }
}
