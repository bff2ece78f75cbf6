public import ArgumentParser
import Records
import Reports
public import VerificationCore

struct TenantSetVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change what a tenant is: name, type, deployment, licence, language.",
    discussion: """
      \(SetupCommand.changeOrganisation(OrganisationChange()).told)

      Examples:
        poundkey tenant set --licence p1 --tenant larkspur.poundkey
        poundkey tenant set --type federated --deployment onPremises --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Option(help: "The name of the organisation.")
  var name: String?

  @Option(help: ArgumentHelp("Where passwords are checked: managed or federated.", valueName: "type"))
  var type: Tenant.Federation?

  @Option(help: ArgumentHelp("cloud or onPremises, a server of one's own.", valueName: "deployment"))
  var deployment: Tenant.Deployment?

  @Option(help: ArgumentHelp("free, p1 or p2.", valueName: "licence"))
  var licence: Tenant.Licence?

  @Option(help: "For people who have no language of their own.")
  var language: Language?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if let name, name.allSatisfy(\.isWhitespace) { throw ValidationError("a tenant needs a name") }
    if name == nil, type == nil, deployment == nil, licence == nil, language == nil {
      throw ValidationError("nothing is to change: --name, --type, --deployment, --licence, --language")
    }
  }

  func run() throws {
    let change = OrganisationChange(
      name: name, federation: type, deployment: deployment, licence: licence, language: language)
    let (_, done) = try admin.setUp("tenant set") { try $0.perform(.changeOrganisation(change)) }
    let now = done.after.tenant.organisation
    done.tell(
      Done(
        what: "tenant set", upn: nil, text: "\(now.name): \(OrganisationText.words(now))",
        more: OrganisationText.members(now)), json: json)
  }
}

/// What a tenant says of itself.
enum OrganisationText {
  static func line(_ organisation: Organisation, style: Style) -> String {
    "\(style.bold(Printable.text(organisation.name)))  \(words(organisation))"
  }

  static func words(_ organisation: Organisation) -> String {
    let licence = organisation.licence == .free ? "no licence" : "licence \(organisation.licence.rawValue)"
    let deployment = organisation.deployment == .cloud ? "in the cloud" : "with an on-premises server"
    return "\(organisation.federation.rawValue), \(deployment), \(licence), language \(organisation.language)"
  }

  static func members(_ organisation: Organisation) -> [(key: String, value: JSONLine.Value)] {
    [
      ("tenant", .text(organisation.name)), ("type", .text(organisation.federation.rawValue)),
      ("deployment", .text(organisation.deployment.rawValue)), ("licence", .text(organisation.licence.rawValue)),
      ("language", .text(organisation.language.tag)),
    ]
  }
}

extension SetupCommand {
  /// For the help of a verb.
  var told: String { leastRoles.map(\.told).sorted().joined(separator: " ") }
}

extension Tenant.Federation: ExpressibleByArgument {}
extension Tenant.Deployment: ExpressibleByArgument {}
extension Tenant.Licence: ExpressibleByArgument {}
