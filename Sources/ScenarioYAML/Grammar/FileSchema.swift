/// JSON Schema, draft-07, of the files that people write.
public enum FileSchema {
  /// `scenario.schema.json`
  public static func fileName(_ kind: SourceKind) -> String { "\(kind.rawValue).schema.json" }

  /// What editors look for in the first lines of a file, without the `#` of a comment.
  ///
  /// - Parameter path: of the schema, from where the file is.
  public static func modeline(_ path: String) -> String { "yaml-language-server: $schema=\(path)" }

  /// The schema as a file holds it.
  public static func text(_ kind: SourceKind) -> String { SchemaWriter.schema(of: kind).written() + "\n" }
}
