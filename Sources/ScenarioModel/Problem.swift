/// What is wrong, where, and what to do: with a file, or with how a scenario went.
public struct Problem: Error, Hashable, Sendable {
  /// `unknown-step`, `expected-heard`: stable, for scripts and for searching.
  public var id: String
  public var severity = Severity.error
  public var message: String
  public var place: SourcePlace?
  /// Written behind the caret.
  public var label: String?
  public var notes: [Note]

  public enum Severity: String, Hashable, Sendable, CaseIterable { case error, warning, note }

  public struct Note: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case hint, heard, why, kept, now, used, round, row, rerun }

    public var kind: Kind
    public var text: String

    public init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  public init(
    _ id: String, _ message: String, at place: SourcePlace? = nil, label: String? = nil, hint: String? = nil,
    notes: [Note] = []
  ) {
    self.id = id
    self.message = message
    self.place = place
    self.label = label
    self.notes = (hint.map { [Note(.hint, $0)] } ?? []) + notes
  }
}
