import ScenarioModel
import VerificationCore

// Explorations: of one call, or, with steps of their own, of a whole service.
extension Grammar {
  static let callExploration = MappingShape(
    "callExploration", "Everything that can happen in a call, within an alphabet.",
    head + [
      KeyShape(
        "signin", .any([signInShape, .list(signInShape, atLeast: 1)]), "The sign-in, or several to walk through."),
      KeyShape("alphabet", .mapping(alphabet), "What may happen in a call.", isRequired: true),
      KeyShape("bound", .mapping(callBound), "Where to stop."),
      KeyShape("properties", .mapping(callProperties), "What must never happen, and what must be possible."),
    ])

  static let serviceExploration = MappingShape(
    "serviceExploration", "Everything that can happen in a service, in any order of some steps.",
    head + [
      KeyShape("settings", axes, "Settings to vary."),
      KeyShape(
        "steps", .list(.defined("move"), atLeast: 1, atMost: ScenePlan.maxSteps), "What may happen.", isRequired: true),
      KeyShape("bound", .mapping(serviceBound), "Where to stop."),
      KeyShape("properties", .mapping(serviceProperties), "What must never happen, and what must be possible."),
    ])

  private static let head = [
    KeyShape(
      "explore", .title,
      "What is walked through, in one sentence.", isRequired: true),
    KeyShape("version", .word([ValueShape.Word("1")]), "Of this grammar.", usual: "1"),
    KeyShape("tags", .list(.text), "Words to select it by."),
    KeyShape("rules", .list(.rule), "The rules that it shows."),
    KeyShape("given", .mapping(given), "What holds before the first step."),
  ]

  private static let signInShape = ValueShape.any([.method, .mapping(signIn), .nothing])

  static let alphabet = MappingShape(
    "alphabet", "What may happen in a call.", example: "{keys: [pound, \"0\"], events: [silence, hangup]}",
    [
      KeyShape(
        "keys",
        .any([
          .word([ValueShape.Word("all", "the 16 keys"), ValueShape.Word("telephone", "the 12 keys that people have")]),
          .list(.any([.keys, .word([ValueShape.Word("other", "a digit that stands for all that are not named")])])),
        ]), "Keys that may be pressed."),
      KeyShape("events", .list(.words(ExplorationPlan.Event.self)), "What else may happen."),
      KeyShape(
        "pace",
        .list(
          .word([
            ValueShape.Word("atOnce"), ValueShape.Word("lastMoment", "1 ms before something else is due"),
          ])), "When it happens.", usual: "[atOnce]"),
      KeyShape("settings", axes, "Settings to vary."),
    ])

  /// Names of settings, or names with the values to try.
  static let axes = ValueShape.list(
    .any([
      .setting,
      .mapping(
        MappingShape(
          "axis", "A setting and the values to try.",
          Setting.all.map { KeyShape($0.name, .list($0.axisShape, atLeast: 1), "\($0.meaning): \($0.range).") })),
    ]))

  static let callBound = bound("callBound", depth: 1...100_000, states: 1...4_000_000_000)
  static let serviceBound = bound("serviceBound", depth: 1...10_000, states: 1...1_000_000_000)

  private static func bound(_ name: String, depth: ClosedRange<Int>, states: ClosedRange<Int>) -> MappingShape {
    MappingShape(
      name, "Where to stop.",
      [
        KeyShape("depth", .count(depth), "After so many moves."),
        KeyShape("states", .count(states), "After so many states."),
      ])
  }

  static let callProperties = properties(
    "callProperties", callCondition, always: .words(ExplorationPlan.Invariant.self))
  static let serviceProperties = properties(
    "serviceProperties", serviceCondition, always: .words(SceneInvariant.self))

  private static func properties(_ name: String, _ condition: MappingShape, always: ValueShape) -> MappingShape {
    MappingShape(
      name, "What must hold of everything that can happen.",
      [
        KeyShape("never", .list(.mapping(condition)), "Conditions that never hold."),
        KeyShape("possible", .list(.mapping(condition)), "Conditions that can come to hold."),
        KeyShape("alwaysEnds", .mapping(alwaysEnds), "Everything comes to an end."),
        KeyShape("always", .list(always), "What holds in every state."),
      ])
  }

  static let alwaysEnds = MappingShape(
    "alwaysEnds", "How soon everything ends.", [KeyShape("within", .length, "At most so long.", isRequired: true)])

  static let callCondition = MappingShape(
    "callCondition", "All of these at once.", example: "{result: approved, pin: wrong}",
    [
      KeyShape("result", .callResult, "The outcome."),
      KeyShape("pin", .words(ExplorationPlan.PINAnswer.self), "What the check of the PIN said last."),
      KeyShape("after", .words(["report"]), "A report was made before."),
      KeyShape(
        "hear", .any([.message, .word([ValueShape.Word("every", "each message, one after the other")])]),
        "The message begins to play."),
      KeyShape("entry", .words(ExplorationPlan.Entry.self), "What the last # sent."),
      KeyShape("dialled", .flag, "A call is dialled."),
      KeyShape("blocked", .flag, "The user is blocked."),
      KeyShape("records", .count(0...3), "So many sign-in records are written."),
      KeyShape("stage", .words(ExplorationPlan.stages), "Where the call stands."),
    ])

  static let serviceCondition = MappingShape(
    "serviceCondition", "All of these at once.", example: "{result: approved, by: nothing}",
    [
      KeyShape("result", .outcome, "The outcome of this step."),
      KeyShape("by", .words(SceneCondition.Proof.self), "What the person showed in this step."),
      KeyShape("after", .words(["report", "nothing"]), "Whether a report was made in the verification."),
      KeyShape("hear", .message, "The message begins to play."),
      KeyShape("begins", .flag, "A verification begins."),
      KeyShape("dialled", .flag, "A call is dialled."),
      KeyShape("texted", .flag, "A text message is sent."),
      KeyShape("asked", .method, "The page asks for this."),
      KeyShape("blocked", .flag, "The user was blocked before."),
      KeyShape("locked", .flag, "The user was locked out before."),
      KeyShape("risk", .risk, "The user's risk before."),
      KeyShape("enabled", .flag, "The account was enabled before."),
      KeyShape("mustRegister", .flag, "The user had to register before."),
      KeyShape("records", .count(0...9), "So many sign-in records are written in this step."),
    ])

  /// A step of an exploration: what does nothing is no move.
  static let move: ValueShape = {
    let moves = verbs.filter { !["hear", "text", "expect", "use", "repeat"].contains($0.name) }
    return .any([
      .word(moves.filter(\.isBare).map { ValueShape.Word($0.name, $0.meaning) }),
      .mapping(
        MappingShape(
          "moveMapping", "One verb with what it takes, and how often it may happen.", exactlyOne: moves.map(\.name),
          moves.map { KeyShape($0.name, $0.value, $0.meaning, example: $0.example) } + [
            KeyShape("name", .text, "What the step is called in reports."),
            KeyShape("times", .count(1...200), "How often it may happen; else without end."),
          ])),
    ])
  }()
}

extension Setting {
  /// One value of it, also where a file may write a list.
  fileprivate var axisShape: ValueShape {
    switch kind {
    case .list: .text
    case .flag, .count, .length, .choice, .reportCode, .number, .text: shape
    }
  }
}
