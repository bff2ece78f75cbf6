import Console
import Secrets
import Synchronization
import VerificationCore

/// A file of hardware tokens on its way into a store, row by row (TEN-8). One of which no row is good is not taken, and
/// nothing of it is written: not even the audit of its rows.
final class TokenFileImport: Sendable {
  private let bytes: [UInt8]
  let key: SealingKey
  private let found = Mutex(TokenIntake())

  init(_ bytes: [UInt8], _ key: SealingKey) { (self.bytes, self.key) = (bytes, key) }

  /// What came of the rows when they were taken.
  var intake: TokenIntake { found.withLock { $0 } }

  /// - Parameter record: writes an event down, with the sealed key that is kept of it.
  /// - Throws: `CommandRefusal`, what `record` throws; `DeskRefusal` where no row is good.
  func take(
    into tenant: Tenant, by admin: Admin, at now: Instant, _ record: (TenantEvent, String?) throws -> Void
  ) throws {
    let intake = try Self.intake(bytes, tenant, at: now)
    found.withLock { $0 = intake }
    try decide(intake, in: tenant, by: admin, at: now, record)
  }

  /// What would come of it in another tenant: ``intake`` stays what it is.
  func decide(
    in tenant: Tenant, by admin: Admin, at now: Instant, _ record: (TenantEvent, String?) throws -> Void
  ) throws {
    try decide(try Self.intake(bytes, tenant, at: now), in: tenant, by: admin, at: now, record)
  }

  private func decide(
    _ intake: TokenIntake, in tenant: Tenant, by admin: Admin, at now: Instant,
    _ record: (TenantEvent, String?) throws -> Void
  ) throws {
    guard intake.imported > 0 else { throw DeskRefusal(.rejected, "no row of the file is taken; nothing was stored") }
    var rows = try OATHImport(bytes, into: tenant, by: admin, at: now)
    while let row = rows.next() {
      for event in row.events { try record(event, sealed(event)) }
    }
  }

  private func sealed(_ event: TenantEvent) -> String? {
    guard case .tokenImported(let token) = event, let secret = token.secret else { return nil }
    return Base64.text(key.seal(secret, of: token.serial))
  }

  /// What would come of a file.
  ///
  /// - Throws: `CommandRefusal`.
  static func intake(_ bytes: [UInt8], _ tenant: Tenant, at now: Instant) throws(CommandRefusal) -> TokenIntake {
    var rows = try OATHImport(bytes, into: tenant, at: now)
    var intake = TokenIntake()
    while let row = rows.next() { intake.note(row.problems) }
    (intake.imported, intake.wrong) = (rows.imported, rows.wrong)
    return intake
  }
}
