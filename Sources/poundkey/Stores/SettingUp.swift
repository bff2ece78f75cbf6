import Records
import Reports
import ScenarioModel
import VerificationCore

extension AdminOptions {
  /// Changes how the tenant is set up: all of it or nothing.
  ///
  /// - Throws: as `change` does; a name that is not there with the one that was probably meant.
  func setUp<Result>(_ what: String, _ work: (Change) throws -> Result) throws -> (result: Result, SettingUp) {
    try change(what) { change in
      let before = try change.holding()
      do {
        let result = try work(change)
        return (result, SettingUp(before: before, after: try change.holding(), now: store.now))
      } catch let refusal as CommandRefusal {
        throw Failure(refusal, in: before.tenant)
      }
    }
  }
}

/// A tenant before and after it was set up otherwise, and how that is told.
struct SettingUp: Sendable {
  let before: Holding
  let after: Holding
  let now: Instant

  /// What the configuration check finds of it.
  var findings: [TenantFinding] {
    after.tenant.findings(
      notIn: before.tenant, at: now, hadPIN: { before.pins.keys.contains($0) },
      hasPIN: { after.pins.keys.contains($0) })
  }

  /// Says what was done on standard output, and what is to be minded about it on standard error.
  ///
  /// - Parameters:
  ///   - lines: what stands below it, for people.
  ///   - warnings: what else is to be minded.
  func tell(_ done: Done, lines: [String] = [], warnings: [String] = [], json: Bool) {
    let findings = self.findings
    var done = done
    done.more.append(("warnings", .list(warnings.map { .text($0) })))
    done.more.append(("findings", .list(findings.map { .object(Self.member($0)) })))
    done.tell(json: json, at: now)
    if !json { Output.lines(lines) }
    for warning in warnings { Self.warn(warning) }
    for finding in findings.prefix(Self.shown) { Self.warn(finding) }
    if findings.count > Self.shown {
      Output.error("and \(findings.count - Self.shown) more; \(Output.program) tenant lint tells them all")
    }
  }

  /// A method that is switched off may concern every user.
  private static let shown = 20

  private static func warn(_ text: String) {
    Output.error("\(Output.errorStyle.yellow("warning:")) \(Printable.text(text))")
  }

  /// It was done all the same, so an error of the check is a warning here.
  private static func warn(_ finding: TenantFinding) {
    let style = Output.errorStyle
    let mark =
      switch finding.severity {
      case .error, .warning: style.yellow("warning[\(finding.id.rawValue)]:")
      case .note: style.blue("note[\(finding.id.rawValue)]:")
      }
    Output.error("\(mark) \(Printable.text(finding.message))\n  → \(Printable.text(finding.remedy))")
  }

  private static func member(_ finding: TenantFinding) -> JSONLine {
    JSONLine([
      ("id", .text(finding.id.rawValue)), ("severity", .text(finding.severity.rawValue)),
      ("message", .text(finding.message)), ("remedy", .text(finding.remedy)),
    ])
  }
}

extension Failure {
  /// A refusal for a name that is not there, with the one that was probably meant.
  init(_ refusal: CommandRefusal, in tenant: Tenant) {
    if case .unknownUser(let upn) = refusal {
      self = .unknownUser(upn.text, in: tenant)
      return
    }
    let plain = Failure(refusal)
    guard let hint = refusal.hint(in: tenant), let message = plain.message else {
      self = plain
      return
    }
    self.init(plain.code, "\(message); \(Printable.text(hint))")
  }
}

extension CommandRefusal {
  fileprivate func hint(in tenant: Tenant) -> String? {
    switch self {
    case .noSuchSetting(let name):
      Suggestion.closest(to: name, among: Setting.all.map(\.name)).map { "did you mean \"\($0)\"?" }
        ?? "\(Output.program) settings lists them"
    case .noSuchEntry(let setting, let entry):
      Self.hint(entry, Setting.named(setting)?.entries(in: tenant.settings) ?? [])
    case .noSuchLocation(let name): Self.hint(name, tenant.locations.map(\.name))
    case .noSuchGreeting(let message, let language):
      Self.hint(
        "\(message.rawValue) \(language)", tenant.greetings.map { "\($0.message.rawValue) \($0.language)" })
    default: nil
    }
  }

  private static func hint(_ name: String, _ names: [String]) -> String {
    names.isEmpty ? "it has none" : Suggestion.hint(for: name, among: names, what: "there are")
  }
}
