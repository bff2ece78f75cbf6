// Reporting of fraud: codes, scopes, who hears of it (REPORT-1, REPORT-5, REPORT-6, RISK-1).
extension Tenant {
  var reportingFindings: [TenantFinding] {
    codeFindings + scopeFindings
  }

  private var codeFindings: [TenantFinding] {
    let (alert, activity) = (settings.fraudAlert, settings.reportActivity)
    var findings: [TenantFinding] = []
    let activityIsOn = activity.state == .enabled
    if activityIsOn, activity.code != .zero, greetings.isEmpty {
      findings.append(
        TenantFinding(
          .codeIgnored, .setting("reportActivity.code"),
          "the code \(activity.code) of reportActivity counts only with a greeting of the tenant's own; \(alert.enabled ? alert.code : .zero) is used",
          remedy: "add greetings of your own that say the code, or set it to 0"))
    }
    if alert.enabled, activityIsOn, alert.code != activity.code {
      findings.append(
        TenantFinding(
          .codesDiffer, .setting("reportActivity.code"),
          "fraudAlert.code is \(alert.code) and reportActivity.code is \(activity.code): people hear one and try the other",
          remedy: "give both the same code"))
    }
    return findings + saidFindings
  }

  /// For each code in use: whether what plays says it. Our own greetings say 0.
  private var saidFindings: [TenantFinding] {
    var told: Set<String> = []
    return users.flatMap { user -> [TenantFinding] in
      let plan = reporting(of: user)
      guard plan.isOn, plan.code != .zero else { return [] }
      let message: MessageType = settings.pin.mode ? .fraudGreetingPIN : .fraudGreetingStandard
      let setting = plan.code == settings.fraudAlert.code ? "fraudAlert.code" : "reportActivity.code"
      let languages = greetingChoice.languages(signIn: [], stored: user.language)
      let played = greetingChoice.recording(for: message, languages: languages)
      guard told.insert("\(played.language) \(plan.code)").inserted else { return [] }
      guard played.source == .custom else {
        return [
          TenantFinding(
            .codeWithoutGreeting, .setting(setting),
            "the report code is \(plan.code), and \(user.upn) hears our \(message.rawValue) in \(played.language), which says 0",
            remedy:
              "add a \(message.rawValue) in \(languages.first ?? language) that says \(plan.code), or use the code 0")
        ]
      }
      guard let script = played.script, !script.says(plan.code),
        let index = greetings.lastIndex(where: { $0.message == message && $0.language == played.language })
      else { return [] }
      return [
        TenantFinding(
          .codeNotSaid, .greeting(index),
          "the script of this \(message.rawValue) does not have the report code \(plan.code)",
          remedy: "say the code in the greeting, and write it in digits in its script")
      ]
    }
  }

  private var scopeFindings: [TenantFinding] {
    let activity = settings.reportActivity
    var findings: [TenantFinding] = []
    if case .group(let name) = activity.scope, activity.state == .enabled,
      !users.contains(where: { $0.groups.contains(name) })
    {
      findings.append(
        TenantFinding(
          .scopeEmpty, .setting("reportActivity.scope"), "nobody is in the group \"\(name)\", so no report sets a risk",
          remedy: "put users into the group, or set the scope to all"))
    }
    if activity.state == .managed, activity != Settings.ReportActivity() {
      findings.append(
        TenantFinding(
          .managed, .setting(activity.scope != .all ? "reportActivity.scope" : "reportActivity.code"),
          "managed counts as disabled: no report sets a risk",
          remedy: "set reportActivity.state to enabled"))
    }
    if settings.fraudAlert.enabled, settings.fraudAlert.notify.isEmpty {
      findings.append(
        TenantFinding(
          .nobodyNotified, .setting("fraudAlert.enabled"), "no mail tells anybody of a report",
          remedy: "add addresses to fraudAlert.notify"))
    }
    return findings
  }

  var riskFindings: [TenantFinding] {
    let (policy, activity) = (settings.risk.policy, settings.reportActivity)
    if policy != .off, licence < .p2 {
      return [
        TenantFinding(
          .riskLicence, .setting("risk.policy"),
          "risk policies need the licence p2; with \(licence.rawValue) nothing happens",
          remedy: "remedy risks by hand: disable the account, force a password change, revoke sessions")
      ]
    }
    if policy == .off, activity.state == .enabled {
      return [
        TenantFinding(
          .riskWithoutPolicy, .setting("reportActivity.state"),
          "a report sets the user's risk to high, and no policy acts on it",
          remedy: licence >= .p2
            ? "set risk.policy to block or passwordChange"
            : "have somebody watch the risk detections: the licence p1 has no policies")
      ]
    }
    return []
  }
}

extension String {
  /// Whether the code stands in it as a number of its own: 10 does not say 1.
  fileprivate func says(_ code: ReportCode) -> Bool {
    split { !$0.isASCII || !$0.isWholeNumber }.contains { $0 == code.description }
  }
}
