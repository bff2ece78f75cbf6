import Records
import TestSupport
import Testing
import VerificationCore

@Suite("Reading logs")
struct LogTests {
  private let helga = UPN("helga@larkspur.example")
  private let omar = UPN("omar@larkspur.example")

  @Test("Rows come by their times, the last so many the oldest first, those of one time as they came")
  func order() throws {
    try withStore { store in
      try expect(store, [60, 0, 1, 2, 61, 3]) { _ in }
      try expect(store, [2, 61, 3]) { $0.last = 3 }
      // A row of the same second stays out.
      try expect(store, [61, 3]) { $0.last = 2 }
      try expect(store, [60, 0, 1, 2, 61, 3]) { $0.last = 100 }
      try expect(store, []) { $0.last = 0 }
    }
  }

  @Test("Filters and times all hold at once, and until is not in it")
  func filters() throws {
    try withStore { store in
      try expect(store, [60, 61]) { $0.filter(.user, "omar@larkspur.example") }
      try expect(store, [1, 3]) { query in
        query.filter(.user, "helga@larkspur.example")
        query.filter(.outcome, "denied")
      }
      try expect(store, [2, 61]) { query in
        query.since = .virtualStart + .seconds(1)
        query.until = .virtualStart + .seconds(3)
        query.last = 2
      }
    }
  }

  @Test("A log has its own filters and no others")
  func ownFilters() {
    var query = LogQuery(.signIns)
    let isTaken = query.filter(.activity, "User blocked for MFA")
    #expect(!isTaken && query.filters.isEmpty)
  }

  @Test("What comes later is read from where the first reading ended, once each")
  func following() throws {
    try withStore { store in
      var query = LogQuery(.signIns)
      query.filter(.user, "helga@larkspur.example")
      var end = try store.entries(query) { _ in }
      #expect(end == 6)
      try store.change("sign in", at: .virtualStart) { change in
        try change.record(signIn(omar, 70, .approved))
        try change.record(signIn(helga, 5, .approved))
      }
      var found: [Int64] = []
      end = try store.entries(query, after: end) { found.append($0.sequence) }
      #expect(found == [8])
      end = try store.entries(query, after: end) { found.append($0.sequence) }
      #expect(found == [8] && end == 8)
    }
  }

  @Test("What is thrown while rows are read ends the reading, and comes out as it is")
  func stops() throws {
    struct Enough: Error {}
    try withStore { store in
      var count = 0
      #expect(throws: Enough.self) {
        _ = try store.entries(LogQuery(.signIns)) { _ in
          count += 1
          if count == 2 { throw Enough() }
        }
      }
      #expect(count == 2)
    }
  }

  @Test("The version changes with what another one writes, and not by itself")
  func version() throws {
    try withStore { store in
      let reader = try TenantStore.open(store.path)
      let first = try reader.version()
      try reader.entries(LogQuery(.signIns)) { _ in }
      let again = try reader.version()
      #expect(again == first)
      try store.change("sign in", at: .virtualStart) { try $0.record(signIn(helga, 9, .approved)) }
      let then = try reader.version()
      #expect(then != first)
    }
  }

  /// The seconds of each row, as its number says them: Helga's 0 to 3, Omar's 60 and 61, which lie at 0 and 2.
  private func expect(_ store: TenantStore, _ seconds: [Int], _ change: (inout LogQuery) -> Void) throws {
    var query = LogQuery(.signIns)
    change(&query)
    var found: [Int] = []
    try store.entries(query) { entry in
      guard case .signIn(let record) = entry.record else { return }
      found.append(record.number.flatMap(Int.init) ?? -1)
    }
    #expect(found == seconds)
  }

  private func signIn(_ upn: UPN?, _ second: Int, _ outcome: Outcome) throws -> TenantEvent {
    let at = Instant.virtualStart + .seconds(Int64(second >= 60 ? (second - 60) * 2 : second))
    return .signInRecorded(
      SignInRecord(
        at: at, upn: try #require(upn), outcome: outcome, method: .call, number: "\(second)",
        why: [SignInFinding(.account, nil, "the account is enabled")]))
  }

  private func withStore(_ body: (TenantStore) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      let store = try TenantStore.create(at: folder.path("larkspur.poundkey"))
      try store.change("sign in", at: .virtualStart) { change in
        try change.record(signIn(omar, 60, .approved))
        try change.record(signIn(helga, 0, .approved))
        try change.record(signIn(helga, 3, .denied))
        try change.record(signIn(helga, 1, .denied))
        try change.record(signIn(helga, 2, .approved))
        try change.record(signIn(omar, 61, .denied))
      }
      try body(store)
      try store.close()
    }
  }
}
