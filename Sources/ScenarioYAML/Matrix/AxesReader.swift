import ScenarioModel

/// Reads axes and combines their values.
struct AxesReader {
  /// The search for pairs looks at each of them often.
  private static let pairLimit = 100_000
  private static let axisLimit = 64

  let reading: Reading

  private struct Axis {
    let name: String
    let values: [Node]
  }

  func table(_ node: Node, isPairwise: Bool, excluding exclude: Node?) -> MatrixTable? {
    guard let axes = axes(node) else { return nil }
    let names = axes.map(\.name)
    let patterns = (exclude.flatMap { reading.sequence($0, "exclude") } ?? []).compactMap { pattern in
      exclusion(pattern, axes).map { (pattern, $0) }
    }
    var rows: [[Int]]
    if isPairwise {
      guard Self.canPickPairs(axes) else {
        reading.report(
          "matrix-too-large", "the axes have too many pairs of values to pick from", at: node,
          hint: "at most \(Self.axisLimit) axes with \(Self.pairLimit) pairs; split the file")
        return nil
      }
      do throws(Pairwise.GaveUp) {
        rows = try Pairwise.rows(axes.map(\.values.count), excluding: patterns.map(\.1))
      } catch {
        reportGivenUp(error, axes, exclude ?? node)
        return nil
      }
    } else {
      guard let all = combinations(axes, node) else { return nil }
      rows = all
      for (pattern, exclusion) in patterns {
        let count = rows.count
        rows.removeAll { row in exclusion.allSatisfy { row[$0.key] == $0.value } }
        if rows.count == count { reading.reportNothingExcluded(pattern) }
      }
    }
    return MatrixTable(
      names: names,
      rows: rows.map { row in
        MatrixTable.Row(values: zip(axes, row).map { $0.values[$1] }, id: nil, place: node.place)
      })
  }

  private func reportGivenUp(_ error: Pairwise.GaveUp, _ axes: [Axis], _ node: Node) {
    let pair = zip(error.axes, error.values).map { "\(axes[$0].name): \(axes[$0].values[$1].label)" }
    reading.report(
      "too-many-exclusions",
      "with so much excluded it cannot be told whether a case has \(pair.joined(separator: ", "))",
      at: node, hint: "exclude less, or write the cases as rows")
  }

  private func axes(_ node: Node) -> [Axis]? {
    guard case .mapping(let mapping) = node, !mapping.entries.isEmpty else {
      reading.report(
        "expected-mapping", "axes must be a mapping", at: node, hint: "as in axes: {language: [en-US, fr-FR]}")
      return nil
    }
    let axes = mapping.entries.compactMap { axis($0.key, $0.value) }
    return axes.count == mapping.entries.count ? axes : nil
  }

  private func axis(_ key: Node, _ node: Node) -> Axis? {
    guard let name = reading.columnName(key), let values = reading.sequence(node, name) else { return nil }
    guard !values.isEmpty else {
      reading.report("empty-axis", "\(name) has no values, so nothing would be run", at: node)
      return nil
    }
    var seen: Set<String> = []
    for value in values {
      if value.scalar != nil, !value.isNull, reading.string(value, name) == nil { return nil }
      reading.refuseCutText(value, name)
      if !seen.insert(value.fingerprint).inserted {
        reading.report("duplicate-row", "\(name) has this value twice", at: value, hint: "remove one of them")
      }
    }
    return Axis(name: name, values: values)
  }

  private static func canPickPairs(_ axes: [Axis]) -> Bool {
    axes.count <= axisLimit && Pairwise.pairs(axes.map(\.values.count)) <= pairLimit
  }

  private func combinations(_ axes: [Axis], _ node: Node) -> [[Int]]? {
    var count = 1
    for axis in axes {
      let (product, isTooMany) = count.multipliedReportingOverflow(by: axis.values.count)
      count = isTooMany ? .max : product
      if isTooMany { break }
    }
    guard count <= MatrixTable.caseLimit else {
      let shown = count == .max ? "more than 9 quintillion" : "\(count)"
      reading.report(
        "matrix-too-large", "the axes make \(shown) cases, more than \(MatrixTable.caseLimit)", at: node,
        hint: axes.count > 1 && Self.canPickPairs(axes)
          ? "pick: pairwise shows each two values together in far fewer" : "split the file, or leave values out")
      return nil
    }
    return (0..<count).map { number in
      var (rest, row) = (number, [Int](repeating: 0, count: axes.count))
      // The last axis turns fastest, as one reads it.
      for axis in axes.indices.reversed() {
        row[axis] = rest % axes[axis].values.count
        rest /= axes[axis].values.count
      }
      return row
    }
  }

  private func exclusion(_ node: Node, _ axes: [Axis]) -> Pairwise.Exclusion? {
    guard let wanted = reading.exclusion(node, axes.map(\.name)) else { return nil }
    var exclusion: Pairwise.Exclusion = [:]
    for (axis, value) in wanted {
      guard let index = axes[axis].values.firstIndex(where: { $0.fingerprint == value.fingerprint }) else {
        reading.reportNothingExcluded(node)
        return nil
      }
      exclusion[axis] = index
    }
    return exclusion
  }
}
