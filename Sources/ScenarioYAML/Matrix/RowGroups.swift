/// The rows of a matrix in groups: those that have the same values in some columns.
struct RowGroups {
  /// For each row the number of its group, which are counted as they come.
  private(set) var groups: [Int32]
  /// The first row of each group.
  private(set) var firsts: [Int]

  /// All in one.
  init(rows: Int) {
    groups = Array(repeating: 0, count: rows)
    firsts = rows > 0 ? [0] : []
  }

  /// Parts what differs in one more column, too.
  mutating func split(by column: [Int32]) {
    // Nothing is left to part.
    guard firsts.count < groups.count else { return }
    var known: [UInt64: Int32] = [:]
    firsts.removeAll(keepingCapacity: true)
    for row in groups.indices {
      let pair = UInt64(UInt32(bitPattern: groups[row])) << 32 | UInt64(UInt32(bitPattern: column[row]))
      if let group = known[pair] {
        groups[row] = group
      } else {
        groups[row] = Int32(firsts.count)
        known[pair] = groups[row]
        firsts.append(row)
      }
    }
  }
}

/// The values of a matrix as numbers: equal values of a column have the same.
struct ValueNumbers {
  /// By column, then by row.
  private let columns: [[Int32]]
  private let rows: Int

  /// Of no rows.
  init() { (columns, rows) = ([], 0) }

  init(_ table: MatrixTable) {
    rows = table.rows.count
    columns = table.names.indices.map { column in
      var known: [Node.Identity: Int32] = [:]
      return table.rows.map { row in
        let identity = row.values[column].identity
        if let number = known[identity] { return number }
        let number = Int32(known.count)
        known[identity] = number
        return number
      }
    }
  }

  func groups(by chosen: some Sequence<Int>) -> RowGroups {
    var groups = RowGroups(rows: rows)
    for column in chosen { groups.split(by: columns[column]) }
    return groups
  }

  /// By all columns.
  var groups: RowGroups { groups(by: columns.indices) }
}
