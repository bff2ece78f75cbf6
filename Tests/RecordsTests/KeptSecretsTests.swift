import Records
import TestSupport
import Testing
import VerificationCore

@Suite("What a store keeps of PINs and passes")
struct KeptSecretsTests {
  private func withStore(_ work: (TenantStore, UPN) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      let store = try TenantStore.create(at: folder.path("larkspur.poundkey"))
      let helga = try #require(UPN("helga@larkspur.example"))
      try store.change("tenant init", at: .virtualStart) { change in
        try change.replace(with: Tenant(name: "Larkspur", users: [User(upn: helga)]), pins: []) { _ in nil }
      }
      try work(store, helga)
      try store.close()
    }
  }

  private func audits(_ store: TenantStore) throws -> [LogEntry.Record] {
    var found: [LogEntry.Record] = []
    _ = try store.entries(LogQuery(.audit)) { found.append($0.record) }
    return found
  }

  @Test("The hash stands by the user, also when the store is opened again, and goes with what it is of")
  func kept() throws {
    try withStore { store, helga in
      try store.change("pin set", at: .virtualStart) { change in
        try change.perform(SetupCommand.setPIN(helga, isReportCode: false)) { "hash of a PIN" }
        try change.perform(.issuePass(helga, minutes: nil, isOnce: nil)) { "hash of a pass" }
      }
      let held = try TenantStore.open(store.path).holding()
      #expect(held.pins == [helga: "hash of a PIN"] && held.passes == [helga: "hash of a pass"])
      try store.change("both away", at: .virtualStart) { change in
        try change.perform(SetupCommand.deletePIN(helga, isThere: true))
        try change.perform(.deletePass(helga))
      }
      #expect(try store.holding().pins.isEmpty && store.holding().passes.isEmpty)
    }
  }

  @Test("Nothing is hashed for a command that is refused")
  func refused() throws {
    try withStore { store, helga in
      var asked = 0
      let reader = Admin(role: .globalReader)
      #expect(throws: CommandRefusal.roleMissing(needed: .authenticationAdministrator)) {
        try store.change("pass issue", by: reader, at: .virtualStart) { change in
          try change.perform(.issuePass(helga, minutes: nil, isOnce: nil)) {
            asked += 1
            return ""
          }
        }
      }
      #expect(throws: CommandRefusal.pinIsReportCode) {
        try store.change("pin set", at: .virtualStart) { change in
          try change.perform(SetupCommand.setPIN(helga, isReportCode: true)) {
            asked += 1
            return ""
          }
        }
      }
      #expect(asked == 0)
      let written = try audits(store)
      #expect(written.isEmpty)
    }
  }

  @Test("The audit log says which admin did it, in which role, and when")
  func audited() throws {
    try withStore { store, helga in
      let admin = Admin(upn: UPN("omar@larkspur.example"), role: .authenticationAdministrator)
      let later = Instant.virtualStart + .days(90)
      try store.change("user reset-methods", by: admin, at: later) { change in
        try change.perform(.resetMethods(helga, reason: "Lost phone"))
      }
      let expected = AuditRecord(
        at: later, activity: .methodsReset, upn: helga, reason: "Lost phone",
        by: .admin(admin.upn, .authenticationAdministrator))
      #expect(try audits(store) == [.audit(expected)])
    }
  }
}
