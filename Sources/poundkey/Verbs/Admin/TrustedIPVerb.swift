import ArgumentParser
import Records
import Reports
import VerificationCore

struct TrustedIPVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trusted-ip", abstract: "Say where nobody is asked: trusted ranges of addresses.",
    discussion: "Example: poundkey trusted-ip add 203.0.113.0/24 --tenant larkspur.poundkey",
    subcommands: [TrustedIPAddVerb.self, TrustedIPDeleteVerb.self, TrustedIPListVerb.self, TrustedIPSetVerb.self])

  static let setting = "trustedIPs.ranges"
}

struct TrustedIPAddVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Trust ranges: all of them or none.",
    discussion: """
      At most \(Settings.TrustedIPs.maxRanges) ranges of IPv4 addresses; named locations take IPv6. They need the \
      licence p1, and private ones a server of one's own. \(Setting.leastRole(ofSetting: TrustedIPVerb.setting).told)

      Example: poundkey trusted-ip add 203.0.113.0/24 198.51.100.0/25 --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Ranges in CIDR notation, as in 203.0.113.0/24.", valueName: "range"))
  var ranges: [String]

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try SettingEntries(setting: TrustedIPVerb.setting, admin: admin, json: json).add(ranges, as: "trusted-ip add")
  }
}

struct TrustedIPDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Trust ranges no more: all of them or none.",
    discussion: """
      \(Setting.leastRole(ofSetting: TrustedIPVerb.setting).told)

      Example: poundkey trusted-ip delete 203.0.113.0/24 --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or not there, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Ranges in CIDR notation, as in 203.0.113.0/24.", valueName: "range"))
  var ranges: [String]

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try SettingEntries(setting: TrustedIPVerb.setting, admin: admin, json: json).delete(ranges, as: "trusted-ip delete")
  }
}

struct TrustedIPListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the trusted ranges, and which of them count.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey trusted-ip list --tenant larkspur.poundkey

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object a range, one a line.")
  var json = false

  func run() throws {
    let tenant = try admin.holding().tenant
    let ranges = tenant.settings.trustedIPs.ranges
    if json { return Output.lines(ranges.map { line($0, tenant) }) }
    guard !ranges.isEmpty else { return Output.line("no range is trusted") }
    var table = Reports.Table(["range", "addresses", "counts"])
    for range in ranges {
      table.add([range.description, "\(addresses(range))", why(range, tenant).map { "no: \($0)" } ?? "yes"])
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }

  private func addresses(_ range: IPRange) -> Int64 { 1 << Int64(range.base.family.width - range.prefix) }

  /// Why sign-ins from there are asked all the same.
  private func why(_ range: IPRange, _ tenant: Tenant) -> String? {
    if tenant.licence < .p1 { return "the tenant has no licence p1" }
    if tenant.deployment == .cloud, range.isPrivate { return "it is private, and the tenant has no server of its own" }
    return nil
  }

  private func line(_ range: IPRange, _ tenant: Tenant) -> String {
    let why = why(range, tenant)
    return JSONLine([
      ("range", .text(range.description)), ("addresses", .number(addresses(range))),
      ("private", .flag(range.isPrivate)),
      ("counts", .flag(why == nil)), ("why", why.map { .text($0) } ?? .null),
    ]).text
  }
}

struct TrustedIPSetVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Show or change who else is not asked: by the federation's claim, through the policy server.",
    discussion: """
      Without options it shows how it stands. Least role: globalReader to see, \
      \(Setting.leastRole(ofSetting: TrustedIPVerb.setting).rawValue) to change.

      Examples:
        poundkey trusted-ip set --federated-intranet on --tenant larkspur.poundkey
        poundkey trusted-ip set --policy-server 203.0.113.20 --tenant larkspur.poundkey

      Exit codes: 0 good, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Option(
    help: ArgumentHelp("Federated users inside the corporate network are not asked: on or off.", valueName: "on|off"))
  var federatedIntranet: String?

  @Option(
    help: ArgumentHelp("The address of everyone who comes through the policy server, or none.", valueName: "address"))
  var policyServer: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; without changes one a setting, one a line.")
  var json = false

  func run() async throws {
    let names = ["trustedIPs.federatedIntranet", "trustedIPs.policyServer"]
    try await SettingGroup(what: "trusted-ip set", names: names, admin: admin, json: json).run([
      .of(names[0], federatedIntranet), .of(names[1], policyServer),
    ])
  }
}
