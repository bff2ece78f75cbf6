import ScenarioModel
import VerificationCore
import Yams

/// Reads the steps of a scenario.
struct StepReader {
  /// What may stand beside the verb.
  private static let companions = ["name", "within"]

  let reading: Reading

  func step(_ node: Node) -> Step? {
    guard reading.count(node) else { return nil }
    switch node {
    case .scalar(let scalar):
      guard let verb = verb(named: scalar.string, node, argument: nil, within: nil) else { return nil }
      return Step(verb, at: reading.place(of: node))
    case .mapping(let mapping): return step(mapping, node)
    case .sequence, .alias:
      reading.report("expected-step", "a step must be a verb", at: node, hint: "as in - press: \"#\"")
      return nil
    }
  }

  private func step(_ mapping: Node.Mapping, _ node: Node) -> Step? {
    let entries = mapping.map { (key: $0.key, name: $0.key.scalar?.string ?? "", value: $0.value) }
    let verbs = entries.filter { !Self.companions.contains($0.name) }
    guard let verb = verbs.first else {
      reading.report("expected-step", "this step has no verb", at: node, hint: "as in - press: \"#\"")
      return nil
    }
    if verbs.count > 1 {
      reading.report(
        Step.verbs.contains(verbs[1].name) ? "two-verbs" : "unknown-key",
        Step.verbs.contains(verbs[1].name)
          ? "a step has one verb, and this one has \(verb.name) and \(verbs[1].name)"
          : "unknown key \"\(verbs[1].name)\" beside \(verb.name)",
        at: verbs[1].key, hint: "begin a new step with \"- \", or indent what belongs to \(verb.name)")
      return nil
    }
    if let name = entries.first(where: { $0.name == "name" })?.value { _ = reading.string(name, "name") }
    var within: Milliseconds?
    if let node = entries.first(where: { $0.name == "within" })?.value {
      guard verb.name == "hear" else {
        reading.report("unknown-key", "within belongs to hear, not to \(verb.name)", at: node)
        return nil
      }
      within = reading.length(node, "within")
    }
    guard let read = self.verb(named: verb.name, verb.key, argument: verb.value, within: within) else { return nil }
    let pointsAtArgument = verb.value.scalar != nil && !reading.isNull(verb.value)
    return Step(read, at: reading.place(of: pointsAtArgument ? verb.value : verb.key))
  }

  private func verb(named name: String, _ key: Node, argument: Node?, within: Milliseconds?) -> Step.Verb? {
    let given = argument.flatMap { reading.isNull($0) ? nil : $0 }
    switch name {
    case "signin": return signIn(given)
    case "answer": return answer(given)
    case "press": return press(argument ?? key, hasArgument: argument != nil)
    case "wait":
      return required(given, name, key, "4s").flatMap { reading.length($0, "wait", atMost: .days(3_650)) }
        .map { .wait($0) }
    case "hangup":
      if let given { reading.report("wrong-value", "hangup takes no value", at: given) }
      return .hangUp
    case "hear":
      return required(given, name, key, "greetingStandard").flatMap { hear($0, "hear", within) }.map { .hear($0) }
    case "fault":
      return required(given, name, key, "busy").flatMap { FaultReader(reading: reading).fault($0) }.map { .fault($0) }
    case "expect":
      return required(given, name, key, "{result: approved}").flatMap { expectation($0) }.map { .expect($0) }
    default:
      reading.report(
        "unknown-step", "unknown step \"\(name)\"", at: key,
        hint: Suggestion.hint(for: name, among: Step.verbs, what: "the steps are"))
      return nil
    }
  }

  private func required(_ argument: Node?, _ name: String, _ key: Node, _ example: String) -> Node? {
    if argument == nil {
      reading.report("missing-value", "\(name) needs a value", at: key, hint: "as in \(name): \(example)")
    }
    return argument
  }
}

extension StepReader {
  func signIn(_ node: Node?) -> Step.Verb? {
    guard let node else { return .signIn(SignInStep()) }
    if case .scalar(let scalar) = node {
      switch scalar.string {
      case "call": return .signIn(SignInStep())
      case "cancel": return .cancelSignIn
      default:
        reading.report(
          "wrong-value", "signin cannot be \"\(scalar.string)\"", at: node,
          hint: "it takes call, cancel, or a mapping of user, language, registration, with")
        return nil
      }
    }
    guard let fields = reading.fields(node, "signin", keys: ["with", "user", "language", "registration"]) else {
      return nil
    }
    var signIn = SignInStep()
    if let with = fields["with"], reading.string(with, "with") != "call" {
      reading.report("wrong-value", "this sign-in is verified by call only", at: with, hint: "write with: call")
    }
    if let user = fields["user"] { signIn.user = reading.upn(user, "user") }
    if let language = fields["language"] {
      signIn.languages =
        reading.value(language, "language", takes: "an Accept-Language, as in fr-FR or \"fr-CA, en;q=0.5\"") {
          let languages = Language.accepted(by: $0)
          return languages.isEmpty ? nil : languages
        } ?? []
    }
    if let registration = fields["registration"] {
      signIn.isRegistration = reading.flag(registration, "registration") ?? false
    }
    return .signIn(signIn)
  }

