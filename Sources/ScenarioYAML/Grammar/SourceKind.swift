import ScenarioModel

/// What a source file is, by the key it begins with.
public enum SourceKind: String, Hashable, Sendable, CaseIterable {
  case scenario, tenant, fragment, explore

  /// Of the lines of a file; nil where no line begins with such a key.
  public init?(lines: [Substring]) {
    // A scenario may hold a tenant, but not at the start of a line.
    let found = Self.allCases.first { kind in
      lines.contains { line in
        let key = line.prefix { $0 != ":" }
        return line.count > key.count && Self.unquoted(key) == kind.rawValue
      }
    }
    guard let found else { return nil }
    self = found
  }

  private static func unquoted(_ key: Substring) -> Substring {
    let bare = key.drop { $0 == "\"" || $0 == "'" || $0 == "\u{FEFF}" }
    return bare.prefix { $0 != "\"" && $0 != "'" && $0 != " " }
  }
}
