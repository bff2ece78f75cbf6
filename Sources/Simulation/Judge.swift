import ScenarioModel
public import VerificationCore

/// Says what did not go as expected, with what a reader needs to see why.
struct Judge {
  let scenario: Scenario
  let board: Switchboard
  let now: Instant

  // MARK: Messages

  func mismatch(of heard: HeardMessage, with wanted: HearStep, at place: SourcePlace) -> Problem? {
    let recording = heard.recording
    guard recording.message == wanted.message else {
      return problem(
        "expected-heard", "expected \(wanted.message.rawValue), heard \(recording.message.rawValue)", at: place,
        hint: "messages are heard in order: hear \(recording.message.rawValue) first, or press during it")
    }
    if let language = wanted.language, language != recording.language {
      return problem(
        "expected-language",
        "expected \(wanted.message.rawValue) in \(language), heard it in \(recording.language)", at: place)
    }
    if let source = wanted.source, source != recording.source {
      return problem(
        "expected-source",
        "expected the \(source.rawValue) \(wanted.message.rawValue), heard the \(recording.source.rawValue) one",
        at: place)
    }
    guard let text = wanted.text else { return nil }
    guard let script = recording.script else {
      return problem(
        "no-script", "the words of this \(wanted.message.rawValue) are not known", at: place,
        hint: "give the custom greeting a script")
    }
    return text.matches(script)
      ? nil : problem("expected-text", "expected the words \(text), heard \"\(script)\"", at: place)
  }

  func silence(_ wanted: HearStep, at place: SourcePlace, callIsOver: Bool) -> Problem {
    let why =
      callIsOver ? "nothing plays any more" : "heard nothing for \(wanted.within)"
    return problem("expected-heard", "expected \(wanted.message.rawValue), \(why)", at: place)
  }

  // MARK: Expectations

  func problems(with expectation: Expectation) -> [Problem] {
    [
      result(expectation.result), flag(expectation.blocked, isBlocked, "blocked"),
      flag(expectation.locked, isLocked, "locked"), flag(expectation.reported, hasReported, "reported"),
      callerID(expectation.callerID),
    ].compactMap { $0 } + expectation.records.compactMap(records)
  }

  private func result(_ expected: Placed<CallOutcome?>?) -> Problem? {
    guard let expected, expected.value != board.lastOutcome else { return nil }
    let actual = board.lastOutcome?.rawValue ?? "none"
    return problem(
      "expected-result", "expected \(expected.value?.rawValue ?? "none"), got \(actual)", at: expected.place)
  }

  private func flag(_ expected: Placed<Bool>?, _ actual: Bool, _ name: String) -> Problem? {
    guard let expected, expected.value != actual else { return nil }
    return problem(
      "expected-user", "expected \(scenario.given.user) \(expected.value ? "" : "not ")to be \(name)",
      at: expected.place)
  }

  private func callerID(_ expected: Placed<String?>?) -> Problem? {
    guard let expected, expected.value != board.shownCallerID else { return nil }
    return problem(
      "expected-caller-id",
      "expected the caller ID \(expected.value ?? "unknown"), the telephone showed \(board.shownCallerID ?? "unknown")",
      at: expected.place)
  }

  private func records(_ expected: RecordExpectation) -> Problem? {
    let texts = board.service.tenant.signIns.map(\.text)
    let count = texts.count { expected.text.value.matches($0) }
    guard expected.times.map({ $0 != count }) ?? (count == 0) else { return nil }
    let wanted = expected.times.map { "\($0) sign-in \($0 == 1 ? "record" : "records")" } ?? "a sign-in record"
    let written = texts.isEmpty ? "none was written" : texts.map { "\"\($0)\"" }.joined(separator: ", ")
    return problem(
      "expected-record", "expected \(wanted) \(expected.text.value), found \(count)", at: expected.text.place,
      extra: [Problem.Note(.why, "the records: \(written)")])
  }

  private var isBlocked: Bool { board.service.tenant.block(of: scenario.given.user, at: now) != nil }
  private var isLocked: Bool { board.service.tenant.locked(scenario.given.user, at: now) != nil }
  private var hasReported: Bool { board.service.tenant.reports.contains { $0.upn == scenario.given.user } }

  // MARK: Around a problem

  func problem(
    _ id: String, _ message: String, at place: SourcePlace, hint: String? = nil, extra: [Problem.Note] = []
  ) -> Problem {
    var notes: [Problem.Note] = []
    if let heard = heardNote { notes.append(Problem.Note(.heard, heard)) }
    notes += extra
    if let why { notes.append(Problem.Note(.why, why)) }
    return Problem(
      id, message, at: place, label: "at \((now - scenario.given.start).stopwatch), \(situation)", hint: hint,
      notes: notes)
  }

  private var situation: String {
    guard let call = board.service.calls.last else {
      return board.lastOutcome.map { "the call ended: \($0.rawValue)" } ?? "no call was placed"
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
    let tenths = (instant - scenario.given.start).count / 100
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
        guard let setting = reason.setting, let place = scenario.given.settingPlaces[setting] else {
          return reason.explanation
        }
        return "\(reason.explanation) (\(setting): \(place))"
      case .noted(.ignored(let reason)): return "the last key was ignored: \(reason.explanation)"
      case .signInRefused(_, let outcome): return "the sign-in was refused: \(outcome.recordText)"
      default: continue  // nothing to explain
      }
    }
    return nil
  }
}

extension Switchboard {
  /// The outcome that was decided last.
  public var lastOutcome: CallOutcome? { service.tenant.signIns.last?.outcome }

  /// Whether a sign-in has been tried at all.
  var hasCalled: Bool { !journal.isEmpty }
}
