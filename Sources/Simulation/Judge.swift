import ScenarioModel
public import VerificationCore

/// Says what did not go as expected, with what a reader needs to see why.
struct Judge {
  let scenario: Shared<Scenario>
  let board: Switchboard
  let now: Instant

  private var given: Given {
    _read { yield scenario.value.given }
  }

  // MARK: Messages

  func noise(_ heard: HeardMessage, at place: SourcePlace) -> Problem {
    problem("expected-silence", "expected silence, heard \(heard.recording.message.rawValue)", at: place)
  }

  func silence(_ wanted: HearStep, at place: SourcePlace, callIsOver: Bool) -> Problem {
    let why =
      callIsOver ? "nothing plays any more" : "heard nothing for \(wanted.within)"
    return problem("expected-heard", "expected \(wanted.message.rawValue), \(why)", at: place)
  }

  // MARK: Expectations

  func problems(with expectation: Expectation) -> [Problem] {
    [
      result(expectation.result), otherResult(expectation.notResult), callerID(expectation.callerID),
      notified(expectation.notified), length(expectation.length),
    ].compactMap { $0 }
      + problems(with: expectation.user) + expectation.why.compactMap { why($0) }
      + expectation.records.compactMap { records($0) }
  }

  private func result(_ expected: Placed<Outcome?>?) -> Problem? {
    guard let expected, expected.value != board.lastOutcome else { return nil }
    let actual = board.lastOutcome?.rawValue ?? "none"
    return problem(
      "expected-result", "expected \(expected.value?.rawValue ?? "none"), got \(actual)", at: expected.place)
  }

  private func otherResult(_ unwanted: Placed<Outcome?>?) -> Problem? {
    guard let unwanted, unwanted.value == board.lastOutcome else { return nil }
    return problem(
      "expected-result", "expected any result but \(unwanted.value?.rawValue ?? "none")", at: unwanted.place)
  }

  private func length(_ expected: Placed<ClosedRange<Milliseconds>>?) -> Problem? {
    guard let expected else { return nil }
    let length = (board.journal.last?.at ?? now) - given.start
    guard !expected.value.contains(length) else { return nil }
    let (least, most) = (expected.value.lowerBound, expected.value.upperBound)
    let wanted = length < least ? "at least \(least)" : "at most \(most)"
    return problem("expected-length", "expected a length of \(wanted), it was \(length)", at: expected.place)
  }

  private func callerID(_ expected: Placed<Presence>?) -> Problem? {
    guard let expected, !expected.value.holds(for: board.shownCallerID) else { return nil }
    return problem(
      "expected-caller-id",
      "expected the caller ID \(expected.value), the telephone showed \(board.shownCallerID ?? "unknown")",
      at: expected.place)
  }

  private func notified(_ expected: Placed<[String]>?) -> Problem? {
    guard let expected else { return nil }
    let reached = board.devices(of: given.user).notified
    guard reached.sorted() != expected.value.sorted() else { return nil }
    return problem(
      "expected-notified",
      "expected the notification on \(listed(expected.value)), it reached \(listed(reached))", at: expected.place)
  }

  private func listed(_ names: [String]) -> String { names.isEmpty ? "no device" : names.joined(separator: ", ") }

  private func problems(with expected: UserExpectation) -> [Problem] {
    let (upn, tenant) = (expected.upn?.value ?? given.user, board.service.tenant)
    let user = tenant.user(upn)
    return [
      flag(expected.blocked, tenant.block(of: upn, at: now) != nil, upn, "blocked"),
      flag(expected.locked, tenant.locked(upn, at: now) != nil, upn, "locked"),
      flag(expected.reported, tenant.reports.contains { $0.upn == upn }, upn, "reported"),
      flag(expected.atRisk, tenant.isAtRisk(upn), upn, "at high risk"),
      flag(expected.enabled, user?.isEnabled == true, upn, "enabled"),
      flag(expected.mustRegister, user?.mustRegister == true, upn, "asked to register"),
      methods(expected.methods, user),
    ].compactMap { $0 }
  }

  private func flag(_ expected: Placed<Bool>?, _ actual: Bool, _ upn: UPN, _ name: String) -> Problem? {
    guard let expected, expected.value != actual else { return nil }
    return problem(
      "expected-user", "expected \(upn) \(expected.value ? "" : "not ")to be \(name)", at: expected.place)
  }

  private func methods(_ expected: Placed<[Method]>?, _ user: User?) -> Problem? {
    guard let expected, let user else { return nil }
    let actual = board.service.tenant.registeredMethods(of: user, at: now)
    guard Set(actual) != Set(expected.value) else { return nil }
    let names = { (methods: [Method]) in methods.isEmpty ? "none" : methods.map(\.rawValue).joined(separator: ", ") }
    return problem(
      "expected-methods", "expected the methods \(names(expected.value)), \(user.upn) has \(names(actual))",
      at: expected.place)
  }

