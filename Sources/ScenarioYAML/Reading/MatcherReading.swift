import ScenarioModel
import VerificationCore

/// What something must be like: `text`, `/pattern/`, or `{contains, not, min, max, absent, times}` as far as each fits.
extension Reading {
  /// Of a text.
  func matcher(_ node: Node, _ what: String) -> Matcher? {
    guard case .mapping = node else { return plainMatcher(node, what) }
    guard let fields = fields(node, what, keys: Grammar.textMatcher.keys) else { return nil }
    return matcher(in: fields, what, node)
  }

  /// Of a text that may be missing.
  func presence(_ node: Node, _ what: String) -> Presence? {
    guard case .mapping = node else {
      guard let matcher = plainMatcher(node, what) else { return nil }
      return matcher == .equals("unknown") ? .absent : .like(matcher)
    }
    guard let fields = fields(node, what, keys: Grammar.presence.keys) else { return nil }
    guard let absent = fields["absent"] else { return matcher(in: fields, what, node).map { .like($0) } }
    guard let isAbsent = flag(absent, "absent") else { return nil }
    return isAbsent ? .absent : .like(.pattern(".?"))
  }

  /// Of a text that occurs so often: also with `min` and `max` under `times`, or `absent`.
  func countedMatcher(_ node: Node, _ what: String) -> (matcher: Matcher, times: Count?)? {
    guard case .mapping(let mapping) = node else { return plainMatcher(node, what).map { ($0, nil) } }
    guard let fields = fields(node, what, keys: Grammar.countedMatcher.keys) else { return nil }
    let onlyCounts = mapping.entries.allSatisfy { ["times", "absent"].contains($0.key.scalar?.string) }
    guard let matcher = onlyCounts ? .pattern(".?") : matcher(in: fields, what, node) else { return nil }
    return (matcher, times(fields, node))
  }

  /// `times` or `absent` among the fields of a mapping.
  func times(_ fields: Fields, _ node: Node) -> Count? {
    if let absent = fields["absent"] {
      if fields["times"] != nil {
        report("two-counts", "absent and times contradict each other", at: absent, hint: "absent is times: 0")
      }
      return flag(absent, "absent").map { $0 ? Count(exactly: 0) : .atLeastOne }
    }
    return fields["times"].flatMap { count($0, "times", 0...Count.most) }
  }

  /// A whole number, or `{min, max}`.
  func count(_ node: Node, _ what: String, _ limits: ClosedRange<Int>) -> Count? {
    func whole(_ node: Node, _ what: String) -> Int? {
      value(node, what, takes: "a whole number from \(limits.lowerBound) to \(limits.upperBound)") { text in
        Int(text).flatMap { limits.contains($0) ? $0 : nil }
      }
    }
    guard case .mapping = node else { return whole(node, what).map(Count.init(exactly:)) }
    return range(node, what, whole).map { Count(($0.0 ?? limits.lowerBound)...($0.1 ?? Count.most)) }
  }

  /// A length of time, or `{min, max}`.
  func lengths(_ node: Node, _ what: String) -> ClosedRange<Milliseconds>? {
    let longest = Milliseconds.days(3_650)
    guard case .mapping = node else { return length(node, what, atMost: longest).map { $0...$0 } }
    return range(node, what) { length($0, $1, atMost: longest) }
      .map { ($0.0 ?? .zero)...($0.1 ?? Milliseconds(.max)) }
  }

  /// The ends of a range, at least one of them, in order.
  private func range<Bound: Comparable>(
    _ node: Node, _ what: String, _ read: (Node, String) -> Bound?
  ) -> (Bound?, Bound?)? {
    guard let fields = fields(node, what, keys: Grammar.countRange.keys) else { return nil }
    guard fields["min"] != nil || fields["max"] != nil else {
      report("missing-key", "\(what) needs min, max or both", at: node, hint: "as in {min: 1, max: 3}")
      return nil
    }
    let ends = (fields["min"].flatMap { read($0, "min") }, fields["max"].flatMap { read($0, "max") })
    guard (fields["min"] == nil) == (ends.0 == nil), (fields["max"] == nil) == (ends.1 == nil) else { return nil }
    if let least = ends.0, let most = ends.1, least > most {
      report("empty-range", "nothing is at least \(least) and at most \(most)", at: node, hint: "swap min and max")
      return nil
    }
    return ends
  }

  /// `absent: true` with its `within`.
  func absence(_ fields: Fields, _ what: String, _ node: Node, _ within: Milliseconds?) -> Milliseconds? {
    guard let absent = fields["absent"], flag(absent, "absent") == true else {
      report("wrong-value", "absent can only be true", at: fields["absent"] ?? node, hint: "say what comes instead")
      return nil
    }
    let length = fields["within"].flatMap { self.length($0, "within") } ?? within
    if length == nil, fields["within"] == nil {
      report("missing-key", "absent needs within: for how long?", at: node, hint: "as in {absent: true, within: 10s}")
    }
    return length
  }

  private func matcher(in fields: Fields, _ what: String, _ node: Node) -> Matcher? {
    var parts: [Matcher] = []
    if let contains = fields["contains"] {
      guard let part = string(contains, "contains") else { return nil }
      parts.append(.contains(part))
    }
    if let not = fields["not"] {
      guard let matcher = matcher(not, "not") else { return nil }
      parts.append(.not(matcher))
    }
    guard let first = parts.first else {
      // Unknown keys were told already.
      guard node.mapping?.entries.isEmpty == true else { return nil }
      report("missing-key", "\(what) needs contains or not", at: node, hint: "as in {contains: fraud}")
      return nil
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private func plainMatcher(_ node: Node, _ what: String) -> Matcher? {
    guard let text = string(node, what) else { return nil }
    do {
      return try Matcher(text)
    } catch {
      switch error {
      case .noPattern: report("wrong-pattern", "\(text) is no regular expression", at: node)
      case .endless:
        report(
          "endless-pattern", "\(text) repeats a repetition or a choice, and may never come to an end", at: node,
          hint: "repeat single characters only, as in /press 1.*account/, four times at most")
      }
      return nil
    }
  }

  /// A few words.
  func reason(_ node: Node) -> String? {
    value(node, "skip", takes: "the reason, in a few words") { text in
      text.contains { !$0.isWhitespace } ? text : nil
    }
  }
}
