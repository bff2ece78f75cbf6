/// JSON Schema, draft-07, of the files that people write.
public enum FileSchema {
  /// `scenario.schema.json`
  public static func fileName(_ kind: SourceKind) -> String { "\(kind.rawValue).schema.json" }

  /// The schema as a file holds it.
  public static func text(_ kind: SourceKind) -> String { SchemaWriter.schema(of: kind).written() + "\n" }
}
