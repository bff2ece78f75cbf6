import Records
import StoreContents
import TestSupport
import Testing
import VerificationCore

/// A store of 20 users.
struct FreshStore {
  let store: TenantStore
  let path: String

  static func with<Result>(_ body: (FreshStore) throws -> Result) throws -> Result {
    try TemporaryFolder.with { folder in
      let path = folder.path("larkspur.poundkey")
      let store = try TenantStore.create(at: path)
      try store.change("tenant init", at: .virtualStart) { change in
        let tenant = StoreContents.tenant(hasGreetings: false)
        try change.replace(with: tenant, pins: [StoreContents.name(1)], keeping: StoreContents.kept)
      }
      return try body(FreshStore(store: store, path: path))
    }
  }

  func rows(of table: String) -> Int { store.check().counts.first { $0.table == table }?.rows ?? -1 }
}

private struct Stop: Error, Equatable {}

@Suite("A change of a store")
struct ChangeTests {
  let helga = StoreContents.name(1)

  @Test("A change that throws half way leaves nothing, and the next is as if it had not been")
  func throwing() throws {
    try FreshStore.with { fresh in
      let before = try fresh.store.holding().tenant
      #expect(throws: Stop()) {
        try fresh.store.change("half", at: .virtualStart) { change in
          try change.perform(.block(helga, reason: "half"))
          try change.keep(greeting: "half", [1])
          for row in 0..<100 {
            try change.record(CallEvent(call: "half", at: .virtualStart, upn: nil, kind: "key", body: "\(row)"))
          }
          throw Stop()
        }
      }
      #expect(try fresh.store.holding().tenant == before)
      #expect(try fresh.store.greeting(named: "half") == nil)
      #expect(fresh.rows(of: "call_event") == 0)
      try fresh.store.change("whole", at: .virtualStart) { #expect($0.number == 2) }
      try fresh.store.change("whole", at: .virtualStart) { change in
        #expect(change.number == 2)
        try change.perform(.block(helga, reason: "whole"))
      }
      #expect(try fresh.store.holding().tenant.blocks.map(\.reason) == ["whole"])
      #expect(fresh.store.check().isWhole)
    }
  }

