import ScenarioModel
import VerificationCore

/// Writes one step as a file does.
enum StepWriter {
  static func text(_ verb: Step.Verb) -> String {
    switch verb {
    case .signIn(let signIn): signInStep(signIn)
    case .cancelSignIn: "signin: cancel"
    case .answer(let after): "answer: {after: \(length(after))}"
    case .press(let press): pressStep(press)
    case .wait(let time): "wait: \(length(time))"
    case .waitForNext: "wait: next"
    case .hangUp: "hangup"
    case .hear(let hear): "hear: \(heard(hear))"
    case .silence(let within): "hear: {absent: true, within: \(length(within))}"
    case .text(let text): textStep(text)
    case .noText(let within): "text: {absent: true, within: \(length(within))}"
    case .enter(let enter):
      enter.device.map { "enter: {code: \(enter.what.rawValue), from: \(Quoted.text($0))}" }
        ?? "enter: \(enter.what.rawValue)"
    case .resend: "resend"
    case .reply: "reply"
    case .app(let app): appStep(app)
    case .passkey(let isApproved): "passkey: \(isApproved ? "approve" : "decline")"
    case .register(let register): registerStep(register)
    case .restore(let old, let new): "restore: {from: \(Quoted.text(old)), onto: \(Quoted.text(new))}"
    case .changePassword(let refused):
      refused.map { "password: {refused: \(Quoted.matcher($0))}" } ?? "password: change"
    case .set(let changes):
      "set: {\(changes.map { "\($0.name): \(Quoted.text($0.value))" }.joined(separator: ", "))}"
    case .admin(let admin): adminStep(admin)
    case .fault(let fault): "fault: \(self.fault(fault))"
    case .expect(let expect): "expect: {\(ExpectationWriter.entries(expect).joined(separator: ", "))}"
    case .skipped(let reason): "{wait: 0s, skip: \(Quoted.text(reason))}"
    }
  }

  private static func signInStep(_ step: SignInStep) -> String {
    let request = step.request
    var parts: [String] = []
    if let user = step.user { parts.append("user: \(user)") }
    if !request.languages.isEmpty {
      parts.append("language: \(Quoted.text(request.languages.map { "\($0)" }.joined(separator: ", ")))")
    }
    switch request.purpose {
    case .signIn: break
    case .registration: parts.append("registration: true")
    case .passwordReset: parts.append("reset: true")
    }
    if let phone = request.phone { parts.append("phone: \(phone.rawValue)") }
    if let address = request.address { parts.append("from: \(Quoted.text(address.description))") }
    if request.throughNPS { parts.append("through: nps") }
    if request.intranetClaim { parts.append("claim: true") }
    if request.isInsideIntranet { parts.append("inside: true") }
    switch request.client {
    case .browser(nil): break
    case .browser(let name?): parts.append("browser: \(Quoted.text(name))")
    case .app(let name): parts.append("app: \(Quoted.text(name))")
    case .legacy(let hasAppPassword): parts.append("legacy: \(hasAppPassword ? "appPassword" : "password")")
    }
    if !request.isDeviceCompliant { parts.append("compliant: false") }
    if request.remembers { parts.append("remember: true") }
    if request.isPasswordless { parts.append("passwordless: true") }
    guard !parts.isEmpty else { return request.method.map { "signin: \($0.rawValue)" } ?? "signin" }
    let with = request.method.map { ["with: \($0.rawValue)"] } ?? []
    return "signin: {\((with + parts).joined(separator: ", "))}"
  }

  private static func pressStep(_ press: PressStep) -> String {
    var parts = press.pin.map(pin) ?? ["keys: \(Quoted.text(press.keys.map(\.description).joined()))"]
    if let during = press.during { parts.append("during: \(heard(during))") }
    if press.after > .zero { parts.append("after: \(length(press.after))") }
    if press.hold != PressStep.usualHold { parts.append("hold: \(length(press.hold))") }
    if press.gap != PressStep.usualGap { parts.append("gap: \(length(press.gap))") }
    return parts.count == 1 && press.pin == nil
      ? "press: \(parts[0].dropFirst(6))" : "press: {\(parts.joined(separator: ", "))}"
  }

  private static func pin(_ entry: PINEntry) -> [String] {
    let digits = entry.digits.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    return ["pin: \(entry.what.rawValue)"] + (digits.map { ["digits: \($0)"] } ?? [])
  }

  private static func heard(_ hear: HearStep) -> String {
    var parts = ["message: \(hear.message.rawValue)"]
    if let language = hear.language { parts.append("language: \(language)") }
    if let source = hear.source { parts.append("source: \(source.rawValue)") }
    if let text = hear.text { parts.append("text: \(Quoted.matcher(text))") }
    if hear.within != HearStep.usualWithin { parts.append("within: \(length(hear.within))") }
    return parts.count == 1 ? hear.message.rawValue : "{\(parts.joined(separator: ", "))}"
  }

