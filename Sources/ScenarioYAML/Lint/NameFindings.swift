import ScenarioModel
import VerificationCore

// Names that nothing uses.
extension LintedFile {
  /// - Parameter files: for the columns of a CSV file.
  func nameFindings(_ files: any SourceLoading) -> [Problem] {
    unusedColumns(files) + unusedParameters + unusedAliases
  }

  private func unusedColumns(_ files: any SourceLoading) -> [Problem] {
    guard let matrix = root["matrix"] else { return [] }
    let used = lookups(outside: ["matrix"])
    return columns(matrix, files).filter { !used.contains($0.name) }.map { column in
      SourceFinding.unusedColumn.problem(
        "nothing looks up ${\(column.name)}: its values change nothing", at: place(column.node),
        hint: "use it, or remove the column")
    }
  }

  /// The columns with where each is named first; `id` only names the row.
  private func columns(_ matrix: LayoutNode, _ files: any SourceLoading) -> [(name: String, node: LayoutNode)] {
    var keys = matrix["axes"]?.entries.map(\.key) ?? []
    for list in ["rows", "include"] { keys += matrix[list]?.items.flatMap { $0.entries.map(\.key) } ?? [] }
    var columns: [(name: String, node: LayoutNode)] = []
    for key in keys {
      guard let name = key.scalar?.text, name != "id", !columns.contains(where: { $0.name == name }) else { continue }
      columns.append((name, key))
    }
    return columns + csvColumns(matrix, files)
  }

  private func csvColumns(_ matrix: LayoutNode, _ files: any SourceLoading) -> [(name: String, node: LayoutNode)] {
    guard let node = matrix["csv"], let name = node.scalar?.text,
      let bytes = try? files.load(RelativePath.resolve(name, from: path)),
      let head = SourceText.lines(String(decoding: bytes, as: UTF8.self)).first
    else { return [] }
    let bare = head.first == "\u{FEFF}" ? head.dropFirst() : head
    let names = bare.split(separator: ",").map { LayoutParser.trimmed($0.filter { $0 != "\"" }) }
    return names.filter { $0 != "id" && !$0.isEmpty }.map { ($0, node) }
  }

  private var unusedParameters: [Problem] {
    guard kind == .fragment, let parameters = root["parameters"] else { return [] }
    let used = lookups(outside: ["parameters"])
    return parameters.entries.map(\.key).filter { !used.contains($0.scalar?.text ?? "") }.map { key in
      SourceFinding.unusedParameter.problem(
        "nothing looks up ${\(key.scalar?.text ?? "")}: the parameter changes nothing", at: place(key),
        hint: "use it, or remove the parameter")
    }
  }

  private var unusedAliases: [Problem] {
    let used = Set(
      stepLists.joined().filter { $0.verb == "use" }.compactMap { step in
        step.argument?.scalar?.text ?? step.argument?["fragment"]?.scalar?.text
      })
    return (root["use"]?.entries ?? []).map(\.key).filter { !used.contains($0.scalar?.text ?? "") }.map { key in
      SourceFinding.unusedAlias.problem(
        "no step uses \(key.scalar?.text ?? "")", at: place(key),
        hint: "use it, as in - use: \(key.scalar?.text ?? ""), or remove it")
    }
  }
}
