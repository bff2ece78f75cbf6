import ScenarioModel
import VerificationCore

/// Reads the rows of a CSV file (RFC 4180), the names of the columns in its first line.
struct TableFileReader {
  let reading: Reading
  let shelf: SourceShelf
  /// Columns that hold secrets.
  let secret: Set<String>

  func table(_ node: Node) -> MatrixTable? {
    guard let name = reading.string(node, "csv") else { return nil }
    let path = RelativePath.resolve(name, from: node)
    let bytes: [UInt8]
    do throws(SourceFailure) {
      bytes = try shelf.bytes(path)
    } catch {
      reading.report("unreadable", "\(path) \(error.reason)", at: node, hint: error.hint)
      return nil
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      reading.report("encoding", "\(path) is not UTF-8 text", at: node, hint: "save it as UTF-8")
      return nil
    }
    let file = SourceFile(path: path, lines: SourceText.lines(text))
    shelf.keep(file.lines, of: path)
    return rows(CSVRecords(text), file, node)
  }

  private func rows(_ source: CSVRecords, _ file: SourceFile, _ node: Node) -> MatrixTable? {
    var (records, table, isWhole): (CSVRecords, MatrixTable?, Bool) = (source, nil, true)
    while let next = records.next() {
      switch next {
      case .failure(let problem):
        report(problem, file)
        isWhole = false
      case .success(let record):
        if table == nil {
          guard let names = header(record, file) else { return nil }
          table = MatrixTable(names: names, rows: [])
        } else if let row = row(record, table?.names ?? [], file) {
          table?.rows.append(row)
        } else {
          isWhole = false
        }
      }
    }
    if table == nil, isWhole {
      reading.report("empty-matrix", "\(file.path) is empty", at: node, hint: "its first line names the columns")
    }
    if !isWhole { keepSecrets(of: file) }
    return isWhole ? table : nil
  }

  /// Where fields cannot be told apart, any digits may be a PIN.
  private func keepSecrets(of file: SourceFile) {
    let names = Set(file.line(1).split(separator: ",").map { $0.filter { $0 != "\"" && $0 != " " } })
    guard names.contains("pin") || !secret.isDisjoint(with: names) else { return }
    for line in file.lines.dropFirst() {
      for word in line.split(whereSeparator: { !$0.isNumber }) where (4...20).contains(word.count) {
        reading.keepSecret(String(word))
      }
    }
  }

  private func header(_ record: CSVRecords.Record, _ file: SourceFile) -> [String]? {
    let nodes = record.fields.indices.map { self.node(record, $0, file) }
    if record.fields.count == 1, let field = record.fields.first, field.contains(";") {
      reading.report(
        Problem(
          "wrong-table", "the columns are separated by semicolons", at: file.place(record.line, 1),
          hint: "save the table with commas (RFC 4180)"))
      return nil
    }
    let names = nodes.compactMap(reading.columnName)
    guard names.count == nodes.count else { return nil }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      reading.report("duplicate-column", "there is another column \(name)", at: nodes[index])
      return nil
    }
    return names
  }

  private func row(_ record: CSVRecords.Record, _ names: [String], _ file: SourceFile) -> MatrixTable.Row? {
    let place = file.place(record.line, 1, length: file.line(record.line).unicodeScalars.count)
    guard record.fields.count == names.count else {
      reading.report(
        Problem(
          "wrong-table",
          record.fields.count > names.count
            ? "this line has \(record.fields.count) fields, the first only \(names.count)"
            : "this line has \(record.fields.count) of the \(names.count) fields of the first", at: place,
          hint: "quote a field that holds a comma"))
      return nil
    }
    let nodes = record.fields.indices.map { node(record, $0, file) }
    let texts = zip(names, nodes).map { reading.string($1, $0) }
    guard !texts.contains(nil) else { return nil }
    // A field that is empty is none: a table has no other way to leave it out.
    let id = names.firstIndex(of: "id").flatMap { record.fields[$0].isEmpty ? nil : nodes[$0] }
    return MatrixTable.Row(values: nodes, id: id.flatMap(reading.rowID), place: place)
  }

  /// In quotes, so to speak: an empty field is an empty text.
  private func node(_ record: CSVRecords.Record, _ column: Int, _ file: SourceFile) -> Node {
    let mark = Mark(file: file, line: record.line, column: record.columns[column])
    return .scalar(Node.Scalar(string: record.fields[column], style: .tableField, mark: mark))
  }

  private func report(_ problem: CSVRecords.Problem, _ file: SourceFile) {
    let (line, message) =
      switch problem {
      case .unclosedQuote(let line): (line, "a quoted field begins here and never ends")
      case .afterQuote(let line, let column): (line, "something follows the closing quote of field \(column + 1)")
      case .strayQuote(let line, let column): (line, "field \(column + 1) holds a quote and does not begin with one")
      }
    reading.report(
      Problem(
        "wrong-table", message, at: file.place(line, 1), hint: "a quote within quotes is written twice (RFC 4180)"))
  }
}
