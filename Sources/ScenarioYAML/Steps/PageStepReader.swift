import ScenarioModel
import VerificationCore

/// Reads what a person does at the sign-in page and with devices.
struct PageStepReader {
  let reading: Reading

  func bare(_ node: Node?, _ name: String, _ verb: Step.Verb) -> Step.Verb? {
    if let node {
      keepCodeSecret(node)
      reading.report("wrong-value", "\(name) takes no value", at: node)
    }
    return verb
  }

  /// Who writes a code or a pass where none belongs must not see it in an error.
  private func keepCodeSecret(_ node: Node) {
    if let text = node.scalar?.string, text.contains(where: \.isNumber) { reading.keepSecret(text) }
  }

  func text(_ node: Node?, _ within: Milliseconds?) -> Step.Verb? {
    var step = TextStep(within: within ?? TextStep.usualWithin)
    guard let node else { return .text(step) }
    if node.mapping?["absent"] != nil {
      guard let fields = reading.fields(node, "text", keys: Grammar.absence.keys) else { return nil }
      return reading.absence(fields, "text", node, within).map { .noText(within: $0) }
    }
    guard
      let fields = reading.fields(node, "text", keys: Grammar.text.keys)
    else { return nil }
    if let language = fields["language"] { step.language = reading.language(language, "language") }
    if let sender = fields["sender"] { step.sender = reading.presence(sender, "sender") }
    if let segments = fields["segments"] { step.segments = reading.count(segments, "segments", 1...10) }
    if let encoding = fields["encoding"] {
      step.encoding = reading.value(encoding, "encoding", takes: "GSM-7 or UCS-2") {
        ["GSM-7", "UCS-2"].contains($0) ? $0 : nil
      }
    }
    if let text = fields["text"] { step.text = reading.matcher(text, "text") }
    if let within = fields["within"], let length = reading.length(within, "within") { step.within = length }
    return .text(step)
  }

  /// `enter: right`, or `enter: {code: right, from: old phone}`.
  func enter(_ node: Node) -> Step.Verb? {
    func what(_ node: Node) -> EnterStep.What? {
      keepCodeSecret(node)
      return reading.value(
        node, "enter",
        takes: "right, wrong, previous or again; a scenario never holds a code, so that it runs with every seed"
      ) { EnterStep.What(rawValue: $0) }
    }
    if case .scalar = node { return what(node).map { .enter(EnterStep($0)) } }
    guard let fields = reading.fields(node, "enter", keys: Grammar.enter.keys) else { return nil }
    guard let code = fields["code"] else {
      reading.report("missing-key", "enter needs a code", at: node, hint: "as in {code: right, from: old phone}")
      return nil
    }
    return what(code).map { .enter(EnterStep($0, device: fields["from"].flatMap { reading.name($0, "from") })) }
  }

  /// `app: approve`, or `app: {answer: approve, on: new phone}`.
  func app(_ node: Node) -> Step.Verb? {
    let answers: [String: DeviceAnswer] = [
      "approve": .approved(numberMatches: true), "wrongNumber": .approved(numberMatches: false),
      "decline": .declined, "report": .reported,
    ]
    func answer(_ node: Node) -> DeviceAnswer? {
      reading.value(node, "app", takes: "approve, wrongNumber, decline or report") { answers[$0] }
    }
    if case .scalar = node { return answer(node).map { .app(DeviceStep($0)) } }
    guard let fields = reading.fields(node, "app", keys: Grammar.app.keys) else { return nil }
    guard let answerNode = fields["answer"] else {
      reading.report("missing-key", "app needs an answer", at: node, hint: "as in {answer: approve, on: new phone}")
      return nil
    }
    return answer(answerNode).map { .app(DeviceStep($0, device: fields["on"].flatMap { reading.name($0, "on") })) }
  }

  func passkey(_ node: Node) -> Step.Verb? {
    reading.value(node, "passkey", takes: "approve or decline") { ["approve": true, "decline": false][$0] }
      .map { .passkey(isApproved: $0) }
  }

