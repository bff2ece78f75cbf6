/// One setting by name: what a tenant file or a scenario may write, and what it means.
public struct Setting: Sendable {
  /// `fraudAlert.block`
  public let name: String
  public let meaning: String
  /// `seed`, `known` or `ours`, as for a rule.
  public let mark: String
  public let kind: Kind
  /// The day from which the feature is gone, as `2025-03-01`. Dates only warn.
  public let retiredSince: String?

  /// How its value is written and where it goes.
  public enum Kind: Sendable {
    case flag(Access<Bool>)
    case count(ClosedRange<Int>, unit: String, Access<Int>)
    case length(ClosedRange<Milliseconds>, unit: Milliseconds.Unit, Access<Milliseconds>)
    case choice([String], Access<String>)
    case reportCode(Access<ReportCode>)
    case number(Access<PhoneNumber?>)
    /// A value in words of its own; what it takes, and how it is read and shown.
    case text(takes: Sentence, Reading)
    /// At most `limit` values of one kind.
    case list(of: Sentence, limit: Int, ListReading)
  }

  public struct Access<Value>: Sendable {
    let read: @Sendable (Settings) -> Value
    let write: @Sendable (inout Settings, Value) -> Void
  }

  /// - Note: `write` answers nil, or what is wrong with the value as the end of a sentence.
  public struct Reading: Sendable {
    let read: @Sendable (Settings) -> String
    let write: @Sendable (inout Settings, String) -> Sentence?
  }

  public struct ListReading: Sendable {
    let read: @Sendable (Settings) -> [String]
    let write: @Sendable (inout Settings, [String]) -> Sentence?
  }

  init(_ name: String, _ meaning: String, mark: String, retired: String? = nil, _ kind: Kind) {
    self.name = name
    self.meaning = meaning
    self.mark = mark
    self.kind = kind
    retiredSince = retired
  }

  /// A value that a setting does not take: what is wrong, and what it takes.
  public struct WrongValue: Error, Hashable, Sendable {
    /// What is wrong.
    public let said: Sentence
    /// What to do.
    public let advice: Sentence

    public init(message: Phrasing, hint: Phrasing) {
      self.said = message.sentence
      self.advice = hint.sentence
    }

    /// ``said`` in English.
    public var message: String { said.text }
    /// ``advice`` in English.
    public var hint: String { advice.text }
  }

  public static func named(_ name: some StringProtocol) -> Setting? { all.first { $0.name == name } }

  /// Writes the text of a value into `settings`.
  public func set(_ text: String, in settings: inout Settings) throws(WrongValue) {
    switch kind {
    case .flag(let access):
      guard let value = Self.flag(text) else { throw wrong(text) }
      access.write(&settings, value)
    case .count(let range, _, let access):
      guard let value = Int(text), range.contains(value) else { throw wrong(text) }
      access.write(&settings, value)
    case .length(let range, let unit, let access):
      guard let value = Milliseconds(text, unit: unit), range.contains(value) else { throw wrong(text) }
      access.write(&settings, value)
    case .choice(let choices, let access):
      guard choices.contains(text) else { throw wrong(text) }
      access.write(&settings, text)
    case .reportCode(let access):
      guard let code = ReportCode(text) else { throw wrong(text) }
      access.write(&settings, code)
    case .number(let access):
      if text == "none" { return access.write(&settings, nil) }
      guard let number = PhoneNumber(text), number.isUnitedStates else { throw wrong(text) }
      access.write(&settings, number)
    case .text(_, let reading):
      if let mistake = reading.write(&settings, text) { throw wrong(text, mistake) }
    case .list:
      // As an empty list is shown.
      try set(list: text == "none" ? [] : text.split(separator: ",").map(Self.trimmed), in: &settings)
    }
  }

  /// Writes the values of a list into `settings`.
  public func set(list: [String], in settings: inout Settings) throws(WrongValue) {
    guard case .list(let kind, let limit, let reading) = kind else {
      throw WrongValue(message: "\(name) takes one value, not a list", hint: "it takes \(takes)")
    }
    guard list.count <= limit else {
      throw WrongValue(message: "\(name) has \(list.count) entries", hint: "it takes at most \(limit) \(kind)")
    }
    if let mistake = reading.write(&settings, list) {
      throw WrongValue(message: "\(name): \(mistake)", hint: "it takes \(takes)")
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// The value as it would be written.
  public func value(in settings: Settings) -> String {
    switch kind {
    case .flag(let access): String(access.read(settings))
    case .count(_, _, let access): String(access.read(settings))
    case .length(_, _, let access): access.read(settings).decimalSeconds + "s"
    case .choice(_, let access): access.read(settings)
    case .reportCode(let access): access.read(settings).description
    case .number(let access): access.read(settings)?.full ?? "none"
    case .text(_, let reading): reading.read(settings)
    case .list(_, _, let reading):
      reading.read(settings).isEmpty ? "none" : reading.read(settings).joined(separator: ", ")
    }
  }

  /// The values of a list, each as it would be written; nil for a setting that is none.
  public func entries(in settings: Settings) -> [String]? {
    guard case .list(_, _, let reading) = kind else { return nil }
    return reading.read(settings)
  }

  public var defaultValue: String { value(in: Settings()) }

  /// What may be written: `true or false`, `5 s to 120 s`.
  public var range: String { takes.text }

  /// ``range``, for any language.
  public var takes: Sentence {
    switch kind {
    case .flag: Sentence("true or false")
    case .count(let range, let unit, _):
      switch unit {
      case "": Sentence("\(range.lowerBound) to \(range.upperBound)")
      case "minutes": Sentence("\(range.lowerBound) to \(range.upperBound) minutes")
      case "hours": Sentence("\(range.lowerBound) to \(range.upperBound) hours")
      case "days": Sentence("\(range.lowerBound) to \(range.upperBound) days")
      case "calls": Sentence("\(range.lowerBound) to \(range.upperBound) calls")
      case "methods": Sentence("\(range.lowerBound) to \(range.upperBound) methods")
      case "characters": Sentence("\(range.lowerBound) to \(range.upperBound) characters")
      default: Sentence("\(range.lowerBound) to \(range.upperBound) \(unit)")
      }
    case .length(let range, _, _): Sentence("\(range.lowerBound) to \(range.upperBound)")
    case .choice(let choices, _):
      choices.dropFirst().reduce(Sentence("\(choices.first ?? "")")) { Sentence("\($0) or \($1)") }
    case .reportCode: Sentence("1 to 4 digits")
    case .number: Sentence("a US number, +1 and the number")
    case .text(let takes, _): takes
    case .list(let kind, let limit, _): Sentence("at most \(limit) \(kind)")
    }
  }

  /// What a bare number counts; nil for what is no number.
  public var unit: String? {
    switch kind {
    case .length(_, let unit, _): unit.name
    case .count(_, let unit, _): unit.isEmpty ? nil : unit
    case .flag, .choice, .reportCode, .number, .text, .list: nil
    }
  }

  /// Reads yes and no in the spellings of YAML 1.1, of which tenant files are full, and as enabled and disabled.
  public static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on", "enabled": true
    case "false", "no", "off", "disabled": false
    default: nil
    }
  }

  private func wrong(_ text: String, _ why: Sentence? = nil) -> WrongValue {
    WrongValue(
      message: why.map { "\(name) cannot be \"\(text)\": \($0)" } ?? "\(name) cannot be \"\(text)\"",
      hint: "it takes \(takes); the default is \(defaultValue)")
  }
}
