import ScenarioModel
import VerificationCore

/// Reads the matrix of a file: axes, rows or a table, with what is added and left out.
struct MatrixReader {
  let reading: Reading
  let shelf: SourceShelf
  /// Columns that hold secrets.
  var secret: Set<String> = []

  /// - Returns: nil where there is something wrong.
  func table(_ node: Node) -> MatrixTable? {
    guard let fields = reading.fields(node, "matrix", keys: Grammar.matrix.keys) else { return nil }
    refuseReferences(node)
    let isPairwise = pick(fields["pick"])
    let kinds = ["axes", "rows", "csv"].filter { fields[$0] != nil }
    guard kinds.count == 1 else {
      let isMisspelt =
        node.mapping?.entries.contains { !Grammar.matrix.keys.contains($0.key.scalar?.string ?? "") } ?? false
      if isMisspelt { return nil }
      reading.report(
        "matrix-kind",
        kinds.isEmpty ? "a matrix needs axes, rows or csv" : "a matrix has one of axes, rows and csv, not both",
        at: node,
        hint: "as in matrix: {axes: {language: [en, fr]}}; single rows are added with include")
      return nil
    }
    if isPairwise, fields["axes"] == nil, let pick = fields["pick"] {
      reading.report("wrong-pick", "only axes can be picked pairwise", at: pick, hint: "leave pick out")
    }
    var table: MatrixTable?
    if let rows = fields["rows"] { table = self.rows(rows, "rows", nil) }
    if let csv = fields["csv"] { table = TableFileReader(reading: reading, shelf: shelf, secret: secret).table(csv) }
    if let axes = fields["axes"] {
      table = AxesReader(reading: reading).table(axes, isPairwise: isPairwise, excluding: fields["exclude"])
    }
    guard var table else { return nil }
    if let exclude = fields["exclude"], fields["axes"] == nil { leaveOut(exclude, of: &table) }
    if let include = fields["include"], let more = rows(include, "include", table.names) { table.rows += more.rows }
    table.numbers = ValueNumbers(table)
    refuseTwins(table)
    guard table.rows.count <= MatrixTable.caseLimit else {
      reading.report(
        "matrix-too-large", "the matrix makes \(table.rows.count) cases, more than \(MatrixTable.caseLimit)", at: node,
        hint: "split it into several files")
      return nil
    }
    guard !table.rows.isEmpty else {
      reading.report("empty-matrix", "the matrix has no rows, so nothing would be run", at: node)
      return nil
    }
    return table
  }

  private func refuseReferences(_ node: Node) {
    for name in node.names.sorted().prefix(1) {
      reading.report(
        "misplaced-reference", "${\(name)} cannot be looked up in the matrix itself", at: node,
        hint: "write the value out")
    }
  }

  private func pick(_ node: Node?) -> Bool {
    guard let node else { return false }
    return reading.value(node, "pick", takes: "all or pairwise") { ["all": false, "pairwise": true][$0] } ?? false
  }

  /// - Parameter names: the columns that the rows must have; nil takes those of the first.
  private func rows(_ node: Node, _ what: String, _ names: [String]?) -> MatrixTable? {
    guard let entries = reading.sequence(node, what) else { return nil }
    var table = MatrixTable(names: names ?? [], rows: [])
    for (index, entry) in entries.enumerated() {
      guard let mapping = entry.mapping, !mapping.entries.isEmpty else {
        reading.report(
          "expected-mapping", "a row must be a mapping", at: entry, hint: "as in - {language: fr-FR, country: FR}")
        continue
      }
      if index == 0, names == nil {
        table.names = mapping.entries.compactMap { reading.columnName($0.key) }
      }
      if let row = row(entry, mapping, table.names) { table.rows.append(row) }
    }
    return table.rows.count == entries.count ? table : nil
  }

