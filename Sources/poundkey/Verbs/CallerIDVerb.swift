import ArgumentParser
import Reports
import ScenarioModel
import VerificationCore

struct CallerIDVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "caller-id", abstract: "List the numbers that calls come from, and export them for spam filters.",
    discussion: "Example: poundkey caller-id list",
    subcommands: [CallerIDListVerb.self, CallerIDSetVerb.self, CallerIDExportVerb.self])
}

struct CallerIDListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the numbers that calls come from, by the country of the person called.",
    discussion: """
      Where several numbers stand, any of them may call. Never infer a country from a caller ID: several countries are \
      called from abroad. A network may change or hide the number.

      Examples:
        poundkey caller-id list
        poundkey caller-id list --tenant my.yaml --json

      Exit codes: 0 good, 2 a path does not exist, 3 the tenant file is invalid.
      """)

  @OptionGroup var tenant: NamedTenantOption

  @Flag(help: "One JSON object a country, one a line.")
  var json = false

  func run() throws {
    let list = try AllowList.of(tenant)
    if json { return Output.lines(list.entries.map(\.jsonLine)) }
    var table = Table(["country", "name", "called at", "called from"])
    for entry in list.entries {
      for (index, number) in entry.numbers.enumerated() {
        let left = [entry.country ?? "-", entry.name, entry.callingCode.map { "+\($0)" } ?? "-"]
        table.add((index == 0 ? left : ["", "", ""]) + [number])
      }
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }
}

struct CallerIDExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the numbers as an allow list for spam filters and address books.",
    discussion: """
      csv is RFC 4180 with the columns country, name, number, for filters. vcard is vCard 4.0: one contact with all \
      numbers, for telephones. Numbers are written as +18553308653.

      Examples:
        poundkey caller-id export --format csv --output allow.csv
        poundkey caller-id export --format vcard --output sign-in-calls.vcf --tenant my.yaml

      Exit codes: 0 written, 2 a path does not exist, 3 the tenant file is invalid, 4 the file cannot be written.
      """)

  @Option(help: "csv or vcard.")
  var format: AllowListFormat

  @Option(help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "-"

  @OptionGroup var tenant: NamedTenantOption

  func run() throws {
    let list = try AllowList.of(tenant)
    switch format {
    case .csv: try WrittenFile.replace(output, with: list.csv)
    case .vcard: try WrittenFile.replace(output, with: list.vCard)
    }
  }
}

enum AllowListFormat: String, ExpressibleByArgument, CaseIterable {
  case csv
  case vcard
}

extension AllowList {
  /// Where the tenant has a number of its own, it stands in place of all.
  fileprivate static func of(_ option: NamedTenantOption) throws(Failure) -> AllowList {
    guard let tenant = try option.read() else { return AllowList() }
    return AllowList(organisation: tenant.name, own: tenant.settings.callerID.own)
  }
}
