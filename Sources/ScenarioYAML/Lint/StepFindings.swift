import ScenarioModel
import VerificationCore

// What steps do not do.
extension LintedFile {
  /// More than a person would sit through before pressing.
  private static let longWait = Milliseconds.seconds(10)

  var stepFindings: [Problem] {
    unchecked + stepLists.flatMap { afterHangup($0) + longWaits($0) }
  }

  private var unchecked: [Problem] {
    guard kind == .scenario, root["expect"] == nil, !stepLists.joined().contains(where: \.checks) else { return [] }
    return [
      SourceFinding.noCheck.problem(
        "nothing is checked: the scenario passes whatever happens", at: place(root["scenario"] ?? root),
        hint: "say what is heard, as in - hear: fraudReported, or what must hold, as in expect: {result: approved}")
    ]
  }

  /// Of what can do nothing after a hang-up, the first: the others follow from it.
  private func afterHangup(_ steps: [LintedStep]) -> [Problem] {
    var hangup: LintedStep?
    var isTold = false
    var found: [Problem] = []
    for step in steps {
      switch step.verb {
      case "hangup" where hangup == nil && !isTold:
        hangup = step
      case "signin", "use", "repeat": (hangup, isTold) = (nil, false)
      case "hangup", "answer", "press", "hear":
        guard let over = hangup, !isTold else { continue }
        isTold = true
        found.append(
          SourceFinding.afterHangup.problem(
            "the call is over since line \(over.place.line): \(step.verb) does nothing", at: place(step.place),
            hint: "remove it, or sign in again before it"))
      case _: break  // not of the call
      }
    }
    return found
  }

  private func longWaits(_ steps: [LintedStep]) -> [Problem] {
    var isInCall = false
    var found: [Problem] = []
    for (step, next) in zip(steps, steps.dropFirst()) {
      if step.verb == "answer" { isInCall = true }
      if ["signin", "hangup"].contains(step.verb) { isInCall = false }
      guard isInCall, step.verb == "wait", let text = step.argument?.scalar?.text, let length = Milliseconds(text),
        length >= Self.longWait, next.verb == "hear" || next.isPlainPress
      else { continue }
      let hint =
        next.verb == "hear"
        ? "hear waits by itself, 90 s unless told: remove the wait"
        : "say which message is playing, as in - press: {keys: \"#\", during: greetingStandard}"
      found.append(
        SourceFinding.longWait.problem(
          "\(next.verb) after \(length) passes or fails by how long the messages are",
          at: place(step.argument ?? step.place), hint: hint))
    }
    return found
  }
}

extension LintedStep {
  /// Whether it can fail: by what is heard, read, refused or expected. A fragment may hold such a step.
  fileprivate var checks: Bool {
    switch verb {
    case "hear", "text", "expect", "use": true
    case "press": argument?["during"] != nil
    case "register", "password", "admin": argument?["refused"] != nil
    case _: false
    }
  }

  fileprivate var isPlainPress: Bool { verb == "press" && argument?["during"] == nil }
}
