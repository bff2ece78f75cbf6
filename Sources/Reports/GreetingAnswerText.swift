public import VerificationCore

/// Which recording plays for a message, and why: the languages that are tried, one a line (MSG-3 to MSG-5).
public struct GreetingAnswerText: Sendable {
  private let style: Style
  private let width: Int

  public init(style: Style = .plain, width: Int = 80) {
    self.style = style
    self.width = width
  }

  public func lines(_ answer: GreetingAnswer) -> [String] {
    let search = answer.search
    let rows = rows(answer)
    let tags = rows.map(\.tag.count).max() ?? 0
    let roles = rows.map(\.role.count).max() ?? 0
    let head =
      [style.bold(search.message.rawValue)]
      + Wrapping.wrap("plays when \(search.message.situation)", width: width).map(style.dim)
    let languages = "languages: \(answer.wanted.languages.map(\.tag).joined(separator: ", ")) (\(source(answer)))"
    return head + Wrapping.wrap(languages, width: width) + [""] + rows.flatMap { lines($0, tags, roles) } + [""]
      + words(search.recording) + notes(answer)
  }
}

// One language a row: its number, what it is, what was found there.
extension GreetingAnswerText {
  private struct Row {
    let mark: String
    let tag: String
    let role: String
    let finding: String
    var dressed: @Sendable (String) -> String
  }

  private func rows(_ answer: GreetingAnswer) -> [Row] {
    let search = answer.search
    let tried = search.steps.enumerated().map { index, step in
      let plays = step.recording != nil
      let number = String(index + 1)
      let style = style
      return Row(
        mark:
          "\(style.dim(StyledText.filled("", 2 - number.count) + number)) \(plays ? style.green("✓") : style.dim("·"))",
        tag: step.stop.language.tag, role: role(step.stop, answer.wanted.source), finding: finding(step, search.match),
        dressed: { plays ? style.green($0) : $0 })
    }
    return tried
      + search.untried.map { stop in
        Row(
          mark: style.dim("   -"), tag: stop.language.tag, role: role(stop, answer.wanted.source), finding: "not tried",
          dressed: style.dim)
      }
  }

  /// In columns; where these leave no room, what was found stands below.
  private func lines(_ row: Row, _ tags: Int, _ roles: Int) -> [String] {
    let left = "\(row.mark) \(StyledText.filled(row.tag, tags))  "
    let columns = 7 + tags + roles + 2
    if width - columns >= 24 {
      let indent = String(repeating: " ", count: columns)
      return Wrapping.wrap(row.finding, width: width - columns).enumerated().map { index, line in
        (index == 0 ? left + style.dim(StyledText.filled(row.role, roles)) + "  " : indent) + row.dressed(line)
      }
    }
    return [left + style.dim(row.role)] + Wrapping.wrap(row.finding, width: width - 5).map { "     " + row.dressed($0) }
  }

  private func role(_ stop: GreetingSearch.Stop, _ source: WantedLanguages.Source) -> String {
    if let child = stop.parentOf { return "parent of \(child)" }
    switch (stop.role, source) {
    case (.wanted, .signIn): return "asked for"
    case (.wanted, .stored): return "stored"
    case (.wanted, .tenant), (.tenant, _): return "the tenant's"
    case (.english, _): return "last resort"
    }
  }

  private func finding(_ step: GreetingSearch.Step, _ match: GreetingChoice.Match) -> String {
    let custom =
      switch step.stop.role {
      case .wanted: "no custom greeting"
      // Custom greetings are for those who ask for the language, so none is looked for.
      case .tenant, .english: step.passedOver.map { _ in "its custom greeting is for those who ask for it" }
      }
    let found =
      switch step.recording {
      case nil: [custom, "no default"]
      case let recording? where recording.source == .custom: ["custom greeting \(Self.sound(recording)) ← plays"]
      case let recording?: [custom, "default, \(recording.length) ← plays"]
      }
    let exact =
      match == .exact && !step.stop.language.isPrimary && step.recording == nil
      ? "; \(step.stop.language.parent) does not count: greeting.languageMatch is exact" : ""
    return found.compactMap(\.self).joined(separator: ", ") + exact
  }

  private static func sound(_ recording: Recording) -> String {
    recording.file.map { "\(Printable.text($0)), \(recording.length)" } ?? "of \(recording.length), without a file"
  }
}

extension GreetingAnswerText {
  private func source(_ answer: GreetingAnswer) -> String {
    switch answer.wanted.source {
    case .signIn: "asked for at the sign-in"
    case .stored: "stored\(answer.user.map { " for \($0)" } ?? ""); the sign-in asks for none"
    case .tenant: "the tenant's; the sign-in asks for none, and none is stored\(answer.user.map { " for \($0)" } ?? "")"
    }
  }

  private func words(_ recording: Recording) -> [String] {
    guard let script = recording.script else { return [style.dim("(its words are not known)")] }
    return Wrapping.wrap(Printable.text(script), width: width - 2).map { "  \($0)" }
  }

  private func notes(_ answer: GreetingAnswer) -> [String] {
    var notes: [String] = []
    if answer.search.recording.length >= CallPolicy.playbackLimit {
      notes.append("it is cut at \(CallPolicy.playbackLimit)")
    }
    if !answer.plays {
      let whose = answer.user.map { "call to \($0)" } ?? "call of \(Printable.text(answer.tenant))"
      let instead = answer.instead.map { ": \($0.rawValue) plays in its place" } ?? ", with the settings as they are"
      notes.append("no \(whose) plays this message\(instead)")
    }
    guard !notes.isEmpty else { return [] }
    return [""] + notes.flatMap { StyledText.marked(style.yellow("!"), $0, width) }
  }
}

extension GreetingAnswer {
  /// One line of JSON. The order of the keys is fixed, every key is always there.
  public var jsonLine: String {
    let tried = search.steps.map { step in
      Self.json(step.stop, found: step.recording?.source.rawValue, isTried: true, passedOver: step.passedOver != nil)
    }
    let untried = search.untried.map { Self.json($0, found: nil, isTried: false, passedOver: false) }
    return JSONLine([
      ("message", .text(search.message.rawValue)), ("tenant", .text(tenant)), ("user", .optional(user?.text)),
      ("languages", .texts(wanted.languages.map(\.tag))), ("languagesFrom", .text(wanted.source.rawValue)),
      ("chain", .list(tried + untried)), ("plays", .object(search.recording.json)), ("isHeard", .flag(plays)),
      ("heardInstead", .optional(instead?.rawValue)),
    ]).text
  }

  private static func json(
    _ stop: GreetingSearch.Stop, found: String?, isTried: Bool, passedOver: Bool
  ) -> JSONLine.Value {
    .object(
      JSONLine([
        ("language", .text(stop.language.tag)), ("role", .text(stop.role.rawValue)),
        ("parentOf", .optional(stop.parentOf?.tag)), ("tried", .flag(isTried)), ("found", .optional(found)),
        ("customPassedOver", .flag(passedOver)),
      ]))
  }
}

extension Recording {
  /// What is played, as an object.
  public var json: JSONLine {
    JSONLine([
      ("language", .text(language.tag)), ("source", .text(source.rawValue)), ("milliseconds", .number(length.count)),
      ("file", .optional(file)), ("text", .optional(script)),
    ])
  }
}
