import Records
import Secrets
import VerificationCore

/// One thing that an admin does on a page: commands, and what comes with them.
struct AdminAct: Sendable {
  enum Command: Sendable {
    case people(TenantCommand)
    case setUp(SetupCommand)
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

  /// Another command that is done with those before it.
  mutating func add(_ command: SetupCommand) { steps.append(Step(command: .setUp(command))) }

  /// Has this kept of the secret that comes with the last command.
  mutating func keep(_ kept: String) { steps[steps.count - 1].kept = kept }

  func perform(in change: Change) throws {
    for step in steps {
      switch step.command {
      case .people(let command): try change.perform(command, keeping: step.kept)
      case .setUp(let command): try change.perform(command, keeping: step.kept)
      case .tokens(let file):
        let tenant = try change.holding().tenant
        try file.take(into: tenant, by: change.admin, at: change.at) { try change.record($0, keeping: $1) }
      }
    }
    if let recording { try change.keep(greeting: recording.name, recording.bytes) }
  }

  /// Applies what it leads to, with what is kept of its secrets.
  ///
  /// - Throws: `CommandRefusal`, `DeskRefusal`; what was applied until then is not taken back.
  func decide(
    in tenant: Tenant, by admin: Admin, at now: Instant, _ apply: (TenantEvent, String?) -> Void
  ) throws {
    var tenant = tenant
    for step in steps {
      let events: [TenantEvent]
      switch step.command {
      case .people(let command): events = try tenant.decide(command, by: admin, at: now)
      case .setUp(let command): events = try tenant.decide(command, by: admin, at: now)
      case .tokens(let file):
        try file.take(into: tenant, by: admin, at: now, apply)
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
  func requireTaken(by tenant: Tenant, at now: Instant) throws {
    try decide(in: tenant, by: Admin(), at: now) { _, _ in }
  }
}
