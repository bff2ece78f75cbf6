import Console
import Foundation
import Records
import Reports
import Secrets
import VerificationCore

/// The people of a store.
struct StorePeople: PeopleDesk {
  private let store: DeskStore

  init(_ store: DeskStore) { self.store = store }

  func list(_ wanted: PeopleQuery) async throws -> PeopleList {
    try await store.read { store, now in
      let tenant = try store.holding().tenant
      let reported = try Reporters(in: store, at: now)
      let statuses = UserStatuses(tenant, at: now)
      let found = tenant.users.lazy.filter { wanted.mayMean($0) }.map { user in
        PeopleList.Entry(statuses.status(of: user), hasReported: reported.contains(user.upn))
      }.filter { wanted.means($0) }.sorted { $0.status.user.upn < $1.status.user.upn }
      let rest = found.drop { entry in wanted.after.map { entry.status.user.upn <= $0 } ?? false }
      return PeopleList(
        at: now, Array(rest.prefix(wanted.limit)), total: found.count, hasMore: rest.count > wanted.limit)
    }
  }

  func page(of upn: UPN) async throws -> [String: JSON] {
    try await store.read { store, now in try Self.page(of: upn, in: store, at: now) }
  }

  func add(_ person: NewPerson) async throws {
    try await store.perform { holding, now in try person.added(to: holding, at: now) }
  }

  func perform(_ act: PersonAct, on upn: UPN) async throws -> IssuedPass? {
    let done = try await store.perform { holding, now in try act.made(for: upn, in: holding, at: now) }
    guard let text = done.act.pass, let pass = done.change.after.tenant.passes[upn] else { return nil }
    return IssuedPass(text: text.revealed, until: pass.until, isOnce: pass.isOnce)
  }

  private static let shownSignIns = 10

  private static func page(of upn: UPN, in store: TenantStore, at now: Instant) throws -> [String: JSON] {
    let holding = try store.holding()
    guard let user = holding.tenant.user(upn) else { throw CommandRefusal.unknownUser(upn) }
    let status = UserStatuses(holding.tenant, at: now).status(of: user)
    var page = try JSON.members(of: UserPage(status, holding).jsonLine(at: now))
    // Those of the room: the user by `upn`, numbers masked.
    for name in ["user", "phones", "usable"] { page[name] = nil }
    page.merge(status.members(at: now)) { _, ours in ours }
    var signIns = LogQuery(.signIns)
    signIns.filter(.user, upn.text)
    signIns.last = shownSignIns
    var rows: [JSON] = []
    try store.entries(signIns) { entry in
      rows.append(.object(try JSON.members(of: LogText.json(LogItem(entry), of: .signins, sentences: true))))
    }
    page["signIns"] = .list(rows.reversed())
    return page
  }
}

extension JSON {
  /// The members of an object that is written already.
  static func members(of text: some Sequence<UInt8>) throws -> [String: JSON] {
    try JSONDecoder().decode([String: JSON].self, from: Data(text))
  }

  static func members(of text: String) throws -> [String: JSON] { try members(of: text.utf8) }
}

/// Who has reported a sign-in of late.
private struct Reporters {
  private var users: Set<UPN> = []
  /// As long as a block holds.
  private static let lately = Milliseconds.days(90)
  private static let most = 10_000

  init(in store: TenantStore, at now: Instant) throws {
    for outcome in [Outcome.fraudReported, .appReportedFraud] {
      var reports = LogQuery(.signIns)
      reports.filter(.outcome, outcome.rawValue)
      reports.since = now + (.zero - Self.lately)
      reports.last = Self.most
      try store.entries(reports) { entry in
        if case .signIn(let record) = entry.record { users.insert(record.upn) }
      }
    }
  }

  func contains(_ upn: UPN) -> Bool { users.contains(upn) }
}

extension PeopleQuery {
  fileprivate func mayMean(_ user: User) -> Bool {
    guard let search = search?.lowercased() else { return true }
    return user.upn.text.contains(search) || user.name.lowercased().contains(search)
  }

  fileprivate func means(_ entry: PeopleList.Entry) -> Bool {
    switch state {
    case nil: true
    case .blocked: entry.status.block != nil
    case .locked: entry.status.lockedUntil != nil
    case .risk: entry.status.isAtRisk
    case .reported: entry.hasReported
    case .disabled: !entry.status.user.isEnabled
    case .noMethod: !entry.status.canVerify
    }
  }
}

extension PersonAct {
  /// With what is kept of its secret, which takes a tenth of a second; so what is refused is refused before.
  fileprivate func made(for upn: UPN, in holding: Holding, at now: Instant) throws -> AdminAct {
    switch self {
    case .command(let command): return AdminAct(command.name, command)
    case .setPhone(let kind, let number): return AdminAct("phone set", .setPhone(upn, kind, number))
    case .deletePIN:
      return AdminAct.deletePIN(upn)
    case .setPIN(let pin):
      var act = AdminAct.setPIN(upn, pin)
      try act.requireTaken(by: holding, at: now)
      act.keep(try Hashing.hash(of: pin))
      return act
    case .issuePass(let minutes, let isOnce):
      var act = AdminAct("pass issue", TenantCommand.issuePass(upn, minutes: minutes, isOnce: isOnce))
      try act.requireTaken(by: holding, at: now)
      let length = holding.tenant.settings.pass.length
      let text = try Hashing.hashing { () throws(SecretsError) in try PassText.random(length: length) }
      act.keep(try Hashing.hashing { () throws(SecretsError) in try SecretHash(of: text).text })
      act.pass = text
      return act
    }
  }
}

/// Hashes of secrets, each of which takes a tenth of a second and some memory.
private enum Hashing {
  static func hash(of pin: Passcode) throws(DeskRefusal) -> String {
    try hashing { () throws(SecretsError) in try SecretHash(of: pin).text }
  }

  static func hashing<Result>(_ work: () throws(SecretsError) -> Result) throws(DeskRefusal) -> Result {
    do throws(SecretsError) {
      return try work()
    } catch {
      throw DeskRefusal(.busy, "there is no memory to hash a secret in; nothing was changed", hint: "try again")
    }
  }
}

extension NewPerson {
  fileprivate func added(to holding: Holding, at now: Instant) throws -> AdminAct {
    var act = AdminAct("user add", SetupCommand.addUser(user))
    if let pin { act.addPIN(user.upn, pin) }
    try act.requireTaken(by: holding, at: now)
    if let pin { act.keep(try Hashing.hash(of: pin)) }
    return act
  }
}

extension TenantCommand {
  /// As the verb for it is called.
  fileprivate var name: String {
    switch self {
    case .block: "block"
    case .unblock: "unblock"
    case .unlock: "user unlock"
    case .setEnabled(_, let isEnabled): isEnabled ? "user enable" : "user disable"
    case .forcePasswordChange: "user force-password-change"
    case .revokeSessions: "user revoke-sessions"
    case .resetMethods: "user reset-methods"
    case .requireRegistration: "user require-registration"
    case .deletePhone: "phone delete"
    case .removeDevice: "user remove-device"
    case .dismissRisk: "risk dismiss"
    case .confirmSafe: "risk confirm-safe"
    case .confirmCompromised: "risk confirm-compromised"
    case .issuePass: "pass issue"
    case .deletePass: "pass delete"
    case .importTokens: "oath import"
    case .activateToken: "oath activate"
    case .deleteToken: "oath delete"
    case .addProvider, .registerPhone, .registerApp, .registerPasskey, .changePassword: "console"
    }
  }
}
