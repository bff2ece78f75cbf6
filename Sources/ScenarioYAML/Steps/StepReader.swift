import ScenarioModel
import VerificationCore

/// Reads the steps of a scenario.
struct StepReader {
  /// What may stand beside the verb.
  private static let companions = Grammar.companions.filter { !$0.isReadElsewhere }.map(\.name)

  let reading: Reading
  /// What else may stand there, and is read elsewhere.
  var alsoBeside: [String] = []

  func step(_ node: Node) -> Step? {
    switch node {
    case .scalar(let scalar):
      guard let verb = verb(named: scalar.string, node, argument: nil, within: nil) else { return nil }
      return Step(verb, at: reading.place(of: node))
    case .mapping(let mapping): return step(mapping, node)
    case .sequence:
      reading.report("expected-step", "a step must be a verb", at: node, hint: "as in - press: \"#\"")
      return nil
    }
  }

  private func step(_ mapping: Node.Mapping, _ node: Node) -> Step? {
    let entries = mapping.entries.map { (key: $0.key, name: $0.key.scalar?.string ?? "", value: $0.value) }
    let verbs = entries.filter { !Self.companions.contains($0.name) && !alsoBeside.contains($0.name) }
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
    let name = entries.first { $0.name == "name" }.flatMap { reading.string($0.value, "name") }
    var within: Milliseconds?
    if let node = entries.first(where: { $0.name == "within" })?.value {
      guard verb.name == "hear" || verb.name == "text" else {
        reading.report("unknown-key", "within belongs to hear and text, not to \(verb.name)", at: node)
        return nil
      }
      within = reading.length(node, "within")
    }
    guard var read = self.verb(named: verb.name, verb.key, argument: verb.value, within: within) else { return nil }
    if let skip = entries.first(where: { $0.name == "skip" })?.value {
      guard let reason = reading.reason(skip) else { return nil }
      read = .skipped(reason: reason)
    }
    return Step(read, at: reading.place(of: Self.subject(of: verb.key, verb.value)), name: name)
  }

  /// What a failure points at: what was wanted, where that is one word; else the verb.
  private static func subject(of verb: Node, _ argument: Node) -> Node {
    if argument.scalar != nil, !argument.isNull { return argument }
    guard verb.scalar?.string == "hear", let message = argument.mapping?["message"], message.scalar != nil else {
      return verb
    }
    return message
  }

  private func verb(named name: String, _ key: Node, argument: Node?, within: Milliseconds?) -> Step.Verb? {
    let given = argument.flatMap { reading.isNull($0) ? nil : $0 }
    switch name {
    case "signin": return SignInReader(reading: reading).signIn(given)
    case "answer": return answer(given)
    case "press": return press(argument ?? key, hasArgument: argument != nil)
    case "wait":
      return required(given, name, key, "4s").flatMap(wait)
    case "hangup":
      if let given { reading.report("wrong-value", "hangup takes no value", at: given) }
      return .hangUp
    case "hear":
      return required(given, name, key, "greetingStandard").flatMap { hearOrSilence($0, within) }
    case "text", "enter", "resend", "reply", "app", "passkey", "register", "restore", "password", "set", "admin":
      return page(name, key, given, within)
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
  private func page(_ name: String, _ key: Node, _ given: Node?, _ within: Milliseconds?) -> Step.Verb? {
    let page = PageStepReader(reading: reading)
    switch name {
    case "text": return page.text(given, within)
    case "enter": return required(given, name, key, "right").flatMap(page.enter)
    case "resend": return page.bare(given, name, .resend)
    case "reply": return page.bare(given, name, .reply)
    case "app": return required(given, name, key, "approve").flatMap(page.app)
    case "passkey": return required(given, name, key, "approve").flatMap(page.passkey)
    case "register": return required(given, name, key, "{app: new phone}").flatMap(page.register)
    case "restore": return required(given, name, key, "{from: old phone, onto: new phone}").flatMap(page.restore)
    case "password": return required(given, name, key, "change").flatMap(page.password)
    case "set": return required(given, name, key, "{fraudAlert.block: true}").flatMap(page.set)
    default:
      return required(given, name, key, "{unblock: helga@larkspur.example, reason: Found}")
        .flatMap(AdminReader(reading: reading).admin)
    }
  }

  /// `wait: next` is until something happens by itself.
  private func wait(_ node: Node) -> Step.Verb? {
    if node.scalar?.string == "next" { return .waitForNext }
    return reading.length(node, "wait", atMost: .days(3_650)).map { .wait($0) }
  }

  /// A person takes two seconds to reach the telephone unless told otherwise.
  private func answer(_ node: Node?) -> Step.Verb? {
    guard let node else { return .answer(after: .seconds(2)) }
    guard let fields = reading.fields(node, "answer", keys: Grammar.answer.keys) else { return nil }
    guard let after = fields["after"] else { return .answer(after: .seconds(2)) }
    return reading.length(after, "after").map { .answer(after: $0) }
  }

  private func press(_ node: Node, hasArgument: Bool) -> Step.Verb? {
    guard hasArgument else {
      reading.report("no-keys", "press has no keys", at: node, hint: "write press: \"#\"")
      return nil
    }
    guard case .mapping = node else { return reading.keys(node).map { .press(PressStep(keys: $0)) } }
    guard let fields = reading.fields(node, "press", keys: Grammar.press.keys), var press = pressed(fields, node) else {
      return nil
    }
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

  /// `hear: {absent: true, within: 5s}` is silence.
  private func hearOrSilence(_ node: Node, _ within: Milliseconds?) -> Step.Verb? {
    guard node.mapping?["absent"] != nil else { return hear(node, "hear", within).map { .hear($0) } }
    guard let fields = reading.fields(node, "hear", keys: Grammar.absence.keys) else { return nil }
    return reading.absence(fields, "hear", node, within).map { .silence(within: $0) }
  }

  /// Keys, or a PIN by what it is.
  private func pressed(_ fields: Fields, _ node: Node) -> PressStep? {
    guard let pin = fields["pin"] else {
      if let digits = fields["digits"] {
        reading.report("missing-key", "digits needs pin: which digits of which PIN?", at: digits)
        return nil
      }
      guard let keys = fields["keys"] else {
        reading.report("no-keys", "press needs keys", at: node, hint: "as in keys: \"0#\"")
        return nil
      }
      return reading.keys(keys).map { PressStep(keys: $0) }
    }
    if let keys = fields["keys"] {
      reading.report(
        "keys-and-pin", "press has keys or a pin, not both", at: keys, hint: "begin a new step for the keys")
      return nil
    }
    guard let what = reading.value(pin, "pin", takes: "right or wrong", { PINEntry.What(rawValue: $0) }) else {
      return nil
    }
    guard let digits = fields["digits"] else { return PressStep(pin: PINEntry(what)) }
    return reading.value(digits, "digits", takes: "one or some of the PIN's digits, as in 1 or 2-4", Self.range)
      .map { PressStep(pin: PINEntry(what, digits: $0)) }
  }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 1, first <= last,
      last <= PINEntry.capacity
    else { return nil }
    return first...last
  }

  private func hear(_ node: Node, _ what: String, _ within: Milliseconds?) -> HearStep? {
    if case .scalar = node {
      return reading.message(node, what).map { HearStep(message: $0, within: within ?? HearStep.usualWithin) }
    }
    guard let fields = reading.fields(node, what, keys: Grammar.hear.keys) else {
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

  func matcher(_ node: Node, _ what: String) -> Matcher? { reading.matcher(node, what) }

  func expectation(_ node: Node) -> Expectation? {
    ExpectationReader(reading: reading).expectation(node)
  }
}
