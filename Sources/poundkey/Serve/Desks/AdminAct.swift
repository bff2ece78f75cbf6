import Records
import Secrets
import VerificationCore

/// One thing that an admin does on a page: a command, and what comes with it.
struct AdminAct: Sendable {
  enum Command: Sendable {
    case people(TenantCommand)
    case setUp(SetupCommand)
  }

  /// For the list of changes, as in `user add`.
  let what: String
  let command: Command
  /// What is kept of the secret that comes with it.
  var kept: String?
  /// The secret itself, where it is one that was made up for this.
  var pass: PassText?
  /// A recording to be kept, by its name.
  var recording: (name: String, bytes: [UInt8])?

  init(_ what: String, _ command: TenantCommand, keeping kept: String? = nil) {
    (self.what, self.command, self.kept) = (what, .people(command), kept)
  }

  init(_ what: String, _ command: SetupCommand, keeping kept: String? = nil) {
    (self.what, self.command, self.kept) = (what, .setUp(command), kept)
  }

  func perform(in change: Change) throws {
    switch command {
    case .people(let command): try change.perform(command, keeping: kept)
    case .setUp(let command): try change.perform(command, keeping: kept)
    }
    if let recording { try change.keep(greeting: recording.name, recording.bytes) }
  }

  /// What it leads to in a tenant.
  func decided(in tenant: Tenant, by admin: Admin, at now: Instant) throws(CommandRefusal) -> [TenantEvent] {
    switch command {
    case .people(let command): try tenant.decide(command, by: admin, at: now)
    case .setUp(let command): try tenant.decide(command, by: admin, at: now)
    }
  }
}
