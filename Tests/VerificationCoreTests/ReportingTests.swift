import Testing
import VerificationCore

/// How a report of fraud is begun and ended, and under which settings.
struct ReportCase: Sendable, CustomTestStringConvertible {
  enum Scope: CaseIterable { case all, inGroup, notInGroup }
  enum Ending: CaseIterable { case confirmed, hungUp, ended }

  var alert: Bool
  var block: Bool
  var activity: Settings.ReportActivity.State
  var scope: Scope
  var isPasswordless: Bool
  var ending: Ending

  static let all: [ReportCase] = [true, false].flatMap { alert in
    [true, false].flatMap { block in
      Settings.ReportActivity.State.allCases.flatMap { activity in
        Scope.allCases.flatMap { scope in
          [true, false].flatMap { isPasswordless in
            Ending.allCases.map { ending in
              ReportCase(
                alert: alert, block: block, activity: activity, scope: scope, isPasswordless: isPasswordless,
                ending: ending)
            }
          }
        }
      }
    }
  }

  var testDescription: String {
    "alert \(alert), block \(block), activity \(activity), \(scope), passwordless \(isPasswordless), \(ending)"
  }

  // What the rules say.
  var isInScope: Bool { activity == .enabled && scope != .notInGroup }
  var isOn: Bool { alert || isInScope }
  var asksForBlock: Bool { alert && block }
  var setsRisk: Bool { isInScope && !isPasswordless }
  var mails: [String] { alert ? ["it@larkspur.example", "sec@larkspur.example"] : [] }

  func audits(blocked: Bool) -> [String] {
    let alerted = blocked ? "Fraud reported - user is blocked for MFA" : "Fraud reported - no action taken"
    return ((alert ? [alerted] : []) + (isInScope ? ["Suspicious activity reported"] : [])).sorted()
  }

  func bench() throws -> Bench {
    let notify = ["sec@larkspur.example", "it@larkspur.example"].compactMap { MailAddress($0) }
    return try Bench {
      $0.fraudAlert.enabled = alert
      $0.fraudAlert.block = block
      $0.fraudAlert.notify = notify
      $0.reportActivity.state = activity
      $0.reportActivity.scope = scope == .all ? .all : .group("Pilots")
    } user: {
      $0.groups = scope == .notInGroup ? ["Finance"] : ["Finance", "Pilots"]
    }
  }
}