  private static func textStep(_ text: TextStep) -> String {
    var parts: [String] = []
    if let language = text.language { parts.append("language: \(language)") }
    if let sender = text.sender { parts.append("sender: \(Quoted.presence(sender))") }
    if let segments = text.segments { parts.append("segments: \(Quoted.count(segments))") }
    if let encoding = text.encoding { parts.append("encoding: \(encoding)") }
    if let words = text.text { parts.append("text: \(Quoted.matcher(words))") }
    if text.within != TextStep.usualWithin { parts.append("within: \(length(text.within))") }
    return parts.isEmpty ? "text" : "text: {\(parts.joined(separator: ", "))}"
  }

  private static func appStep(_ step: DeviceStep) -> String {
    let answer =
      switch step.answer {
      case .approved(numberMatches: true): "approve"
      case .approved(numberMatches: false): "wrongNumber"
      case .declined: "decline"
      case .reported: "report"
      }
    return step.device.map { "app: {answer: \(answer), on: \(Quoted.text($0))}" } ?? "app: \(answer)"
  }

  private static func registerStep(_ step: RegisterStep) -> String {
    var parts: [String]
    switch step.what {
    case .app(let device): parts = ["app: \(Quoted.text(device))"]
    case .phone(let kind, let number): parts = ["phone: \(Quoted.text(number.full))", "kind: \(kind.rawValue)"]
    case .passkey(let name): parts = ["passkey: \(Quoted.text(name))"]
    }
    if let refused = step.refused { parts.append("refused: \(Quoted.matcher(refused))") }
    return "register: {\(parts.joined(separator: ", "))}"
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
    case .callerIDReplaced(let number): "{callerID: \(Quoted.text(number))}"
    case .digitsLost: "{digits: lost}"
    case .digitsDoubled: "{digits: doubled}"
    case .textsDelayed(let time): "{sms: {delayed: \(length(time))}}"
    case .textsLost: "{sms: lost}"
    case .textsDuplicated: "{sms: duplicated}"
    case .segmentsReordered: "{sms: reordered}"
    case .textsRejected: "{sms: rejected}"
    case .textSenderStripped: "{sms: senderStripped}"
    case .none: "none"
    }
  }

  static func length(_ length: Milliseconds) -> String { "\(length.decimalSeconds)s" }
}

extension StepWriter {
  private static func adminStep(_ step: AdminStep) -> String {
    var parts = step.tokenFile.map { ["importTokens: \(Quoted.text($0))"] } ?? step.commands.flatMap(command)
    if step.admin.role != .globalAdministrator { parts.append("as: \(step.admin.role.rawValue)") }
    if let by = step.admin.upn { parts.append("by: \(by)") }
    if let refused = step.refused { parts.append("refused: \(Quoted.matcher(refused))") }
    return "admin: {\(parts.joined(separator: ", "))}"
  }

  private static func command(_ command: TenantCommand) -> [String] {
    func reason(_ name: String, _ upn: UPN, _ reason: String) -> [String] {
      ["\(name): \(upn)", "reason: \(Quoted.text(reason))"]
    }
    switch command {
    case .block(let upn, let why): return reason("block", upn, why)
    case .unblock(let upn, let why): return reason("unblock", upn, why)
    case .resetMethods(let upn, let why): return reason("resetMethods", upn, why)
    case .requireRegistration(let upn, let why): return reason("requireRegistration", upn, why)
    case .unlock(let upn): return ["unlock: \(upn)"]
    case .setEnabled(let upn, let isEnabled): return ["\(isEnabled ? "enable" : "disable"): \(upn)"]
    case .forcePasswordChange(let upn): return ["forcePasswordChange: \(upn)"]
    case .revokeSessions(let upn): return ["revokeSessions: \(upn)"]
    case .deletePhone(let upn, let kind): return ["deletePhone: \(upn)", "kind: \(kind.rawValue)"]
    case .removeDevice(let upn, let device): return ["removeDevice: \(upn)", "device: \(Quoted.text(device))"]
    case .dismissRisk(let upn): return ["dismissRisk: \(upn)"]
    case .confirmSafe(let upn): return ["confirmSafe: \(upn)"]
    case .confirmCompromised(let upn): return ["confirmCompromised: \(upn)"]
    case .issuePass(let upn, let minutes, let isOnce, _):
      return ["issuePass: \(upn)"] + (minutes.map { ["minutes: \($0)"] } ?? []) + (isOnce.map { ["once: \($0)"] } ?? [])
    case .deletePass(let upn): return ["deletePass: \(upn)"]
    case .activateToken(let serial, let isCodeRight):
      return ["activateToken: \(Quoted.text(serial))"] + (isCodeRight ? [] : ["code: wrong"])
    case .deleteToken(let serial): return ["deleteToken: \(Quoted.text(serial))"]
    case .addProvider: return ["addProvider: one"]
    // A person's own, which are steps of other names; and tokens, which come by their file.
    case .importTokens, .registerPhone, .registerApp, .registerPasskey, .changePassword: return []
    }
  }
}
