import Records
import Reports
import ScenarioModel
import Secrets
import VerificationCore

extension Given {
  /// The tenant of a store as it is, for calls and scripts in it: PINs are checked by their hashes, and all that changes
  /// it is an event, which somebody must write down.
  ///
  /// - Throws: exit code 1 where the tenant has no users.
  init(_ holding: Holding, of path: String, at now: Instant) throws(Failure) {
    guard let first = holding.tenant.users.first else {
      throw Failure(.contentAtFault, "error: the tenant in \(Printable.text(path)) has no users yet")
    }
    self.init(tenant: holding.tenant, pins: [:], user: first.upn, start: now)
    keptPINs = Set(holding.pins.keys)
    let hashes = holding.pins.compactMapValues { $0.flatMap(SecretHash.init) }
    pinCheck = { upn, entry in hashes[upn]?.matches(entry) ?? false }
    let passes = holding.passes.compactMapValues(SecretHash.init)
    passCheck = { upn, text in passes[upn]?.matches(PassText(typed: text)) ?? false }
    lasts = true
  }
}
