public import ScenarioModel
import VerificationCore

/// Writes a scenario as the file that `ScenarioReader` reads: with its tenant, so that it stands alone.
///
/// A file has no way to say a busy line by its SIP status or a custom greeting's file; greetings are written with their
/// lengths.
public enum ScenarioWriter {
  public static func text(_ scenario: Scenario) -> String {
    var lines = ["scenario: \(quoted(scenario.title.value))"]
    if !scenario.tags.isEmpty { lines.append("tags: [\(scenario.tags.joined(separator: ", "))]") }
    if !scenario.rules.isEmpty { lines.append("rules: [\(scenario.rules.joined(separator: ", "))]") }
    lines += given(scenario.given)
    lines.append("steps:")
    lines += scenario.steps.map { "  - \(step($0.verb))" }
    if let expect = scenario.expect { lines += ["expect:"] + expectation(expect).map { "  \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func given(_ given: Given) -> [String] {
    let tenant = given.tenant
    var lines = ["given:", "  tenant:", "    tenant: \(quoted(tenant.name))", "    language: \(tenant.language)"]
    let settings = Setting.all.filter { $0.value(in: tenant.settings) != $0.defaultValue }
    if !settings.isEmpty {
      lines.append("    settings:")
      lines += settings.map { "      \($0.name): \(quoted($0.value(in: tenant.settings)))" }
    }
    lines.append("    users:")
    for user in tenant.users {
      lines.append("      - upn: \(user.upn)")
      if user.name != user.upn.text { lines.append("        name: \(quoted(user.name))") }
      if let phone = user.phone { lines.append("        phone: \(quoted(phone.full))") }
      if let language = user.language { lines.append("        language: \(language)") }
      if let pin = given.pins[user.upn] { lines.append("        pin: \(quoted(pin.revealed))") }
      if given.blocked.contains(user.upn) { lines.append("        blocked: true") }
    }
    if !tenant.greetings.isEmpty {
      lines.append("    greetings:")
      for greeting in tenant.greetings {
        let script = greeting.script.map { ", script: \(quoted($0))" } ?? ""
        lines.append(
          "      - {message: \(greeting.message.rawValue), language: \(greeting.language), "
            + "length: \(greeting.length.decimalSeconds)s\(script)}")
      }
    }
    lines.append("  user: \(given.user)")
    if given.start != .virtualStart { lines.append("  start: \(given.start)") }
    return lines
  }

  private static func step(_ verb: Step.Verb) -> String {
    switch verb {
    case .signIn(let signIn): signInStep(signIn)
    case .cancelSignIn: "signin: cancel"
    case .answer(let after): "answer: {after: \(length(after))}"
    case .press(let press): pressStep(press)
    case .wait(let time): "wait: \(length(time))"
    case .hangUp: "hangup"
    case .hear(let hear): "hear: \(heard(hear))"
    case .fault(let fault): "fault: \(self.fault(fault))"
    case .expect(let expect): "expect: {\(expectation(expect).joined(separator: ", "))}"
    }
  }

  private static func signInStep(_ step: SignInStep) -> String {
    var parts: [String] = []
    if let user = step.user { parts.append("user: \(user)") }
    if !step.languages.isEmpty {
      parts.append("language: \(quoted(step.languages.map { "\($0)" }.joined(separator: ", ")))")
    }
    if step.isRegistration { parts.append("registration: true") }
    return parts.isEmpty ? "signin: call" : "signin: {\(parts.joined(separator: ", "))}"
  }

  private static func pressStep(_ press: PressStep) -> String {
    var parts = ["keys: \(quoted(press.keys.map(\.description).joined()))"]
    if let during = press.during { parts.append("during: \(heard(during))") }
    if press.after > .zero { parts.append("after: \(length(press.after))") }
    if press.hold != PressStep.usualHold { parts.append("hold: \(length(press.hold))") }
    if press.gap != PressStep.usualGap { parts.append("gap: \(length(press.gap))") }
    return parts.count == 1 ? "press: \(parts[0].dropFirst(6))" : "press: {\(parts.joined(separator: ", "))}"
  }

  private static func heard(_ hear: HearStep) -> String {
    var parts = ["message: \(hear.message.rawValue)"]
    if let language = hear.language { parts.append("language: \(language)") }
    if let source = hear.source { parts.append("source: \(source.rawValue)") }
    if let text = hear.text { parts.append("text: \(matcher(text))") }
    if hear.within != HearStep.usualWithin { parts.append("within: \(length(hear.within))") }
    return parts.count == 1 ? hear.message.rawValue : "{\(parts.joined(separator: ", "))}"
  }

  private static func fault(_ fault: Fault) -> String {
    switch fault {
    case .dial(.busy): "busy"
    case .dial(.rejected): "rejected"
    case .dial(.invalidNumber): "invalidNumber"
    case .dial(.noAnswer): "{carrier: {code: 480}}"
    case .dial(.carrier(let status)): "{carrier: {code: \(status)}}"
    case .noAnswer: "noAnswer"
    case .voicemail(let answers, let greeting, let beep):
      "{voicemail: {answers: \(length(answers)), greeting: \(length(greeting)), beep: \(beep)}}"
    case .dropAfter(let time): "{dropAfter: \(length(time))}"
    case .callerIDStripped: "{callerID: stripped}"
    case .callerIDReplaced(let number): "{callerID: \(quoted(number))}"
    case .digitsLost: "{digits: lost}"
    case .digitsDoubled: "{digits: doubled}"
    case .none: "none"
    }
  }

  private static func expectation(_ expect: Expectation) -> [String] {
    var parts: [String] = []
    if let result = expect.result { parts.append("result: \(result.value?.rawValue ?? "none")") }
    let flags = [("blocked", expect.blocked), ("locked", expect.locked), ("reported", expect.reported)]
      .compactMap { name, flag in flag.map { "\(name): \($0.value)" } }
    if !flags.isEmpty { parts.append("user: {\(flags.joined(separator: ", "))}") }
    if let callerID = expect.callerID { parts.append("callerID: \(quoted(callerID.value ?? "unknown"))") }
    if !expect.records.isEmpty {
      let records = expect.records.map { record in
        "{signin: \(matcher(record.text.value))\(record.times.map { ", times: \($0)" } ?? "")}"
      }
      parts.append("records: [\(records.joined(separator: ", "))]")
    }
    return parts
  }

  private static func matcher(_ matcher: Matcher) -> String {
    switch matcher {
    case .equals(let text): quoted(text)
    case .pattern(let pattern): quoted("/\(pattern)/")
    }
  }

  private static func length(_ length: Milliseconds) -> String { "\(length.decimalSeconds)s" }

  /// Double quotes: nothing in it means anything to YAML.
  private static func quoted(_ text: some StringProtocol) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": written += "\\\""
      case "\\": written += "\\\\"
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }
}