  /// A person takes two seconds to reach the telephone unless told otherwise.
  private func answer(_ node: Node?) -> Step.Verb? {
    guard let node else { return .answer(after: .seconds(2)) }
    guard let fields = reading.fields(node, "answer", keys: ["after"]) else { return nil }
    guard let after = fields["after"] else { return .answer(after: .seconds(2)) }
    return reading.length(after, "after").map { .answer(after: $0) }
  }

  private func press(_ node: Node, hasArgument: Bool) -> Step.Verb? {
    guard hasArgument else {
      reading.report("no-keys", "press has no keys", at: node, hint: "write press: \"#\"")
      return nil
    }
    guard case .mapping = node else { return reading.keys(node).map { .press(PressStep(keys: $0)) } }
    guard let fields = reading.fields(node, "press", keys: ["keys", "gap", "hold", "during", "after"]) else {
      return nil
    }
    guard let keysNode = fields["keys"] else {
      reading.report("no-keys", "press needs keys", at: node, hint: "as in keys: \"0#\"")
      return nil
    }
    guard let keys = reading.keys(keysNode) else { return nil }
    var press = PressStep(keys: keys)
    if let gap = fields["gap"].flatMap({ reading.length($0, "gap") }) { press.gap = gap }
    if let hold = fields["hold"].flatMap({ reading.length($0, "hold") }) { press.hold = hold }
    if let during = fields["during"] { press.during = hear(during, "during", nil) }
    if let node = fields["after"], let after = reading.length(node, "after") {
      if press.during == nil {
        reading.report("missing-key", "after needs during: how long into which message?", at: node)
      }
      press.after = after
    }
    return .press(press)
  }

  private func hear(_ node: Node, _ what: String, _ within: Milliseconds?) -> HearStep? {
    if case .scalar = node {
      return reading.message(node, what).map { HearStep(message: $0, within: within ?? HearStep.usualWithin) }
    }
    guard let fields = reading.fields(node, what, keys: ["message", "language", "source", "text", "within"]) else {
      return nil
    }
    guard let messageNode = fields["message"] else {
      reading.report("missing-key", "\(what) needs a message", at: node, hint: "as in message: greetingStandard")
      return nil
    }
    guard let message = reading.message(messageNode, "message") else { return nil }
    var step = HearStep(message: message, within: within ?? HearStep.usualWithin)
    if let language = fields["language"] { step.language = reading.language(language, "language") }
    if let source = fields["source"] {
      step.source = reading.value(source, "source", takes: "custom or default") { Recording.Source(rawValue: $0) }
    }
    if let text = fields["text"] { step.text = matcher(text, "text") }
    if let node = fields["within"], let length = reading.length(node, "within") { step.within = length }
    return step
  }

  private func matcher(_ node: Node, _ what: String) -> Matcher? {
    guard let text = reading.string(node, what) else { return nil }
    do {
      return try Matcher(text)
    } catch {
      switch error {
      case .noPattern: reading.report("wrong-pattern", "\(text) is no regular expression", at: node)
      case .endless:
        reading.report(
          "endless-pattern", "\(text) repeats a repetition or a choice, and may never come to an end", at: node,
          hint: "repeat single characters only, as in /press 1.*account/, four times at most")
      }
      return nil
    }
  }

  func expectation(_ node: Node) -> Expectation? {
    guard let fields = reading.fields(node, "expect", keys: ["result", "user", "callerID", "records"]) else {
      return nil
    }
    var expectation = Expectation()
    if let result = fields["result"] { expectation.result = outcome(result) }
    if let user = fields["user"],
      let flags = reading.fields(user, "user", keys: ["blocked", "locked", "reported"])
    {
      expectation.blocked = flag(flags["blocked"], "blocked")
      expectation.locked = flag(flags["locked"], "locked")
      expectation.reported = flag(flags["reported"], "reported")
    }
    if let shown = fields["callerID"], let text = reading.string(shown, "callerID") {
      expectation.callerID = Placed(text == "unknown" ? nil : text, at: reading.place(of: shown))
    }
    if let records = fields["records"] {
      expectation.records = (reading.sequence(records, "records") ?? []).compactMap { record($0) }
    }
    return expectation
  }

  private func flag(_ node: Node?, _ what: String) -> Placed<Bool>? {
    guard let node, let value = reading.flag(node, what) else { return nil }
    return Placed(value, at: reading.place(of: node))
  }

  func outcome(_ node: Node) -> Placed<CallOutcome?>? {
    guard let name = reading.string(node, "result") else { return nil }
    if name == "none" { return Placed(nil, at: reading.place(of: node)) }
    if let outcome = CallOutcome(rawValue: name) { return Placed(outcome, at: reading.place(of: node)) }
    reading.report(
      "unknown-result", "unknown result \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: CallOutcome.allCases.map(\.rawValue) + ["none"], what: "the results are"))
    return nil
  }

  private func record(_ node: Node) -> RecordExpectation? {
    guard let fields = reading.fields(node, "a record", keys: ["signin", "times"]) else { return nil }
    guard let textNode = fields["signin"] else {
      reading.report("missing-key", "a record needs signin: its text", at: node)
      return nil
    }
    guard let matcher = matcher(textNode, "signin") else { return nil }
    var times: Int?
    if let node = fields["times"] {
      times = reading.value(node, "times", takes: "a whole number from 0 to 1000") { text in
        Int(text).flatMap { (0...1_000).contains($0) ? $0 : nil }
      }
    }
    return RecordExpectation(text: Placed(matcher, at: reading.place(of: textNode)), times: times)
  }
}
