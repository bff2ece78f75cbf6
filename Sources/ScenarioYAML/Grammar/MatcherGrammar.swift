import ScenarioModel

// What a value must be like, as far as each fits.
extension Grammar {
  /// A text to be equal, a pattern between slashes, or what else must hold of it.
  static let matcher = ValueShape.any([.text, .mapping(textMatcher)])

  static let textMatcher = MappingShape("textMatcher", "What must hold of a text.", [contains, not])

  /// Of what may be missing.
  static let presence = MappingShape(
    "presence", "What must hold of a text that may be missing.",
    [contains, not, KeyShape("absent", .flag, "It is unknown.")])

  /// Of a text that may occur several times.
  static let countedMatcher = MappingShape(
    "countedMatcher", "What must hold of a text, and how often.", atMostOne: [["times", "absent"]],
    [contains, not, times, none])

  static let countRange = MappingShape(
    "countRange", "How many at least and at most.",
    [KeyShape("min", .count(0...1_000), "At least so many."), KeyShape("max", .count(0...1_000), "At most so many.")])

  static let lengthRange = MappingShape(
    "lengthRange", "How long at least and at most.",
    [KeyShape("min", .length, "At least so long."), KeyShape("max", .length, "At most so long.")])

  static let otherResult = MappingShape(
    "otherResult", "Any result but one.", [KeyShape("not", .result, "The one that it must not be.", isRequired: true)])

  /// Nothing is heard, or no text comes.
  static let absence = MappingShape(
    "absence", "Nothing happens for so long.", example: "{absent: true, within: 10s}",
    [
      KeyShape("absent", .flag, "Nothing comes.", isRequired: true),
      KeyShape("within", .length, "For so long."),
      KeyShape("when", .condition, "Only where this is true.", isReadElsewhere: true),
    ])

  static let times = KeyShape(
    "times", .any([.count(0...1_000), .mapping(countRange)]), "So many of them; else at least one.")
  static let none = KeyShape("absent", .flag, "There is none: times: 0.")

  private static let contains = KeyShape("contains", .text, "It holds this text.")
  private static let not = KeyShape("not", .defined("matcher"), "It is not like this.")
}
