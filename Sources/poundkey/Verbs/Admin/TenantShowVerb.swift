import ArgumentParser
import Records
import Reports
import VerificationCore

struct TenantShowVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a tenant store holds: organisation, settings, counts.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey tenant show --tenant larkspur.poundkey

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let holding = try admin.holding()
    let counts = TenantCounts(holding, at: admin.store.now)
    if json { return Output.line(line(holding.tenant, counts)) }
    Output.line(OrganisationText.line(holding.tenant.organisation, style: Output.style))
    let width = counts.all.map(\.name.count).max() ?? 0
    for row in counts.all {
      Output.line("  \(row.name)\(String(repeating: " ", count: width - row.name.count))  \(row.count)")
    }
    show(holding.tenant.settingChanges)
  }

  private func show(_ changes: [SettingChange]) {
    Output.line(changes.isEmpty ? "every setting is the default" : "settings that are not the default:")
    let width = changes.map(\.name.count).max() ?? 0
    for change in changes {
      let value = Wrapping.wrap(Printable.text(change.value), width: Output.width - width - 4)
      let indent = String(repeating: " ", count: width + 4)
      let name = "  \(change.name)\(String(repeating: " ", count: width - change.name.count))  "
      Output.lines(value.enumerated().map { ($0 == 0 ? name : indent) + $1 })
    }
  }

  private func line(_ tenant: Tenant, _ counts: TenantCounts) -> String {
    let settings = tenant.settingChanges.map { (key: $0.name, value: JSONLine.Value.text($0.value)) }
    let counted = counts.all.map { (key: $0.key, value: JSONLine.Value.number(Int64($0.count))) }
    return JSONLine(
      OrganisationText.members(tenant.organisation) + counted + [("settings", .object(JSONLine(settings)))]
    ).text
  }
}

/// How much there is of what in a store.
private struct TenantCounts {
  let all: [(name: String, key: String, count: Int)]

  init(_ holding: Holding, at now: Instant) {
    let tenant = holding.tenant
    let blocked = tenant.blocks(at: now)
    let atRisk = Set(tenant.risks.filter { $0.state == .atRisk }.map(\.upn))
    all = [
      ("users", "users", tenant.users.count),
      ("accounts disabled", "disabled", tenant.users.count { !$0.isEnabled }),
      ("guests", "guests", tenant.users.count(where: \.isGuest)),
      ("blocked", "blocked", blocked.count),
      ("locked out", "lockedOut", tenant.lockouts.keys.count { tenant.locked($0, at: now) != nil }),
      ("at risk", "atRisk", atRisk.count),
      ("PINs", "pins", holding.pins.count),
      ("passes", "passes", tenant.passes.values.count { $0.standing(at: now) == .valid }),
      ("tokens", "tokens", tenant.tokens.count),
      ("greetings", "greetings", tenant.greetings.count),
      ("locations", "locations", tenant.locations.count),
    ]
  }
}
