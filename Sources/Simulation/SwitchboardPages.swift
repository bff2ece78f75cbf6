public import ScenarioModel
public import VerificationCore

// What people do at the sign-in page and with their devices.
extension Switchboard {
  /// Why a person cannot do what the script says.
  public enum Hindrance: Error, Hashable, Sendable {
    case nothingAsked
    case noText
    case noEarlierText
    case nothingUsed
    case noDevice(String?)
    case notNotified(String?)
    case noPass
  }

  /// Types a code or a pass at the page that verifies this user.
  public mutating func enter(_ step: EnterStep, _ upn: UPN, at now: Instant) throws(Hindrance) {
    guard let page = page(of: upn) else { throw .nothingAsked }
    let wasOpen = page.state.outcome == nil
    let input: PageInput
    switch page.state {
    case .text: input = .text(.entered(try texted(step.what, page, at: now)))
    case .challenge(_, let policy):
      input = .challenge(
        .entered(policy.kind == .pass ? try pass(step.what, upn, at: now) : try code(step, upn, at: now)))
    }
    keep(.enter(step), at: now)
    journal(.typed, page.id, at: now)
    deliver(input, toPage: page.id, at: now)
    // What is typed at a page that is over uses up nothing.
    if wasOpen, self.page(of: upn)?.state.outcome == .approved { useUp(step, page, at: now) }
  }

  /// Another text is asked for.
  public mutating func resend(_ upn: UPN, at now: Instant) throws(Hindrance) {
    guard let page = page(of: upn) else { throw .nothingAsked }
    keep(.resend, at: now)
    journal(.resendAsked, page.id, at: now)
    deliver(.text(.resendAsked), toPage: page.id, at: now)
  }

  /// The text is answered (SMS-2).
  public mutating func reply(_ upn: UPN, at now: Instant) throws(Hindrance) {
    guard let page = page(of: upn), !devices(of: upn).texts.isEmpty else { throw .noText }
    keep(.reply, at: now)
    journal(.textReplied, page.id, at: now)
    deliver(.text(.replied), toPage: page.id, at: now)
  }

  /// Answers a notification on one device.
  public mutating func answerApp(_ step: DeviceStep, _ upn: UPN, at now: Instant) throws(Hindrance) {
    guard let page = page(of: upn) else { throw .nothingAsked }
    let notified = devices(of: upn).notified
    guard let device = step.device ?? notified.first, notified.contains(device) else {
      throw .notNotified(step.device)
    }
    keep(.app(step), at: now)
    journal(.deviceAnswered(step.answer, device: device), page.id, at: now)
    deliver(.challenge(.device(step.answer)), toPage: page.id, at: now)
  }

  public mutating func answerPasskey(isApproved: Bool, _ upn: UPN, at now: Instant) throws(Hindrance) {
    guard let page = page(of: upn) else { throw .nothingAsked }
    keep(.passkey(isApproved: isApproved), at: now)
    let answer = isApproved ? DeviceAnswer.approved(numberMatches: true) : .declined
    journal(.deviceAnswered(answer, device: nil), page.id, at: now)
    deliver(.challenge(.passkey(isApproved: isApproved)), toPage: page.id, at: now)
  }

  /// The backup of one device's app is restored on another: the same secret, and no notifications (REC-4).
  mutating func restore(from old: String, onto new: String, _ upn: UPN, at now: Instant) throws(Hindrance) {
    guard let app = devices(of: upn).apps.first(where: { $0.device == old }) else { throw .noDevice(old) }
    keep(.restore(from: old, onto: new), at: now)
    change(upn) { $0.install(new, app.secret) }
  }

