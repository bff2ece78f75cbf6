/// Whether two files say the same, to whoever reads them as YAML 1.1 or 1.2: equal texts of equal types with the same
/// anchors and tags, in the same order.
enum EventComparison {
  static func isSame(_ left: String, _ right: String) -> Bool {
    var one = YAMLEvents(left)
    var other = YAMLEvents(right)
    while true {
      guard let event = try? one.next(), let counterpart = try? other.next(), isSame(event, counterpart) else {
        return false
      }
      if event == .streamEnd { return true }
    }
  }

  /// Whether there is nothing but comments.
  static func isEmpty(_ text: String) -> Bool {
    var events = YAMLEvents(text)
    guard let first = try? events.next(), let second = try? events.next() else { return true }
    return first == .streamStart && second == .streamEnd
  }

  private static func isSame(_ left: YAMLEvents.Event, _ right: YAMLEvents.Event) -> Bool {
    guard case .scalar(let one) = left, case .scalar(let other) = right else { return left == right }
    guard one.text == other.text, one.properties == other.properties else { return false }
    return (one.style == .plain) == (other.style == .plain) || !isTyped(one.text)
  }

  /// Whether it may be something else than text where no quotes stand around it.
  private static func isTyped(_ text: String) -> Bool { text.isEmpty || ScalarText.isTyped(text) }
}
