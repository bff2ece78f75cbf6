import ScenarioModel

/// The rows of a file's matrix, each of which is a case.
struct MatrixTable {
  /// More cases than this are not one file's.
  static let caseLimit = 100_000

  var names: [String]
  var rows: [Row]
  /// Of the values, once all rows are there.
  var numbers = ValueNumbers()

  struct Row {
    /// One for each name.
    var values: [Node]
    /// Its own name, where it has one.
    var id: String?
    var place: SourcePlace?
  }

  /// Of a file without a matrix.
  static let single = MatrixTable(names: [], rows: [Row(values: [], id: nil, place: nil)])

  var isSingle: Bool { names.isEmpty }

  func scope(of row: Row) -> Scope {
    Scope(what: "the matrix has no column", names: names, values: row.values)
  }

  /// The cases by name; of rows that would have the same, each but the first gets a number.
  ///
  /// - Parameters:
  ///   - secrets: columns whose values no name may show.
  ///   - mask: for secrets in other columns. Names are unique with their dots.
  func cases(hiding secrets: Set<String>, mask: SecretMask) -> [ScenarioFile.Case] {
    guard !isSingle else { return [ScenarioFile.Case()] }
    var (taken, numbers): (Set<String>, [String: Int]) = ([], [:])
    return rows.enumerated().map { index, row in
      let plain = mask(row.id ?? Self.name(names, row.values, hiding: secrets))
      let name = plain.isEmpty ? "\(index + 1)" : plain
      var unique = name
      while !taken.insert(unique).inserted {
        numbers[name, default: 1] += 1
        unique = "\(name) #\(numbers[name, default: 1])"
      }
      let values = row.id == nil ? nil : mask(Self.name(names, row.values, hiding: secrets.union(["id"])))
      return ScenarioFile.Case(name: unique, place: row.place, values: values)
    }
  }

  private static func name(_ names: [String], _ values: [Node], hiding secrets: Set<String>) -> String {
    var name = ""
    for (column, value) in zip(names, values) where !secrets.contains(column) {
      // Of rows of which only some have an id, the others have an empty one.
      if column == "id", value.scalar?.string.isEmpty == true { continue }
      if !name.isEmpty { name += "," }
      name += column
      name += "="
      name += value.label
    }
    return name
  }
}

extension Node {
  /// The value on one line, for the name of a case.
  var label: String {
    switch self {
    case .scalar(let scalar):
      scalar.string.utf8.count <= 60 || scalar.string.count <= 60 ? scalar.string : scalar.string.prefix(59) + "…"
    case .sequence(let sequence): "[\(sequence.nodes.map(\.label).joined(separator: " "))]"
    case .mapping(let mapping):
      "{\(mapping.entries.map { "\($0.key.label): \($0.value.label)" }.joined(separator: " "))}"
    }
  }

  /// The same for equal values, whatever their places and quotes; for telling them apart quickly.
  var identity: Identity {
    guard case .scalar(let scalar) = self else { return .compound(fingerprint) }
    return isNull ? .nothing : .text(scalar.string)
  }

  enum Identity: Hashable {
    case nothing
    case text(String)
    case compound(String)
  }

  /// The same for equal values, whatever their places and quotes.
  var fingerprint: String {
    switch self {
    case .scalar(let scalar): isNull ? "~" : "\"\(scalar.string)\""
    case .sequence(let sequence): "[\(sequence.nodes.map(\.fingerprint).joined(separator: ","))]"
    case .mapping(let mapping):
      "{\(mapping.entries.map { "\($0.key.fingerprint):\($0.value.fingerprint)" }.joined(separator: ","))}"
    }
  }
}