  /// A command from outside; what it makes is put into the person's hands.
  public mutating func administer(
    _ command: TenantCommand, by admin: Admin = Admin(), at now: Instant
  ) throws(CommandRefusal) {
    let position = journal.count
    do throws(CommandRefusal) {
      try service.administer(command, by: admin, at: now, &reaction)
      settle(at: now)
    } catch {
      journal(.refused(error), nil, at: now)
      keep(command.act(by: admin, refused: .equals(error.explanation)), at: now, from: position)
      throw error
    }
    keep(command.act(by: admin), at: now, from: position)
    if case .issuePass(let upn, _, _, _) = command { passesIssuedHere[upn] = now }
    if case .registerApp(let upn, let device) = command,
      let app = service.tenant.user(upn)?.apps.first(where: { $0.device == device })
    {
      change(upn) { $0.install(device, app.secret) }
    }
  }

  /// New settings, which count from the next verification on; a report code that is somebody's PIN is told (CALL-9).
  public mutating func change(_ settings: Settings, at now: Instant) {
    let before = codesThatArePINs
    service.change(settings)
    for upn in codesThatArePINs where !before.contains(upn) { journal(.pinIsReportCode(upn), nil, at: now) }
  }

  private var codesThatArePINs: [UPN] {
    service.tenant.users.filter { user in
      pins[user.upn].map { service.tenant.isReportCode($0, of: user) } ?? false
    }.map(\.upn)
  }
}

extension TenantCommand {
  /// The step that does it: what a person does alone is one of the person.
  fileprivate func act(by admin: Admin, refused: Matcher? = nil) -> Step.Verb {
    switch self {
    case .registerApp(_, let device): .register(RegisterStep(.app(device: device), refused: refused))
    case .registerPhone(_, let kind, let number): .register(RegisterStep(.phone(kind, number), refused: refused))
    case .registerPasskey(_, let name): .register(RegisterStep(.passkey(name), refused: refused))
    case .changePassword: .changePassword(refused: refused)
    default: .admin(AdminStep([self], by: admin, refused: refused))  // what an admin does
    }
  }
}

// What was typed, found out.
extension Switchboard {
  private func texted(
    _ what: EnterStep.What, _ page: VerificationService.ActivePage, at now: Instant
  ) throws(Hindrance) -> EnteredCode {
    let held = devices(of: page.request.upn)
    let typed: TextMessage.Code
    switch what {
    case .wrong: return .wrong
    case .right:
      guard let last = held.texts.last(where: { $0.page == page.id }) else { throw .noText }
      typed = last.code
    case .previous:
      guard held.texts.count >= 2 else { throw .noEarlierText }
      typed = held.texts[held.texts.count - 2].code
    case .again:
      guard let used = held.usedCodes.last else { throw .nothingUsed }
      typed = used
    }
    // Of two equal codes the later counts.
    if let number = sentCodes[page.id]?.lastIndex(of: typed) { return .sent(CodeNumber(UInt32(clamping: number + 1))) }
    return held.usedCodes.contains(typed) ? .usedBefore : .wrong
  }

  private func code(_ step: EnterStep, _ upn: UPN, at now: Instant) throws(Hindrance) -> EnteredSecret {
    switch step.what {
    case .wrong, .previous: return .wrong
    case .again:
      guard devices(of: upn).lastStep != nil else { throw .nothingUsed }
      return .usedBefore
    case .right:
      let source = try codeSource(step.device, upn)
      guard source.isRegistered else { return .ofOldSecret }
      return devices(of: upn).usedSteps.contains(source.step(at: now)) ? .usedBefore : .right
    }
  }

  /// Whose code is read off: the app on a device, by its secret, or a token by its serial number.
  func codeSource(_ device: String?, _ upn: UPN) throws(Hindrance) -> CodeSource {
    let tenant = service.tenant
    if let token = tenant.tokens(of: upn).first(where: { $0.serial == device || (device == nil && $0.isActive) }) {
      return CodeSource(
        name: "token \(token.serial)", isRegistered: token.isActive, interval: token.interval.rawValue)
    }
    guard let app = devices(of: upn).apps.last(where: { device == nil || $0.device == device }) else {
      throw .noDevice(device)
    }
    let isRegistered = tenant.user(upn)?.apps.contains { $0.secret == app.secret } == true
    return CodeSource(name: "app \(app.secret.registration)", isRegistered: isRegistered, interval: 30)
  }

