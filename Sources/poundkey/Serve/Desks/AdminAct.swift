import Records
import Secrets
import VerificationCore

/// One thing that an admin does on a page: commands, and what comes with them.
struct AdminAct: Sendable {
  enum Command: Sendable {
    case people(TenantCommand)
    case setUp(SetupCommand)
    /// Whether it is the report code is seen where it is done.
    case setPIN(UPN, Passcode)
    case deletePIN(UPN)
    case tokens(TokenFileImport)
  }

  struct Step: Sendable {
    let command: Command
    /// What is kept of the secret that comes with it.
    var kept: String?
  }

  /// For the list of changes, as in `user add`.
  let what: String
  /// All of them are done, or none.
  private var steps: [Step]
  /// The secret itself, where it is one that was made up for this.
  var pass: PassText?
  /// A recording to be kept, by its name.
  var recording: (name: String, bytes: [UInt8])?

  init(_ what: String, _ command: TenantCommand) { (self.what, steps) = (what, [Step(command: .people(command))]) }

  init(_ what: String, _ command: SetupCommand) { (self.what, steps) = (what, [Step(command: .setUp(command))]) }

  init(_ what: String, _ tokens: TokenFileImport) { (self.what, steps) = (what, [Step(command: .tokens(tokens))]) }

  private init(_ what: String, step: Command) { (self.what, steps) = (what, [Step(command: step)]) }

  static func setPIN(_ upn: UPN, _ pin: Passcode) -> AdminAct { AdminAct("pin set", step: .setPIN(upn, pin)) }

  static func deletePIN(_ upn: UPN) -> AdminAct { AdminAct("pin delete", step: .deletePIN(upn)) }

  /// Done with what is before it.
  mutating func addPIN(_ upn: UPN, _ pin: Passcode) { steps.append(Step(command: .setPIN(upn, pin))) }

  /// Has this kept of the secret that comes with the last command.
  mutating func keep(_ kept: String) { steps[steps.count - 1].kept = kept }

  func perform(in change: Change) throws {
    for step in steps {
      switch step.command {
      case .people(let command): try change.perform(command, keeping: step.kept)
      case .setUp(let command): try change.perform(command, keeping: step.kept)
      case .setPIN(let upn, let pin):
        try change.perform(Self.setting(pin, of: upn, in: try change.holding().tenant), keeping: step.kept)
      case .deletePIN(let upn):
        try change.perform(SetupCommand.deletePIN(upn, isThere: try change.holding().pins[upn] != nil))
      case .tokens(let file):
        let tenant = try change.holding().tenant
        try file.take(into: tenant, by: change.admin, at: change.at) { try change.record($0, keeping: $1) }
      }
    }
    if let recording { try change.keep(greeting: recording.name, recording.bytes) }
  }

  private static func setting(_ pin: Passcode, of upn: UPN, in tenant: Tenant) -> SetupCommand {
    .setPIN(upn, isReportCode: tenant.user(upn).map { tenant.isReportCode(pin, of: $0) } ?? false)
  }

  /// Applies what it leads to, with what is kept of its secrets.
  ///
  /// - Parameter hasPIN: who has a PIN in this tenant.
  /// - Throws: `CommandRefusal`, `DeskRefusal`; what was applied until then is not taken back.
  func decide(
    in tenant: Tenant, hasPIN: (UPN) -> Bool, by admin: Admin, at now: Instant,
    _ apply: (TenantEvent, String?) -> Void
  ) throws {
    var tenant = tenant
    for step in steps {
      let events: [TenantEvent]
      switch step.command {
      case .people(let command): events = try tenant.decide(command, by: admin, at: now)
      case .setUp(let command): events = try tenant.decide(command, by: admin, at: now)
      case .setPIN(let upn, let pin):
        events = try tenant.decide(Self.setting(pin, of: upn, in: tenant), by: admin, at: now)
      case .deletePIN(let upn):
        events = try tenant.decide(SetupCommand.deletePIN(upn, isThere: hasPIN(upn)), by: admin, at: now)
      case .tokens(let file):
        try file.decide(in: tenant, by: admin, at: now, apply)
        events = []
      }
      for event in events {
        tenant.apply(event)
        apply(event, step.kept)
      }
    }
  }

  /// Whether the tenant's rules are against it.
  ///
  /// - Throws: `CommandRefusal`.
  func requireTaken(by holding: Holding, at now: Instant) throws {
    try decide(in: holding.tenant, hasPIN: { holding.pins[$0] != nil }, by: Admin(), at: now) { _, _ in }
  }
}
