import Foundation
import GRDB
import Records
import StoreContents
import TestSupport
import Testing
import VerificationCore

@Suite("Stores of earlier versions")
struct VersionTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  private static func fixture(_ number: Int) -> String {
    let name = TenantStore.versions[number].replacingOccurrences(of: " ", with: "-")
    return fixtures.appending(path: "\(number + 1)-\(name).poundkey").path
  }

  @Test("There is a fixture of every version, and of nothing else")
  func complete() throws {
    let there = try FileManager.default.contentsOfDirectory(atPath: Self.fixtures.path).filter { !$0.hasPrefix(".") }
    let expected = TenantStore.versions.indices.map { URL(fileURLWithPath: Self.fixture($0)).lastPathComponent }
    #expect(there.sorted() == expected.sorted(), "script/store-fixtures makes what is missing")
  }

  @Test("Each is brought to the newest form, holds what it held, and can be written", arguments: 0..<5, [true, false])
  func upgrades(number: Int, isRead: Bool) throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("old.poundkey")
      try FileManager.default.copyItem(atPath: Self.fixture(number), toPath: path)
      #expect(try Self.steps(path) == Array(TenantStore.versions[...number]))
      let store = try TenantStore.open(path, isRead ? .reading : .writing)
      try expectContents(of: store, Set(TenantStore.versions[...number]))
      #expect(store.check().problems == [])
      try store.close()
      #expect(try Self.steps(path) == TenantStore.versions)
      try TenantStore.create(at: folder.path("fresh.poundkey")).close()
      let fresh = try Self.schema(folder.path("fresh.poundkey"))
      #expect(try Self.schema(path) == fresh)
      let writing = try TenantStore.open(path, .writing)
      try writing.change("block", at: .virtualStart) { change in
        try change.perform(.block(StoreContents.name(12), reason: "New"))
        try change.keep(greeting: "new", [1])
      }
      #expect(try writing.holding().tenant.blocks.last?.reason == "New")
      #expect(writing.check().isWhole)
      try writing.close()
    }
  }

  private func expectContents(of store: TenantStore, _ has: Set<String>) throws {
    var tenant = StoreContents.tenant(hasGreetings: has.contains("greetings"))
    for event in StoreContents.events { tenant.apply(event) }
    if has.contains("checkpoints") {
      tenant.apply(
        .wrongPINCounted(
          StoreContents.name(10), Lockout(wrongPINs: 520, last: StoreContents.day, lockedUntil: nil)))
      let block = Block(upn: StoreContents.name(11), reason: "Behind the checkpoint", since: StoreContents.day)
      tenant.apply(.userBlocked(block))
    }
    let found = try store.holding()
    #expect(found.tenant.recreation() == tenant.recreation())
    #expect(found.pins == [StoreContents.name(1): "$argon2id$v=19$not-a-hash"])
    #expect(found.keys.values.sorted() == (0..<4).map { "sealed-47\($0)" })
    if has.contains("greetings") { #expect(try store.greeting(named: "tone") == StoreContents.greeting) }
    let records: [LogEntry.Record] = StoreContents.records.compactMap { event in
      if case .signInRecorded(let record) = event { .signIn(record) } else { nil }
    }
    #expect(try store.entries(LogQuery(.signIns), after: 0).map(\.record) == (has.contains("records") ? records : []))
    let calls = has.contains("calls and messages")
    #expect(try store.entries(LogQuery(.calls), after: 0).count == (calls ? 60 : 0))
    #expect(try store.entries(LogQuery(.messages), after: 0).count == (calls ? 2 : 0))
    #expect(try store.entries(LogQuery(.risk), after: 0).count == 3)
  }

  private static func steps(_ path: String) throws -> [String] {
    try asking(path, "SELECT identifier FROM grdb_migrations ORDER BY rowid")
  }

  private static func schema(_ path: String) throws -> [String] {
    try asking(path, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY name")
  }

  private static func asking(_ path: String, _ sql: String) throws -> [String] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try String.fetchAll($0, sql: sql) }
  }
}
