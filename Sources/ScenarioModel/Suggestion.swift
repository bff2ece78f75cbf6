/// Finds the word that was probably meant.
public enum Suggestion {
  /// - Returns: the candidate with the fewest edits, if these are few for the length of the word.
  public static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased())
    // A word of any length could be typed; comparing a novel with every candidate would take its time.
    guard !typed.isEmpty, typed.count <= 64 else { return nil }
    let most = max(1, typed.count / 3)
    let near = candidates.lazy.filter { abs($0.count - typed.count) <= most }
    let ranked = near.map { (candidate: $0, edits: edits(typed, Array($0.lowercased()))) }
    guard let best = ranked.min(by: { ($0.edits, $0.candidate) < ($1.edits, $1.candidate) }) else { return nil }
    return best.edits <= most ? best.candidate : nil
  }

  /// `did you mean "hangup"?`, else the list of what there is.
  public static func hint(for word: String, among candidates: [String], what: String) -> String {
    if let closest = closest(to: word, among: candidates) { return "did you mean \"\(closest)\"?" }
    return "\(what): \(candidates.joined(separator: ", "))"
  }

  /// Insertions, deletions, changes and swaps of neighbours (optimal string alignment).
  private static func edits(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (character == other ? 0 : 1))
        if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
