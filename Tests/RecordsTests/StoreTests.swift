import Records
import TestSupport
import Testing
import VerificationCore

@Suite("A store")
struct StoreTests {
  @Test("What was written is there again, and equal")
  func rebuilds() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("larkspur.poundkey")
      let store = try TenantStore.create(at: path)
      let helga = try #require(UPN("helga@larkspur.example"))
      var tenant = Tenant(name: "Larkspur", users: [User(upn: helga)])
      try store.change("tenant init", at: .virtualStart) { change in
        try change.replace(with: tenant, pins: []) { _ in nil }
      }
      try store.change("block", at: .virtualStart) { change in
        try change.perform(.block(helga, reason: "Lost phone"))
      }
      let events = try tenant.decide(TenantCommand.block(helga, reason: "Lost phone"), at: .virtualStart)
      for event in events { tenant.apply(event) }
      try store.close()
      let found = try TenantStore.open(path).holding().tenant
      #expect(found.recreation() == tenant.recreation())
    }
  }
}
