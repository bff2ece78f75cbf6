/// What a report of fraud by one user does (REPORT-1 to REPORT-7), as it is when the verification begins (CALL-16).
public struct ReportingPlan: Hashable, Sendable {
  /// Fraud alert: mail, audit, and with `blocks` the block list.
  public let alerts: Bool
  /// Who gets a mail of it: fraud alert's list.
  public let notify: [MailAddress]
  /// Report suspicious activity: audit, and high risk where `raisesRisk`.
  public let reportsActivity: Bool
  public let raisesRisk: Bool
  /// A confirmed report puts the user on the block list.
  public let blocks: Bool
  /// So does one whose `1` never came.
  public let blocksUnconfirmed: Bool
  public let code: ReportCode

  public var isOn: Bool { alerts || reportsActivity }

  /// What the report code and `#` do in a call.
  public var inCall: CallPolicy.Reporting {
    guard isOn else { return .off }
    return blocks ? .confirmingBlock(blocksUnconfirmed: blocksUnconfirmed) : .atOnce
  }
}

extension Tenant {
  /// - Parameter isPasswordless: a report then leaves the risk alone (REPORT-5).
  public func reporting(of user: User, isPasswordless: Bool = false) -> ReportingPlan {
    let (alert, activity) = (settings.fraudAlert, settings.reportActivity)
    let isInScope = activity.covers(user)
    return ReportingPlan(
      alerts: alert.enabled, notify: alert.enabled ? alert.notify : [], reportsActivity: isInScope,
      raisesRisk: isInScope && !isPasswordless, blocks: alert.enabled && alert.block,
      blocksUnconfirmed: alert.unconfirmed == .block, code: reportCode(inScope: isInScope))
  }

  /// Whether this PIN would report fraud instead of approving (CALL-9).
  public func isReportCode(_ pin: Passcode, of user: User) -> Bool { pin.equals(reporting(of: user).code) }

  /// The four cases of REPORT-6.
  private func reportCode(inScope: Bool) -> ReportCode {
    let (alert, activity) = (settings.fraudAlert, settings.reportActivity)
    // A code of one's own counts only beside a greeting that can say it.
    if inScope, activity.code != .zero, !greetings.isEmpty { return activity.code }
    return inScope && !alert.enabled ? .zero : alert.code
  }
}

extension Settings.ReportActivity {
  /// Whether reports of this user count. `managed` is off, as long as nobody says otherwise.
  public func covers(_ user: User) -> Bool {
    guard state == .enabled else { return false }
    return scope == .all || user.groups.contains { .group($0) == scope }
  }
}