@Suite("What a report of fraud does")
struct ReportingTests {
  @Test(
    "REPORT-1 to REPORT-5, REPORT-7, REPORT-8: by phone, under every setting and with every ending",
    arguments: ReportCase.all)
  func byPhone(row: ReportCase) throws {
    var bench = try row.bench()
    try bench.signIn(with: .call) { $0.isPasswordless = row.isPasswordless }
    bench.call(.answered)
    bench.press("0#")
    guard row.isOn else {
      #expect(bench.heard == [.greetingStandard, .authenticationDeniedRetry])
      #expect(bench.tenant.reports.isEmpty && bench.tenant.audits.isEmpty && bench.tenant.risks.isEmpty)
      return
    }
    #expect(bench.heard == [.fraudGreetingStandard, row.asksForBlock ? .fraudConfirmation : .fraudReported])
    #expect(bench.outcomes == [.fraudReported])
    switch row.ending {
    case .confirmed: bench.press("1")
    case .hungUp: bench.call(.remoteHungUp)
    case .ended: bench.finishPlaying()
    }
    let blocks = row.asksForBlock && row.ending == .confirmed
    #expect(bench.isBlocked == blocks)
    #expect(bench.isAtRisk == row.setsRisk)
    #expect(bench.audits.sorted() == row.audits(blocked: blocks))
    #expect(bench.tenant.mails.map(\.to.text).sorted() == row.mails)
    #expect(bench.outcomes == [.fraudReported])
    #expect(bench.tenant.reports.map(\.upn) == [bench.upn])
    if row.asksForBlock, row.ending != .hungUp { #expect(bench.heard.last == .fraudReported) }
  }

  @Test(
    "REPORT-9: in the app at once, without the 1; the rest is the same",
    arguments: ReportCase.all.filter { $0.ending == .confirmed })
  func inTheApp(row: ReportCase) throws {
    var bench = try row.bench()
    try bench.signIn(with: .app) { $0.isPasswordless = row.isPasswordless }
    bench.challenge(.device(.reported))
    #expect(bench.outcomes == [row.isOn ? .appReportedFraud : .appDeclined])
    #expect(bench.tenant.reports.isEmpty == !row.isOn)
    #expect(bench.isBlocked == row.asksForBlock)
    #expect(bench.isAtRisk == row.setsRisk)
    #expect(bench.audits.sorted() == row.audits(blocked: row.asksForBlock))
    #expect(bench.tenant.mails.map(\.to.text).sorted() == row.mails)
  }

  @Test("REPORT-2: fraudAlert.unconfirmed: block blocks without the 1", arguments: ReportCase.Ending.allCases)
  func unconfirmedBlocks(ending: ReportCase.Ending) throws {
    var bench = try Bench {
      $0.fraudAlert.enabled = true
      $0.fraudAlert.unconfirmed = .block
    }
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.press("0#")
    #expect(!bench.isBlocked)
    switch ending {
    case .confirmed: bench.press("1")
    case .hungUp: bench.call(.remoteHungUp)
    case .ended: bench.finishPlaying()
    }
    #expect(bench.isBlocked)
    #expect(bench.audits == ["Fraud reported - user is blocked for MFA"])
  }

  @Test("REPORT-2: a key that is not 1 confirms nothing, and the 1 after it does")
  func otherKey() throws {
    var bench = try Bench { $0.fraudAlert.enabled = true }
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.press("0#2#")
    #expect(!bench.isBlocked)
    #expect(bench.heard.last == .fraudConfirmation)
    bench.press("1")
    #expect(bench.isBlocked)
  }

  @Test("REPORT-4, REPORT-8: risk, mails and the record stand from the # on, the audit of the alert when it is settled")
  func fromThePound() throws {
    var bench = try ReportCase(
      alert: true, block: true, activity: .enabled, scope: .all, isPasswordless: false, ending: .confirmed
    ).bench()
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.press("0#")
    #expect(bench.isAtRisk && bench.tenant.mails.count == 2 && bench.outcomes == [.fraudReported])
    #expect(bench.audits == ["Suspicious activity reported"])
    bench.press("1")
    #expect(bench.audits == ["Suspicious activity reported", "Fraud reported - user is blocked for MFA"])
  }

  @Test("REPORT-8: the detection is userReportedSuspiciousActivity, high, by the end user; the mail names who reported")
  func detection() throws {
    var bench = try ReportCase(
      alert: true, block: false, activity: .enabled, scope: .all, isPasswordless: false, ending: .confirmed
    ).bench()
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.wait(.seconds(4))
    bench.press("0#")
    let risk = try #require(bench.tenant.risks.first)
    #expect(risk.kind.rawValue == "userReportedSuspiciousActivity")
    #expect(risk.kind.level == "high" && risk.kind.source == "end user")
    #expect(risk.state == .atRisk && risk.at == .virtualStart + .seconds(4))
    #expect(bench.tenant.mails.first?.subject == "Fraud reported by omar@larkspur.example")
    let record = try #require(bench.tenant.signIns.first)
    #expect(record.text == "MFA denied; fraud code entered" && record.errorCode == 500_121)
    #expect(record.number == "+XX XXXXXXXX23" && record.method == .call)
  }

  @Test("REPORT-7: block and risk are cleared each by itself")
  func bothToBeCleared() throws {
    var bench = try ReportCase(
      alert: true, block: true, activity: .enabled, scope: .all, isPasswordless: false, ending: .confirmed
    ).bench()
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.press("0#1")
    #expect(bench.isBlocked && bench.isAtRisk)
    try bench.administer(.unblock(bench.upn, reason: "Found"))
    #expect(!bench.isBlocked && bench.isAtRisk)
    try bench.administer(.block(bench.upn, reason: "Again"))
    try bench.administer(.dismissRisk(bench.upn))
    #expect(bench.isBlocked && !bench.isAtRisk)
  }

  @Test("REPORT-2, BLOCK-1: the block by a report says who and why", arguments: [Method.call, .app])
  func blockByReport(method: Method) throws {
    var bench = try Bench { $0.fraudAlert.enabled = true }
    try bench.signIn(with: method)
    bench.call(.answered)
    bench.press("0#1")
    bench.challenge(.device(.reported))
    let block = try #require(bench.tenant.block(of: bench.upn, at: bench.now))
    #expect(block.by == .user)
    #expect(block.reason == (method == .app ? "Reported fraud in the app" : "Reported fraud by phone"))
    #expect(block.until == bench.now + .days(90))
  }

  @Test("CALL-16: what a report does is settled when dialling; a change during the call counts from the next")
  func settingsWhenDialling() throws {
    var bench = try ReportCase(
      alert: true, block: false, activity: .enabled, scope: .all, isPasswordless: false, ending: .confirmed
    ).bench()
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.set {
      $0.fraudAlert.enabled = false
      $0.fraudAlert.notify = []
      $0.reportActivity.state = .disabled
    }
    bench.press("0#")
    #expect(bench.audits.sorted() == ["Fraud reported - no action taken", "Suspicious activity reported"])
    #expect(bench.isAtRisk)
    #expect(bench.tenant.mails.count == 2)
  }

  @Test(
    "REPORT-6: which code reports, in its four cases",
    arguments: [
      // In scope, a code of its own beside a greeting.
      CodeCase(inScope: true, own: "77", hasGreeting: true, alert: "0911", code: "77"),
      CodeCase(inScope: true, own: "77", hasGreeting: true, alert: nil, code: "77"),
      // In scope, but no greeting says it, or it is 0: fraud alert's, if set.
      CodeCase(inScope: true, own: "77", hasGreeting: false, alert: "0911", code: "0911"),
      CodeCase(inScope: true, own: "0", hasGreeting: true, alert: "0911", code: "0911"),
      // In scope, and none set.
      CodeCase(inScope: true, own: "77", hasGreeting: false, alert: nil, code: "0"),
      CodeCase(inScope: true, own: "77", hasGreeting: false, alert: "0", code: "0"),
      CodeCase(inScope: true, own: "0", hasGreeting: true, alert: nil, code: "0"),
      // Not in scope: fraud alert's.
      CodeCase(inScope: false, own: "77", hasGreeting: true, alert: "0911", code: "0911"),
      CodeCase(inScope: false, own: "77", hasGreeting: true, alert: "0", code: "0"),
    ])
  func code(row: CodeCase) throws {
    let bench = try row.bench()
    let user = try #require(bench.tenant.user(bench.upn))
    #expect(bench.tenant.reporting(of: user).code.description == row.code)
  }

  @Test("REPORT-6: the code of the case is the one that reports in a call, and no other")
  func codeInACall() throws {
    let row = CodeCase(inScope: true, own: "77", hasGreeting: true, alert: "0911", code: "77")
    var bench = try row.bench()
    try bench.signIn(with: .call)
    bench.call(.answered)
    bench.press("0911#")
    #expect(bench.tenant.reports.isEmpty)
    bench.press("77#")
    #expect(bench.outcomes == [.fraudReported])
  }

  @Test("REPORT-6: the code of a fraud alert that is off is not set (chosen)")
  func codeOfNothing() throws {
    var bench = try CodeCase(inScope: true, own: "0", hasGreeting: true, alert: "0911", code: "0").bench()
    bench.set { $0.fraudAlert.enabled = false }
    let user = try #require(bench.tenant.user(bench.upn))
    #expect(bench.tenant.reporting(of: user).code == .zero)
  }

  @Test("REPORT-5: managed is disabled, and is the default")
  func managed() throws {
    #expect(Settings().reportActivity.state == .managed)
    var bench = try Bench()
    try bench.signIn(with: .call)
    bench.call(.answered)
    #expect(bench.heard == [.greetingStandard])
  }
}

struct CodeCase: Sendable, CustomTestStringConvertible {
  var inScope: Bool
  var own: String
  var hasGreeting: Bool
  /// nil is a fraud alert that is off, and its code 0.
  var alert: String?
  var code: String

  var testDescription: String {
    "in scope \(inScope), own \(own), greeting \(hasGreeting), alert \(alert ?? "off"): \(code)"
  }

  func bench() throws -> Bench {
    let own = try #require(ReportCode(own))
    let alert = try alert.map { try #require(ReportCode($0)) }
    return try Bench {
      $0.fraudAlert.enabled = alert != nil
      $0.fraudAlert.block = false
      $0.fraudAlert.code = alert ?? .zero
      $0.reportActivity.state = inScope ? .enabled : .disabled
      $0.reportActivity.code = own
    } tenant: {
      guard hasGreeting else { return }
      $0.greetings = [CustomGreeting(message: .fraudGreetingStandard, language: .english, length: .seconds(9))]
    }
  }
}