  struct CodeSource {
    let name: String
    let isRegistered: Bool
    /// Seconds that each code holds.
    let interval: Int

    func step(at now: Instant) -> PersonsDevices.CodeStep {
      let length = Milliseconds.seconds(Int64(max(1, interval)))
      return PersonsDevices.CodeStep(source: name, step: now.millisecondsSince1970 / length.count, interval: length)
    }
  }

  private func pass(_ what: EnterStep.What, _ upn: UPN, at now: Instant) throws(Hindrance) -> EnteredSecret {
    switch what {
    case .wrong, .previous: return .wrong
    case .right, .again:
      guard let pass = service.tenant.passes[upn] else { throw .noPass }
      switch pass.standing(at: now) {
      case .valid: return .right
      case .expired: return .expired
      case .used: return .usedBefore
      }
    }
  }

  private mutating func useUp(_ step: EnterStep, _ page: VerificationService.ActivePage, at now: Instant) {
    let upn = page.request.upn
    switch page.state {
    case .text:
      guard let code = sentCodes[page.id]?.last else { return }
      change(upn) { $0.usedCodes.append(code) }
    case .challenge(_, let policy) where policy.kind == .code:
      guard let used = (try? codeSource(step.device, upn))?.step(at: now) else { return }
      change(upn) { devices in
        devices.lastStep = used
        devices.usedSteps = devices.usedSteps.filter { now < $0.end }.union([used])
      }
    case .challenge: return  // a pass is used up in the tenant
    }
  }
}

// What the service orders for a page.
extension Switchboard {
  mutating func carryOut(_ order: PageOrder, forPage id: CallID, at now: Instant) {
    guard let page = service.page(id) else { return }
    switch order {
    case .send: send(page, at: now)
    case .ask: notify(page, at: now)
    case .schedule(let timer, let deadline): enterTimer(timer, id, at: deadline)
    case .cancel(let timer): cancelTimer(timer, id)
    }
  }

  private mutating func send(_ page: VerificationService.ActivePage, at now: Instant) {
    let code = newCode()
    sentCodes[page.id, default: []].append(code)
    let texts = line.texts
    let isPossible = page.request.phone?.possibility == .possible
    if texts.isRejected || !isPossible { return enterNetwork(.text(.rejected), page.id, at: now + Line.failureDelay) }
    if texts.isLost { return journal(.textLost, page.id, at: now) }
    let text = PersonsDevices.HeldText(page: page.id, code: code, shown: shown(page, code, texts))
    for _ in 0..<(texts.isDoubled ? 2 : 1) { enterText(text, page.request.upn, at: now + texts.delay) }
  }

  private mutating func notify(_ page: VerificationService.ActivePage, at now: Instant) {
    guard page.request.method == .app, let user = service.tenant.user(page.request.upn) else { return }
    let reached = user.apps.map(\.device)
    change(user.upn) { $0.notified = reached }
    for device in reached { journal(.notified(device: device), page.id, at: now) }
  }
}

extension Switchboard {
  /// What the telephone shows of a text; nobody but its owner reads the code.
  private func shown(
    _ page: VerificationService.ActivePage, _ code: TextMessage.Code, _ texts: Line.Texts
  ) -> ArrivedText {
    let message = page.request.form.message(code)
    let segments = Segments(message.text)
    let sender = page.request.phone.map { TextSender.sender(for: $0).text }
    return ArrivedText(
      sender: texts.showsSender ? sender : nil, language: message.language, segments: segments.segments.count,
      encoding: segments.encoding.rawValue,
      maskedText: message.text.replacing(code.revealed, with: String(repeating: "•", count: TextMessage.Code.length)),
      isReordered: texts.isReordered && segments.segments.count > 1)
  }
}