  func register(_ node: Node) -> Step.Verb? {
    guard let fields = reading.fields(node, "register", keys: Grammar.register.keys) else {
      return nil
    }
    let refused = fields["refused"].flatMap { reading.matcher($0, "refused") }
    switch (fields["app"], fields["phone"], fields["passkey"]) {
    case (let app?, nil, nil):
      return reading.name(app, "app").map { .register(RegisterStep(.app(device: $0), refused: refused)) }
    case (nil, let phone?, nil):
      guard let number = reading.number(phone, "phone") else { return nil }
      let kind = fields["kind"].map { reading.phoneKind($0, "kind") } ?? .mobile
      return kind.map { .register(RegisterStep(.phone($0, number), refused: refused)) }
    case (nil, nil, let passkey?):
      return reading.name(passkey, "passkey").map { .register(RegisterStep(.passkey($0), refused: refused)) }
    case (_, _, _):
      reading.report(
        "missing-key", "register takes one of app, phone, passkey", at: node, hint: "as in register: {app: new phone}")
      return nil
    }
  }

  func restore(_ node: Node) -> Step.Verb? {
    guard let fields = reading.fields(node, "restore", keys: Grammar.restore.keys) else { return nil }
    guard let from = fields["from"], let onto = fields["onto"] else {
      reading.report(
        "missing-key", "restore needs from and onto", at: node, hint: "as in {from: old phone, onto: new phone}")
      return nil
    }
    guard let old = reading.name(from, "from"), let new = reading.name(onto, "onto") else { return nil }
    return .restore(from: old, onto: new)
  }

  /// `password: change`, or `password: {refused: /1 more method/}`.
  func password(_ node: Node) -> Step.Verb? {
    guard case .mapping = node else {
      return reading.value(node, "password", takes: "change, or {refused: WHY}") {
        $0 == "change" ? .changePassword(refused: nil) : nil
      }
    }
    guard let fields = reading.fields(node, "password", keys: Grammar.password.keys) else { return nil }
    guard let refused = fields["refused"] else {
      reading.report("missing-key", "password takes refused: why?", at: node, hint: "or write password: change")
      return nil
    }
    return reading.matcher(refused, "refused").map { .changePassword(refused: $0) }
  }

  func set(_ node: Node) -> Step.Verb? {
    guard case .mapping(let mapping) = node else {
      reading.report("expected-mapping", "set must be a mapping", at: node, hint: "as in {fraudAlert.block: true}")
      return nil
    }
    var settings = Settings()
    return .set(mapping.entries.compactMap { reading.setting($0.key, $0.value, in: &settings) })
  }
}

extension Reading {
  /// Writes one setting, and tells what was written.
  func setting(_ key: Node, _ value: Node, in settings: inout Settings) -> SettingChange? {
    guard let name = string(key, "a setting") else { return nil }
    guard let setting = Setting.named(name) else {
      report(
        "unknown-setting", "unknown setting \"\(name)\"", at: key,
        hint: Suggestion.hint(for: name, among: Setting.all.map(\.name), what: "the settings are"))
      return nil
    }
    do throws(Setting.WrongValue) {
      if case .sequence = value {
        let entries = (sequence(value, name) ?? []).compactMap { string($0, name) }
        try setting.set(list: entries, in: &settings)
        return SettingChange(name: name, value: entries.joined(separator: ", "))
      }
      guard let text = text(value, of: setting) else { return nil }
      try setting.set(text, in: &settings)
      return SettingChange(name: name, value: text)
    } catch {
      report("wrong-setting", error.message, at: value, hint: error.hint)
      return nil
    }
  }
  /// A group may be called anything.
  private func text(_ node: Node, of setting: Setting) -> String? {
    if case .text = setting.kind { words(node, setting.name) } else { string(node, setting.name) }
  }
}