  private func row(_ node: Node, _ mapping: Node.Mapping, _ names: [String]) -> MatrixTable.Row? {
    var (values, id, isWhole): ([Node?], Node?, Bool) = (Array(repeating: nil, count: names.count), nil, true)
    for (index, (key, value)) in mapping.entries.enumerated() {
      let name = key.scalar?.string ?? ""
      // Most rows have the columns in their order.
      let column = index < names.count && names[index] == name ? index : names.firstIndex(of: name)
      guard key.scalar != nil, column != nil || name == "id" else {
        reading.report(
          "unknown-column", "the other rows have no \"\(key.scalar?.string ?? "")\"", at: key,
          hint: Suggestion.hint(for: key.scalar?.string ?? "", among: names, what: "the columns are"))
        isWhole = false
        continue
      }
      reading.refuseCutText(value, name)
      isWhole = isReadable(value, name) && isWhole
      if let column { values[column] = value }
      if name == "id" { id = value }
    }
    let missing = names.indices.filter { values[$0] == nil && names[$0] != "id" }.map { names[$0] }
    if !missing.isEmpty, isWhole {
      reading.report(
        "missing-column", "this row has no \(missing.joined(separator: ", no "))", at: node,
        hint: "all rows have the same columns")
      return nil
    }
    guard isWhole else { return nil }
    let label = id.flatMap(reading.rowID)
    let absent = Node.scalar(Node.Scalar(string: "", style: .plain, mark: node.mark))
    return MatrixTable.Row(values: values.map { $0 ?? absent }, id: label, place: node.place)
  }

  /// A value may be empty, and a list or a mapping; a text holds no control characters.
  private func isReadable(_ node: Node, _ name: String) -> Bool {
    if node.isNull || node.scalar == nil { return true }
    return reading.string(node, name) != nil
  }

  private func leaveOut(_ node: Node, of table: inout MatrixTable) {
    for pattern in reading.sequence(node, "exclude") ?? [] {
      guard let wanted = exclusion(pattern, table.names) else { continue }
      let count = table.rows.count
      table.rows.removeAll { row in wanted.allSatisfy { row.values[$0.key].fingerprint == $0.value } }
      if table.rows.count == count { reading.reportNothingExcluded(pattern) }
    }
  }

  /// By column: the fingerprint of the value.
  private func exclusion(_ node: Node, _ names: [String]) -> [Int: String]? {
    reading.exclusion(node, names)?.mapValues(\.fingerprint)
  }

  /// Two rows with the same values are one case too many.
  private func refuseTwins(_ table: MatrixTable) {
    let groups = table.numbers.groups
    var seen: [SourcePlace?] = Array(repeating: nil, count: groups.firsts.count)
    var ids: Set<String> = []
    for (index, row) in table.rows.enumerated() {
      if let id = row.id, !ids.insert(id).inserted {
        reading.report(Problem("duplicate-row", "there is another row with the id \(id)", at: row.place))
      }
      let group = Int(groups.groups[index])
      defer { seen[group] = row.place ?? reading.text.place(1, 1) }
      if let twin = seen[group] {
        reading.report(
          Problem(
            "duplicate-row", "this row has the same values as the one in line \(twin.span.line)", at: row.place,
            hint: "remove one of them"))
      }
    }
  }
}

extension Reading {
  /// The name of a column, an axis or a parameter.
  func columnName(_ node: Node) -> String? {
    guard let name = string(node, "a name") else { return nil }
    guard Reference.isName(name) else {
      report(
        "wrong-name", "\"\(name)\" cannot be looked up", at: node,
        hint: "names have letters, digits, _ and -, and begin with a letter")
      return nil
    }
    return name
  }

  /// What a row calls itself; it stands in brackets behind the title.
  func rowID(_ node: Node) -> String? {
    value(node, "id", takes: "1 to 60 characters, without [ and ]") { text in
      (1...60).contains(text.count) && !text.contains { "[]".contains($0) } ? text : nil
    }
  }

  /// What an entry of `exclude` leaves out, by column.
  func exclusion(_ node: Node, _ names: [String]) -> [Int: Node]? {
    guard let mapping = node.mapping, !mapping.entries.isEmpty else {
      report("expected-mapping", "what is left out must be a mapping", at: node, hint: "as in - {country: US}")
      return nil
    }
    var wanted: [Int: Node] = [:]
    for (key, value) in mapping.entries {
      guard let name = key.scalar?.string, let index = names.firstIndex(of: name) else {
        report(
          "unknown-column", "the matrix has no \"\(key.scalar?.string ?? "")\"", at: key,
          hint: Suggestion.hint(for: key.scalar?.string ?? "", among: names, what: "the columns are"))
        return nil
      }
      wanted[index] = value
    }
    return wanted
  }

  func reportNothingExcluded(_ node: Node) {
    report("excludes-nothing", "no row is like this, so nothing is left out", at: node, hint: "check the spelling")
  }
}
