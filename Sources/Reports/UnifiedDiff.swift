/// What changes from one text to another, as `diff -u` shows it.
public enum UnifiedDiff {
  /// Lines around a change.
  static let context = 3

  private enum Line {
    case same(Substring)
    case removed(Substring)
    case added(Substring)

    var isChange: Bool {
      switch self {
      case .same: false
      case .removed, .added: true
      }
    }
  }

  /// - Returns: an empty text where nothing changes.
  public static func text(_ path: String, from old: [Substring], to new: [Substring], style: Style = .plain) -> String {
    let lines = merged(old, new)
    let changes = lines.indices.filter { lines[$0].isChange }
    guard let first = changes.first else { return "" }
    var text = style.bold("--- \(path)") + "\n" + style.bold("+++ \(path)") + "\n"
    var start = first
    for (index, change) in changes.enumerated() {
      let next = index + 1 < changes.count ? changes[index + 1] : nil
      if let next, next - change <= 2 * context { continue }
      text += hunk(lines, max(0, start - context)..<min(lines.count, change + context + 1), style)
      if let next { start = next }
    }
    return text
  }

  private static func merged(_ old: [Substring], _ new: [Substring]) -> [Line] {
    var (removed, added): (Set<Int>, Set<Int>) = ([], [])
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var (lines, left, right): ([Line], Int, Int) = ([], 0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        lines.append(.removed(old[left]))
        left += 1
      } else if right < new.count, added.contains(right) {
        lines.append(.added(new[right]))
        right += 1
      } else {
        lines.append(.same(new[right]))
        (left, right) = (left + 1, right + 1)
      }
    }
    return lines
  }

  private static func hunk(_ lines: [Line], _ range: Range<Int>, _ style: Style) -> String {
    func count(_ lines: ArraySlice<Line>, without skipped: (Line) -> Bool) -> Int { lines.count { !skipped($0) } }
    func isAdded(_ line: Line) -> Bool { if case .added = line { true } else { false } }
    func isRemoved(_ line: Line) -> Bool { if case .removed = line { true } else { false } }
    let before = lines[..<range.lowerBound]
    let (oldStart, newStart) = (count(before, without: isAdded), count(before, without: isRemoved))
    let (oldCount, newCount) = (count(lines[range], without: isAdded), count(lines[range], without: isRemoved))
    let head = "@@ -\(place(oldStart, oldCount)) +\(place(newStart, newCount)) @@"
    return style.blue(head) + "\n" + lines[range].map { shown($0, style) + "\n" }.joined()
  }

  /// An empty range is named by the line before it.
  private static func place(_ start: Int, _ count: Int) -> String { "\(count == 0 ? start : start + 1),\(count)" }

  private static func shown(_ line: Line, _ style: Style) -> String {
    switch line {
    case .same(let text): " \(text)"
    case .removed(let text): style.red("-\(text)")
    case .added(let text): style.green("+\(text)")
    }
  }
}
