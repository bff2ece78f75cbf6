import Testing
import VerificationCore

@Suite("Settings")
struct SettingsTests {
  @Test(
    "Each setting has its default",
    arguments: [
      ("call.ringTimeout", "60s"), ("call.answerGrace", "0s"), ("call.interDigit", "5s"), ("call.maxAttempts", "3"),
      ("call.limit", "300s"), ("call.maxPerWindow", "10"), ("call.window", "600s"), ("activation.oneStep", "false"),
      ("extension.operatorRequired", "false"), ("greeting.languageMatch", "parent"), ("pin.mode", "false"),
      ("lockout.denials", "5"), ("lockout.resetMinutes", "10"), ("lockout.unlockMinutes", "15"),
      ("fraudAlert.enabled", "false"), ("fraudAlert.block", "true"), ("fraudAlert.code", "0"),
      ("fraudAlert.unconfirmed", "reportOnly"), ("callerID.own", "none"), ("fraudAlert.notify", "none"),
      ("reportActivity.state", "managed"), ("reportActivity.scope", "all"), ("reportActivity.code", "0"),
      ("risk.policy", "off"), ("sms.lifetime", "300s"), ("sms.tries", "3"), ("sms.resendAfter", "30s"),
      ("sms.twoWay", "false"), ("sms.domain", "none"), ("app.timeout", "60s"), ("app.numberMatching", "true"),
      ("code.tries", "3"), ("page.timeout", "600s"), ("methods.call", "true"), ("methods.text", "true"),
      ("methods.app", "true"), ("methods.code", "true"), ("methods.passkey", "true"), ("trustedIPs.ranges", "none"),
      ("trustedIPs.federatedIntranet", "false"), ("trustedIPs.policyServer", "none"),
      ("conditionalAccess.requireMFA", "false"), ("conditionalAccess.skipTrusted", "false"),
      ("conditionalAccess.compliantDevice", "false"), ("conditionalAccess.signInFrequency", "0"),
      ("remember.enabled", "false"), ("remember.days", "90"), ("appPasswords.allowed", "true"),
      ("federation.keepSignedIn", "false"), ("oath.shared", "refuse"), ("registration.required", "0"),
      ("sspr.enabled", "false"), ("sspr.gates", "1"), ("sspr.window", "900s"), ("pass.enabled", "true"),
      ("pass.lifetime", "60"),
      ("pass.length", "8"), ("pass.once", "false"),
    ])
  func defaults(name: String, value: String) throws {
    #expect(try #require(Setting.named(name)).defaultValue == value)
  }

  @Test("The table above names every setting, and no name stands twice")
  func complete() {
    #expect(Setting.all.count == 58)
    #expect(Set(Setting.all.map(\.name)).count == 58)
  }

  @Test(
    "What a setting takes is what it then says",
    arguments: [
      ("call.ringTimeout", "30", "30s"), ("call.window", "5m", "300s"), ("fraudAlert.code", "0911", "0911"),
      ("fraudAlert.enabled", "yes", "true"), ("greeting.languageMatch", "exact", "exact"),
      ("lockout.denials", "0", "0"),
      ("callerID.own", "+1 8005550199", "+1 8005550199"), ("fraudAlert.unconfirmed", "block", "block"),
      ("fraudAlert.notify", "Sec@Larkspur.example, it@larkspur.example", "sec@larkspur.example, it@larkspur.example"),
      ("reportActivity.state", "enabled", "enabled"), ("reportActivity.scope", "Pilots", "Pilots"),
      ("risk.policy", "passwordChange", "passwordChange"),
      ("sms.domain", "login.larkspur.example", "login.larkspur.example"),
      ("trustedIPs.ranges", "203.0.113.0/24,198.51.100.7/32", "203.0.113.0/24, 198.51.100.7/32"),
      ("trustedIPs.policyServer", "198.51.100.9", "198.51.100.9"), ("remember.days", "365", "365"),
    ])
  func written(name: String, text: String, value: String) throws {
    let setting = try #require(Setting.named(name))
    var settings = Settings()
    try setting.set(text, in: &settings)
    #expect(setting.value(in: settings) == value)
    #expect(settings != Settings())
  }

  @Test(
    "What it does not take is refused with what it would",
    arguments: [
      ("call.ringTimeout", "4s", "it takes 5 s to 120 s; the default is 60s"),
      ("call.maxAttempts", "0", "it takes 1 to 10; the default is 3"),
      ("pin.mode", "maybe", "it takes true or false; the default is false"),
      ("fraudAlert.code", "12345", "it takes 1 to 4 digits; the default is 0"),
      ("greeting.languageMatch", "near", "it takes parent or exact; the default is parent"),
      ("callerID.own", "+1 4165550123", "it takes a US number, +1 and the number; the default is none"),
      ("lockout.resetMinutes", "0", "it takes 1 to 1440 minutes; the default is 10"),
      ("remember.days", "366", "it takes 1 to 365 days; the default is 90"),
      ("pass.lifetime", "9", "it takes 10 to 43200 minutes; the default is 60"),
      ("pass.length", "49", "it takes 8 to 48 characters; the default is 8"),
    ])
  func refused(name: String, text: String, hint: String) throws {
    let setting = try #require(Setting.named(name))
    var settings = Settings()
    let wrong = #expect(throws: Setting.WrongValue.self) { try setting.set(text, in: &settings) }
    #expect(wrong?.message == "\(name) cannot be \"\(text)\"")
    #expect(wrong?.hint == hint)
    #expect(settings == Settings())
  }
}

@Suite("The rulebook")
struct RulebookTests {
  @Test(
    "Every id stands once, families have as many rules as the rulebook",
    arguments: [
      ("CALL", 19), ("EXT", 4), ("MSG", 7), ("LOCK", 3), ("SMS", 6), ("REPORT", 9), ("RISK", 1), ("BLOCK", 1),
      ("NUM", 5),
      ("TEN", 11), ("SIGN", 2), ("REC", 5),
    ])
  func families(family: String, count: Int) {
    #expect(Rule.all.filter { $0.family == family }.map(\.id) == (1...count).map { "\(family)-\($0)" })
  }

  @Test("Every rule says where it comes from")
  func marks() {
    #expect(Rule.all.count == 73)
    #expect(Rule.all.allSatisfy { rule in ["seed", "known", "ours"].contains { rule.mark.contains($0) } })
  }
}
