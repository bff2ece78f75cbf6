// Every setting, in the order of the rulebook.
extension Setting {
  public static let all: [Setting] = [
    Setting(
      "call.ringTimeout", "how long a call rings before it counts as unanswered", mark: "known",
      .length(.seconds(5) ... .seconds(120), unit: .seconds, access(\.call.ringTimeout))),
    Setting(
      "call.answerGrace", "what a prompt that waits allows after its end", mark: "ours",
      .length(.zero ... .seconds(60), unit: .seconds, access(\.call.answerGrace))),
    Setting(
      "call.interDigit", "the time from one key to the next", mark: "ours",
      .length(.seconds(1) ... .seconds(30), unit: .seconds, access(\.call.interDigit))),
    Setting(
      "call.maxAttempts", "wrong entries until the call is denied", mark: "ours",
      .count(1...10, unit: "", access(\.call.maxAttempts))),
    Setting(
      "call.limit", "how long a call may last from dialling, whatever happens in it", mark: "ours",
      .length(.seconds(60) ... .minutes(60), unit: .seconds, access(\.call.limit))),
    Setting(
      "call.maxPerWindow", "calls to one user or number in a window, before they are throttled", mark: "ours",
      .count(1...1_000, unit: "calls", access(\.call.maxPerWindow))),
    Setting(
      "call.window", "the window in which calls are counted", mark: "ours",
      .length(.minutes(1) ... .days(1), unit: .minutes, access(\.call.window))),
    Setting(
      "activation.oneStep", "a registration call plays \"activation\" first", mark: "ours",
      .flag(access(\.activation.oneStep))),
    Setting(
      "extension.operatorRequired", "an operator puts calls through; no tones are dialled", mark: "known",
      .flag(access(\.extensions.operatorRequired))),
    Setting(
      "greeting.languageMatch", "whether fr-CA uses fr", mark: "ours",
      .choice(
        GreetingChoice.Match.allCases.map(\.rawValue),
        choice(\.greeting.languageMatch))),
    Setting("pin.mode", "a PIN is entered before #", mark: "seed", .flag(access(\.pin.mode))),
    Setting(
      "lockout.denials", "wrong PINs in a row that lock an account; 0 never locks", mark: "seed; figure: ours",
      .count(0...99, unit: "", access(\.lockout.denials))),
    Setting(
      "lockout.resetMinutes", "after so long without a wrong PIN the count starts over", mark: "seed; figure: ours",
      .count(1...1_440, unit: "minutes", access(\.lockout.resetMinutes))),
    Setting(
      "lockout.unlockMinutes", "after so long a locked account unlocks", mark: "seed; figure: ours",
      .count(1...1_440, unit: "minutes", access(\.lockout.unlockMinutes))),
    Setting(
      "fraudAlert.enabled", "people can report fraud by phone", mark: "seed", retired: "2025-03-01",
      .flag(access(\.fraudAlert.enabled))),
    Setting(
      "fraudAlert.block", "who reports fraud is asked to confirm a block with 1", mark: "seed", retired: "2025-03-01",
      .flag(access(\.fraudAlert.block))),
    Setting(
      "fraudAlert.code", "the digits that report fraud when # follows", mark: "seed", retired: "2025-03-01",
      .reportCode(access(\.fraudAlert.code))),
    Setting(
      "fraudAlert.unconfirmed", "what a report does whose 1 never came", mark: "ours", retired: "2025-03-01",
      .choice(
        Settings.FraudAlert.Unconfirmed.allCases.map(\.rawValue),
        choice(\.fraudAlert.unconfirmed))),
    Setting(
      "callerID.own", "the number that all calls come from, instead of one by country", mark: "seed",
      .number(access(\.callerID.own))),
  ]

  private static func access<Value>(_ path: any WritableKeyPath<Settings, Value> & Sendable) -> Access<Value> {
    Access {
      $0[keyPath: path]
    } write: {
      $0[keyPath: path] = $1
    }
  }

  private static func choice<Value: RawRepresentable<String> & SendableMetatype>(
    _ path: any WritableKeyPath<Settings, Value> & Sendable
  ) -> Access<String> {
    Access {
      $0[keyPath: path].rawValue
    } write: { settings, text in
      if let value = Value(rawValue: text) { settings[keyPath: path] = value }
    }
  }
}
