import ScenarioModel
import VerificationCore

// What the person of a scenario does at the sign-in page, with devices, and what an admin does.
extension ScriptedPerson {
  func atPage(_ step: Step, _ board: inout Switchboard, _ now: Instant) -> Problem? {
    do throws(Switchboard.Hindrance) {
      switch step.verb {
      case .enter(let enter): try board.enter(enter, upn, at: now)
      case .resend: try board.resend(upn, at: now)
      case .reply: try board.reply(upn, at: now)
      case .app(let app): try board.answerApp(app, upn, at: now)
      case .passkey(let isApproved): try board.answerPasskey(isApproved: isApproved, upn, at: now)
      case .restore(let old, let new): try board.restore(from: old, onto: new, upn, at: now)
      case .signIn, .cancelSignIn, .answer, .press, .wait, .waitForNext, .hangUp, .hear, .silence, .text, .noText,
        .register, .changePassword, .set, .admin, .fault, .expect, .skipped:
        break
      }
      return nil
    } catch {
      return judge(board, now).problem(error.id, error.message(upn), at: step.place, hint: error.hint)
    }
  }

  func change(_ step: Step, _ board: inout Switchboard, _ now: Instant) -> Problem? {
    switch step.verb {
    case .register(let register):
      return carryOut([register.what.command(for: upn)], by: Admin(), refused: register.refused, step, &board, now)
    case .changePassword(let refused):
      return carryOut([.changePassword(upn)], by: Admin(), refused: refused, step, &board, now)
    case .admin(let admin): return carryOut(admin.commands, by: admin.admin, refused: admin.refused, step, &board, now)
    case .set(let changes):
      do throws(CommandRefusal) {
        try board.change(changes, at: now)
        return nil
      } catch {
        return judge(board, now).problem("refused", "refused: \(error.explanation)", at: step.place)
      }
    case .signIn, .cancelSignIn, .answer, .press, .wait, .waitForNext, .hangUp, .hear, .silence, .text, .noText, .enter,
      .resend, .reply, .app, .passkey, .restore, .fault, .expect, .skipped:
      return nil
    }
  }

  private func carryOut(
    _ commands: [TenantCommand], by admin: Admin, refused: Matcher?, _ step: Step, _ board: inout Switchboard,
    _ now: Instant
  ) -> Problem? {
    for command in commands {
      do throws(CommandRefusal) {
        try board.administer(command, by: admin, at: now)
      } catch {
        if let refused, refused.matches(error.explanation) { return nil }
        let expected = refused.map { "; expected a refusal like \($0)" } ?? ""
        return judge(board, now).problem("refused", "refused: \(error.explanation)\(expected)", at: step.place)
      }
    }
    guard let refused else { return nil }
    return judge(board, now).problem("not-refused", "expected to be refused: \(refused)", at: step.place)
  }

  /// The next text that nothing has consumed.
  mutating func text(_ wanted: TextStep, _ board: inout Switchboard, _ now: Instant) -> Turn {
    let texts = board.devices(of: upn).texts
    let consumed = consumedTexts[upn, default: 0]
    if consumed < texts.count {
      let text = texts[consumed]
      consumedTexts[upn] = consumed + 1
      if let mismatch = wanted.mismatch(with: text.shown) {
        return .failed(judge(board, now).problem(mismatch, at: place))
      }
      return done()
    }
    var deadline = now + wanted.within
    if case .listening(let set) = phase { deadline = set }
    phase = .listening(deadline: deadline)
    guard now < deadline, board.nextDue != nil else {
      return .failed(
        judge(board, now).problem(
          "expected-text-message", "expected a text message, none came", at: place,
          hint: "texts take about 3 s; sign in with text first"))
    }
    return .waits(until: deadline)
  }

  mutating func noText(_ within: Milliseconds, _ board: Switchboard, _ now: Instant) -> Turn {
    guard board.devices(of: upn).texts.count <= consumedTexts[upn, default: 0] else {
      return .failed(
        judge(board, now).problem("expected-no-text", "expected no text message, one came", at: place))
    }
    return wait(within, now)
  }
}

extension RegisterStep.What {
  func command(for upn: UPN) -> TenantCommand {
    switch self {
    case .app(let device): .registerApp(upn, device: device)
    case .phone(let kind, let number): .registerPhone(upn, kind, number)
    case .passkey(let name): .registerPasskey(upn, name: name)
    }
  }
}
