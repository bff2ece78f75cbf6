public import ScenarioModel

/// What is another transcript than the one that was kept.
public enum SnapshotDifference {
  /// - Parameter name: where the snapshot is asked for.
  /// - Returns: nil for the same.
  public static func problem(kept: [String]?, now: [String], _ name: Placed<String>) -> Problem? {
    guard let kept else {
      return Problem(
        "no-snapshot", "no transcript is kept as \"\(name.value)\" yet", at: name.place,
        hint: "run with -u to keep this one, and look at it before you commit it")
    }
    guard kept != now else { return nil }
    let same = zip(kept, now).prefix { $0 == $1 }.count
    let notes = [note(.kept, kept, same), note(.now, now, same)]
    return Problem(
      "snapshot-differs", "the transcript is another one than was kept as \"\(name.value)\"", at: name.place,
      label: "from line \(same + 1) on", hint: "run with -u if this is how it should be", notes: notes)
  }

  private static func note(_ kind: Problem.Note.Kind, _ lines: [String], _ index: Int) -> Problem.Note {
    Problem.Note(kind, index < lines.count ? lines[index] : "(it ends here)")
  }
}
