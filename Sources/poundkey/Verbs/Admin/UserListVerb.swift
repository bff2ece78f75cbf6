import ArgumentParser
import Records
import Reports
import VerificationCore

struct UserListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the users of a tenant, with what each can verify by now.",
    discussion: """
      Of several conditions all must hold. \(Role.globalReader.told)

      Examples:
        poundkey user list --blocked
        poundkey user list --group Finance --without-methods --json

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @OptionGroup(title: "Which") var filter: UserFilter

  @Flag(help: "One JSON object a user, one a line, with all that poundkey user show tells.")
  var json = false

  func run() throws {
    let (holding, now) = (try admin.holding(), admin.store.now)
    let statuses = UserStatuses(holding.tenant, at: now)
    let chosen = holding.tenant.users.map(statuses.status).filter {
      filter.passes($0, hasPIN: holding.pins[$0.user.upn] != nil)
    }
    if json { return Output.lines(chosen.map { UserPage($0, holding).jsonLine(at: now) }) }
    guard !chosen.isEmpty else {
      return Output.line(holding.tenant.users.isEmpty ? "the tenant has no users" : "no user is like that")
    }
    var table = Reports.Table(["user", "name", "state", "methods; and what else is so"])
    for status in chosen { table.add(row(status)) }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }

  private func row(_ status: UserStatus) -> [String] {
    let user = status.user
    let methods = status.usable.map(\.rawValue).joined(separator: " ")
    return [
      Printable.text(user.upn.text), Printable.text(user.name), user.requirement.rawValue,
      ([methods] + status.marks).filter { !$0.isEmpty }.joined(separator: "; "),
    ]
  }
}

struct UserShowVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show all that is known of a user: numbers, methods, pass, block, risk.",
    discussion: """
      Numbers stand in full, as on the user's own page; a PIN, a pass or the key of a token never does. \
      \(Role.globalReader.told)

      Example: poundkey user show helga@larkspur.example

      Exit codes: 0 good, 2 usage or no such user, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let (holding, now) = (try person.admin.holding(), person.admin.store.now)
    let user = try holding.tenant.user(named: person.user.text)
    let page = UserPage(UserStatuses(holding.tenant, at: now).status(of: user), holding)
    if person.json { return Output.line(page.jsonLine(at: now)) }
    Output.lines(page.lines(at: now, style: Output.style, width: Output.width))
  }
}

extension UserPage {
  init(_ status: UserStatus, _ holding: Holding) {
    let pin: PIN =
      switch holding.pins[status.user.upn] {
      case nil: .none
      case .some(nil): .leftBehind
      case .some(.some): .set
      }
    let keyed = status.tokens.filter { holding.keys[Holding.TokenID($0)] != nil }.map(\.serial)
    self.init(status, pin: pin, keyedTokens: Set(keyed))
  }
}
