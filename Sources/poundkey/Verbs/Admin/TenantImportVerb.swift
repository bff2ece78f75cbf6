import ArgumentParser
import Records
import Reports
import VerificationCore

struct TenantImportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Put the tenant of a file in place of the one in a store.",
    discussion: """
      The file is a tenant file, as tenant export writes it or by hand. All of it goes in, or nothing; what the logs hold \
      stays. Recordings are checked first, and kept in the store. A PIN that the file only calls kept, a pass, and the key \
      of a token that has none in the file stay as the store has them; what neither has is told. \
      \(Role.globalAdministrator.told)

      Example: poundkey tenant import larkspur.yaml --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 the file is invalid, or no tenant store, 4 a file cannot be read or written.
      """)

  @Argument(help: "A tenant file.")
  var file: String

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let path = try admin.store.named()
    let now = admin.store.now
    let taken = try TakenTenant(path: file, at: now)
    let missing = try admin.change("tenant import") { change in
      guard change.admin.role.mayAct(as: .globalAdministrator) else {
        throw CommandRefusal.roleMissing(needed: .globalAdministrator)
      }
      let missing = try taken.put(into: change, of: path) { try KeyFile.read(for: path) }
      let who = AuditRecord.Actor.admin(change.admin.upn, change.admin.role)
      try change.record(
        .audited(AuditRecord(at: now, activity: .tenantImported, upn: nil, reason: taken.tenant.name, by: who)))
      return missing
    }
    missing.tell()
    let tenant = taken.tenant
    let (users, tokens, greetings) = (tenant.users.count, tenant.tokens.count, tenant.greetings.count)
    Done(
      what: "tenant import", upn: nil,
      text: "\(path) holds \(tenant.name) now: users \(users), tokens \(tokens), greetings \(greetings)",
      more: [
        ("tenant", .text(tenant.name)), ("users", .number(Int64(users))), ("tokens", .number(Int64(tokens))),
        ("greetings", .number(Int64(greetings))), ("pinsMissing", .list(missing.pins.map { .text($0.text) })),
        ("passesMissing", .list(missing.passes.map { .text($0.text) })),
        ("keysMissing", .list(missing.keys.map { .text($0) })),
      ]
    ).tell(json: json, at: now)
  }
}