  @Test("TEN-10: a command that is refused writes nothing")
  func refused() throws {
    try FreshStore.with { fresh in
      let reader = Admin(upn: helga, role: .globalReader)
      #expect(throws: CommandRefusal.roleMissing(needed: .authenticationPolicyAdministrator)) {
        try fresh.store.change("block", by: reader, at: .virtualStart) { try $0.perform(.block(helga, reason: "no")) }
      }
      #expect(throws: CommandRefusal.self) {
        try fresh.store.change("block", at: .virtualStart) { change in
          try change.perform(.block(helga, reason: "yes"))
          try change.perform(.unblock(StoreContents.name(2), reason: "not blocked"))
        }
      }
      let blocks = try fresh.store.holding().tenant.blocks
      #expect(blocks.isEmpty)
      #expect(fresh.rows(of: "change") == 1)
    }
  }

  @Test("Who only writes down what happens comes to a checkpoint too")
  func checkpointWithoutReading() throws {
    try FreshStore.with { fresh in
      func write(_ count: Int) throws {
        try fresh.store.change("call", at: .virtualStart) { change in
          for _ in 0..<count { try change.record(.wrongPINsForgiven(helga)) }
        }
      }
      try write(9_000)
      #expect(fresh.rows(of: "checkpoint") == 0)
      try write(2_000)
      #expect(fresh.rows(of: "checkpoint") == 1)
      #expect(fresh.store.check().isWhole)
    }
  }

  @Test("Who did it and when stands with what was done; a clock that goes back changes no log's order")
  func order() throws {
    try FreshStore.with { fresh in
      let admin = Admin(upn: helga, role: .authenticationPolicyAdministrator)
      let times = [5, 3, 3, -7, 9].map { Instant.virtualStart + .days($0) }
      for (index, at) in times.enumerated() {
        try fresh.store.change("block", by: admin, at: at) { try $0.perform(.block(helga, reason: "\(index)")) }
      }
      let behind = try fresh.store.entries(LogQuery(.audit), after: 0)
      #expect(behind.map(\.sequence) == [1, 2, 3, 4, 5])
      #expect(behind.map(\.at) == times)
      #expect(try fresh.store.holding().tenant.blocks.map(\.reason) == ["3", "1", "2", "0", "4"])
      var byTime: [Int64] = []
      try fresh.store.entries(LogQuery(.audit)) { byTime.append($0.sequence) }
      #expect(byTime == [4, 2, 3, 1, 5])
      var query = LogQuery(.audit)
      query.last = 2
      var last: [Int64] = []
      try fresh.store.entries(query) { last.append($0.sequence) }
      #expect(last == [1, 5])
      guard case .audit(let record) = behind[0].record else { throw Stop() }
      #expect(record.by == .admin(helga, .authenticationPolicyAdministrator))
    }
  }

  @Test("A recording is kept once, also in a change of its own, and comes back byte by byte")
  func greetings() throws {
    try FreshStore.with { fresh in
      for bytes in [[], [0], StoreContents.greeting, [UInt8](repeating: 7, count: 1_048_576)] {
        try fresh.store.change("greeting add", at: .virtualStart) { try $0.keep(greeting: "\(bytes.count)", bytes) }
        try fresh.store.change("greeting add", at: .virtualStart) { try $0.keep(greeting: "\(bytes.count)", bytes) }
        #expect(try fresh.store.greeting(named: "\(bytes.count)") == bytes)
      }
      #expect(fresh.rows(of: "greeting_file") == 4)
      #expect(fresh.store.check().isWhole)
    }
  }

  @Test("The key of a token goes with it to who is given it, and away with it")
  func keys() throws {
    try FreshStore.with { fresh in
      let (first, second) = (StoreContents.name(1), StoreContents.name(5))
      #expect(try fresh.store.holding().keys[Holding.TokenID(serial: "471", owner: first)] == "sealed-471")
      try fresh.store.change("oath assign", at: .virtualStart) {
        try $0.perform(.assignToken(serial: "471", to: second))
      }
      try fresh.store.change("oath delete", at: .virtualStart) { try $0.perform(.deleteToken(serial: "472")) }
      let keys = try fresh.store.holding().keys
      #expect(keys[Holding.TokenID(serial: "471", owner: second)] == "sealed-471")
      #expect(Set(keys.keys.map(\.serial)) == ["470", "471", "473"])
      #expect(keys.count == 3)
    }
  }

  @Test("Reading is possible within a change and within a reading: the one sees what was before, the other the same")
  func nested() throws {
    try FreshStore.with { fresh in
      try fresh.store.change("block", at: .virtualStart) { change in
        try change.perform(.block(helga, reason: "inside"))
        #expect(try change.holding().tenant.blocks.count == 1)
        #expect(try fresh.store.holding().tenant.blocks.isEmpty)
      }
      var seen = 0
      try fresh.store.entries(LogQuery(.audit)) { _ in seen += try fresh.store.holding().tenant.blocks.count }
      #expect(seen == 1)
    }
  }

  @Test("What whoever reads a log throws comes through as it is")
  func stoppedReading() throws {
    try FreshStore.with { fresh in
      try fresh.store.change("block", at: .virtualStart) { try $0.perform(.block(helga, reason: "once")) }
      #expect(throws: Stop()) { try fresh.store.entries(LogQuery(.audit)) { (_: LogEntry) in throw Stop() } }
    }
  }

  @Test("A store that was opened for reading is not written")
  func readOnly() throws {
    try FreshStore.with { fresh in
      try fresh.store.close()
      let store = try TenantStore.open(fresh.path)
      #expect(throws: StoreError.failed(path: fresh.path, reason: "it was opened for reading")) {
        try store.change("block", at: .virtualStart) { try $0.perform(.block(helga, reason: "no")) }
      }
    }
  }
}
