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
      "fraudAlert.notify", "who gets a mail of each report", mark: "seed", retired: "2025-03-01",
      .list(of: Sentence("mail addresses"), limit: 50, mails)),
    Setting(
      "reportActivity.state", "a report sets the user's risk to high; managed counts as disabled", mark: "seed",
      .choice(Settings.ReportActivity.State.allCases.map(\.rawValue), choice(\.reportActivity.state))),
    Setting(
      "reportActivity.scope", "whose reports count: everybody's, or those of one group", mark: "seed",
      .text(takes: Sentence("all, or the name of a group"), scope)),
    Setting(
      "reportActivity.code", "the digits that report, where the tenant has a greeting of its own", mark: "seed",
      .reportCode(access(\.reportActivity.code))),
    Setting(
      "risk.policy", "what a sign-in of a user at high risk meets; needs the licence p2", mark: "seed",
      .choice(Settings.Risk.Policy.allCases.map(\.rawValue), choice(\.risk.policy))),
    Setting(
      "callerID.own", "the number that all calls come from, instead of one by country", mark: "seed",
      .number(access(\.callerID.own))),
    Setting(
      "sms.lifetime", "how long a texted code holds", mark: "ours",
      .length(.minutes(1) ... .minutes(60), unit: .minutes, access(\.sms.lifetime))),
    Setting(
      "sms.tries", "wrong codes until the sign-in is denied", mark: "ours",
      .count(1...10, unit: "", access(\.sms.tries))),
    Setting(
      "sms.resendAfter", "from one text to when another may be asked for", mark: "ours",
      .length(.zero ... .minutes(10), unit: .seconds, access(\.sms.resendAfter))),
    Setting(
      "sms.twoWay", "codes are sent back by text; retired, so replies do nothing", mark: "seed", retired: "2018-11-14",
      .flag(access(\.sms.twoWay))),
    Setting(
      "sms.domain", "ends a text with @domain #code, which browsers fill in by themselves", mark: "known",
      .text(takes: Sentence("none, or a domain, as in login.larkspur.example"), domain)),
    Setting(
      "app.timeout", "how long the app is waited for", mark: "ours",
      .length(.seconds(10) ... .minutes(10), unit: .seconds, access(\.app.timeout))),
    Setting(
      "app.numberMatching", "the number on the page must be typed at the device", mark: "seed",
      .flag(access(\.app.numberMatching))),
    Setting(
      "code.tries", "wrong codes of an app, a token or a pass until the sign-in is denied", mark: "ours",
      .count(1...10, unit: "", access(\.code.tries))),
    Setting(
      "page.timeout", "how long the page waits in all", mark: "ours",
      .length(.minutes(1) ... .minutes(60), unit: .minutes, access(\.page.timeout))),
    method("methods.call", "calls verify", \.methods.call),
    method("methods.text", "text messages verify", \.methods.text),
    method("methods.app", "app notifications verify", \.methods.app),
    method("methods.code", "codes of apps and tokens verify", \.methods.code),
    Setting(
      "methods.passkey", "security keys and passkeys verify", mark: "seed", .flag(access(\.methods.passkey))),
    Setting(
      "trustedIPs.ranges", "where nobody is asked; needs the licence p1", mark: "seed",
      .list(of: Sentence("IPv4 ranges, as in 203.0.113.0/24"), limit: Settings.TrustedIPs.maxRanges, ranges)),
    Setting(
      "trustedIPs.federatedIntranet", "federated users inside the corporate network are not asked", mark: "seed",
      .flag(access(\.trustedIPs.federatedIntranet))),
    Setting(
      "trustedIPs.policyServer", "the address of everyone who comes through the network policy server", mark: "seed",
      .text(takes: Sentence("none, or an address"), policyServer)),
    Setting(
      "conditionalAccess.requireMFA", "everyone is asked, whatever the per-user state", mark: "seed",
      .flag(access(\.conditionalAccess.requireMFA))),
    Setting(
      "conditionalAccess.skipTrusted", "trusted named locations are not asked", mark: "seed",
      .flag(access(\.conditionalAccess.skipTrusted))),
    Setting(
      "conditionalAccess.compliantDevice", "only compliant devices sign in", mark: "seed",
      .flag(access(\.conditionalAccess.compliantDevice))),
    Setting(
      "conditionalAccess.signInFrequency",
      "asks at every sign-in, and nothing is remembered; the hours are not counted, and 0 is off",
      mark: "seed",
      .count(0...8_760, unit: "hours", access(\.conditionalAccess.signInFrequency))),
    Setting(
      "remember.enabled", "people may tick \"don't ask again\"", mark: "seed", .flag(access(\.remember.enabled))),
    Setting(
      "remember.days", "how long a browser is remembered; 90 or more is advised", mark: "seed; range: known",
      .count(1...365, unit: "days", access(\.remember.days))),
    Setting(
      "appPasswords.allowed", "clients that know passwords only may use app passwords", mark: "seed",
      .flag(access(\.appPasswords.allowed))),
    Setting(
      "federation.keepSignedIn", "the federation service keeps people signed in", mark: "seed",
      .flag(access(\.federation.keepSignedIn))),
    Setting(
      "oath.shared", "a token that has a user and is given to another", mark: "seed",
      .choice(Settings.OATH.Shared.allCases.map(\.rawValue), choice(\.oath.shared))),
    Setting(
      "registration.required", "methods a user must have registered to sign in; 0 asks for none", mark: "seed",
      .count(0...5, unit: "methods", access(\.registration.required))),
    Setting(
      "sspr.enabled", "people may reset their password by themselves", mark: "seed", .flag(access(\.sspr.enabled))),
    Setting(
      "sspr.gates", "different methods to verify before a reset", mark: "seed",
      .count(1...2, unit: "methods", access(\.sspr.gates))),
    Setting(
      "sspr.window", "how long a method verified for a reset holds", mark: "ours",
      .length(.minutes(1) ... .minutes(60), unit: .minutes, access(\.sspr.window))),
    Setting("pass.enabled", "admins may issue temporary access passes", mark: "known", .flag(access(\.pass.enabled))),
    Setting(
      "pass.lifetime", "how long a pass holds unless told", mark: "known",
      .count(Pass.minutes, unit: "minutes", access(\.pass.lifetimeMinutes))),
    Setting(
      "pass.length", "characters of a pass", mark: "known",
      .count(Pass.lengths, unit: "characters", access(\.pass.length))),
    Setting("pass.once", "a pass is good for a single sign-in", mark: "known", .flag(access(\.pass.once))),
  ]

  /// The legacy policies that hold these switches are closed.
  private static func method(
    _ name: String, _ meaning: String, _ path: any WritableKeyPath<Settings, Bool> & Sendable
  ) -> Setting {
    Setting(name, meaning, mark: "seed", retired: "2025-09-30", .flag(access(path)))
  }

  private static let mails = ListReading {
    $0.fraudAlert.notify.map(\.text)
  } write: { settings, texts in
    var addresses: [MailAddress] = []
    for text in texts {
      guard let address = MailAddress(text) else { return Sentence("\"\(text)\" is no mail address") }
      if !addresses.contains(address) { addresses.append(address) }
    }
    settings.fraudAlert.notify = addresses
    return nil
  }

  private static let ranges = ListReading {
    $0.trustedIPs.ranges.map(\.description)
  } write: { settings, texts in
    var ranges: [IPRange] = []
    for text in texts {
      do throws(IPRange.Mistake) {
        let range = try IPRange(text)
        guard range.base.family == .v4 else { return Sentence("\"\(text)\" is IPv6, which named locations take") }
        ranges.append(range)
      } catch {
        return Sentence("\"\(text)\" \(error.said)")
      }
    }
    settings.trustedIPs.ranges = ranges
    return nil
  }

  private static let scope = Reading {
    switch $0.reportActivity.scope {
    case .all: "all"
    case .group(let name): name
    }
  } write: { settings, text in
    settings.reportActivity.scope = text == "all" ? .all : .group(text)
    return nil
  }

  private static let domain = Reading {
    $0.sms.domain?.text ?? "none"
  } write: { settings, text in
    guard text != "none" else {
      settings.sms.domain = nil
      return nil
    }
    guard let domain = WebDomain(text) else { return Sentence("a domain has letters, digits, hyphens and dots") }
    settings.sms.domain = domain
    return nil
  }

  private static let policyServer = Reading {
    $0.trustedIPs.policyServer?.description ?? "none"
  } write: { settings, text in
    guard text != "none" else {
      settings.trustedIPs.policyServer = nil
      return nil
    }
    guard let address = IPAddress(text) else { return Sentence("this is no address") }
    settings.trustedIPs.policyServer = address
    return nil
  }

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