  private func why(_ expected: Placed<Matcher>) -> Problem? {
    let reasons = board.service.tenant.signIns.last?.why.map(\.reason) ?? []
    guard !reasons.contains(where: expected.value.matches) else { return nil }
    let found = reasons.isEmpty ? "there is no record" : reasons.map { "\"\($0)\"" }.joined(separator: ", ")
    return problem(
      "expected-why", "expected a reason \(expected.value)", at: expected.place,
      extra: [Problem.Note(.why, "the reasons: \(found)")])
  }

  private func records(_ expected: RecordExpectation) -> Problem? {
    let records = texts(of: expected.kind)
    let count = records.count { $0.contains(where: expected.text.value.matches) }
    guard !expected.times.holds(for: count) else { return nil }
    let texts = records.compactMap { $0.last }
    let name = expected.kind.name
    let wanted =
      expected.times == .atLeastOne
      ? "\(name.article) \(name) record"
      : "\(expected.times) \(name) \(expected.times.exact == 1 ? "record" : "records")"
    let written = texts.isEmpty ? "none was written" : texts.map { "\"\($0)\"" }.joined(separator: ", ")
    return problem(
      "expected-record", "expected \(wanted) \(expected.text.value), found \(count)", at: expected.text.place,
      extra: [Problem.Note(.why, "the records: \(written)")])
  }

  /// What each record may be known by, the fullest last: an audit record also without its reason.
  private func texts(of kind: RecordExpectation.Kind) -> [[String]] {
    let tenant = board.service.tenant
    switch kind {
    case .signin: return tenant.signIns.map { [$0.text] }
    case .audit: return tenant.audits.map { [$0.text, $0.fullText] }
    case .risk:
      return tenant.risks.map {
        ["\($0.kind.rawValue) \($0.kind.level), source \($0.kind.source), \($0.state.rawValue)"]
      }
    case .mail: return tenant.mails.map { [$0.to.text] }
    }
  }

  // MARK: Around a problem

  func problem(_ mismatch: Mismatch, at place: SourcePlace) -> Problem {
    problem(mismatch.id, mismatch.message, at: place, hint: mismatch.hint)
  }

  func problem(
    _ id: String, _ message: String, at place: SourcePlace, hint: String? = nil, extra: [Problem.Note] = []
  ) -> Problem {
    var notes: [Problem.Note] = []
    if let heard = heardNote { notes.append(Problem.Note(.heard, heard)) }
    notes += extra
    if let why { notes.append(Problem.Note(.why, why)) }
    return Problem(
      id, message, at: place, label: "at \((now - given.start).stopwatch), \(situation)", hint: hint,
      notes: notes)
  }

  var situation: String {
    if let page = board.service.page(verifying: given.user) {
      return "waiting for \(page.request.method.words)"
    }
    guard let call = board.service.calls.last else {
      guard let last = board.service.tenant.signIns.last else { return "no call was placed" }
      let wasCall = last.method == .call && last.number != nil
      return "the \(wasCall ? "call" : "sign-in") ended: \(last.outcome.rawValue)"
    }
    if call.state.isRinging, board.phone(of: call.request.upn) == .quiet { return "dialled, and nothing rings" }
    return call.state.situation(call.request.policy)
  }

  /// `greetingPIN 2.0-6.1 s · retryPIN 6.9 s-`
  private var heardNote: String? {
    guard !board.heard.isEmpty else { return nil }
    return board.heard.map { message in
      let start = tenths(message.started)
      let end = message.ended.map(tenths) ?? ""
      return end.isEmpty
        ? "\(message.recording.message.rawValue) \(start) s-"
        : "\(message.recording.message.rawValue) \(start)-\(end) s"
    }.joined(separator: " · ")
  }

  private func tenths(_ instant: Instant) -> String {
    let tenths = (instant - given.start).count / 100
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// The last wrong entry or refusal explained, with the place of the setting behind it.
  private var why: String? {
    let last = board.journal.compactMap(\.call).max()
    for entry in board.journal.reversed() {
      // What an earlier call did explains nothing in this one.
      if let call = entry.call, call != last { return nil }
      switch entry.fact {
      case .noted(.wrongEntry(let reason, _)):
        guard let setting = reason.setting, let place = given.settingPlaces[setting] else {
          return reason.explanation
        }
        return "\(reason.explanation) (\(setting): \(place))"
      case .pageNoted(.wrongCode(let reason, _)): return reason.explanation
      case .refused(let refusal): return "a command was refused: \(refusal.explanation)"
      case .noted(.ignored(let reason)): return "the last key was ignored: \(reason.explanation)"
      case .signInDecided(_, let outcome) where outcome.kind == .refused:
        return "the sign-in was refused: \(outcome.recordText)"
      default: continue  // nothing to explain
      }
    }
    return nil
  }
}

extension RecordExpectation.Kind {
  /// As in "a sign-in record".
  fileprivate var name: String {
    switch self {
    case .signin: "sign-in"
    case .audit: "audit"
    case .risk: "risk"
    case .mail: "mail"
    }
  }
}

extension String {
  fileprivate var article: String { first == "a" ? "an" : "a" }
}

extension Switchboard {
  /// The outcome that was decided last.
  public var lastOutcome: Outcome? { service.tenant.signIns.last?.outcome }
}
