import Records
import TestSupport
import Testing
import VerificationCore

/// Every question that can be asked of a log is answered by an index: no table is walked through, and nothing is sorted.
@Suite("Logs by their indexes")
struct LogPlanTests {
  @Test("By every filter, alone, with others, and with since, until and last", arguments: LogQuery.Log.allCases)
  func filters(_ log: LogQuery.Log) throws {
    try withStore { store in
      for query in queries(log) where !query.filters.isEmpty {
        for line in try store.plan(of: query) {
          #expect(line.hasPrefix("SEARCH ") && line.contains("USING "), "\(line): \(query)")
          #expect(line.contains("INDEX"), "\(line): \(query)")
        }
      }
    }
  }

  @Test("A filter's own index is taken, also beside others: (filter, at)", arguments: LogQuery.Log.allCases)
  func ownIndex(_ log: LogQuery.Log) throws {
    try withStore { store in
      for (filter, name) in indexes(log) {
        var query = LogQuery(log)
        query.filter(filter, "x")
        query.since = .virtualStart
        let plan = try store.plan(of: query)
        #expect(plan.count == 1 && plan[0].contains("USING INDEX \(name) ("), "\(plan)")
        #expect(plan[0].contains("=? AND at>?)"), "\(plan)")
      }
    }
  }

  @Test("Without a filter the times' index is walked in its order, never sorted", arguments: LogQuery.Log.allCases)
  func unfiltered(_ log: LogQuery.Log) throws {
    try withStore { store in
      for query in queries(log) where query.filters.isEmpty {
        for line in try store.plan(of: query) {
          let isBounded = query.since != nil || query.until != nil
          #expect(line.hasPrefix(isBounded ? "SEARCH " : "S"), "\(line): \(query)")
          #expect(line.contains("INDEX"), "\(line): \(query)")
          #expect(!line.contains("TEMP"), "\(line): \(query)")
        }
      }
    }
  }

  @Test("What comes behind a row is found by its number", arguments: LogQuery.Log.allCases)
  func following(_ log: LogQuery.Log) throws {
    try withStore { store in
      for query in queries(log) {
        let plan = try store.plan(of: query, after: 7)
        #expect(plan.count == 1 && plan[0].contains("USING INTEGER PRIMARY KEY (rowid>?)"), "\(plan): \(query)")
      }
    }
  }

  /// Every set of filters, with every set of times, with and without `last`.
  private func queries(_ log: LogQuery.Log) -> [LogQuery] {
    let filters = log.filters
    return (0..<(1 << filters.count)).flatMap { set in
      (0..<8).map { extent in
        var query = LogQuery(log)
        for (index, filter) in filters.enumerated() where set & (1 << index) != 0 { query.filter(filter, "x") }
        if extent & 1 != 0 { query.since = .virtualStart }
        if extent & 2 != 0 { query.until = .virtualStart + .days(1) }
        if extent & 4 != 0 { query.last = 20 }
        return query
      }
    }
  }

  private func indexes(_ log: LogQuery.Log) -> [(LogQuery.Filter, String)] {
    switch log {
    case .signIns:
      [(.user, "sign_in_by_user"), (.outcome, "sign_in_by_outcome"), (.method, "sign_in_by_method")]
    case .audit: [(.user, "audit_by_user"), (.activity, "audit_by_activity"), (.admin, "audit_by_admin")]
    case .risk: [(.user, "event_risk_by_user")]
    case .calls: [(.call, "call_event_by_call"), (.user, "call_event_by_user"), (.kind, "call_event_by_kind")]
    case .messages: [(.user, "message_by_user"), (.kind, "message_by_kind")]
    }
  }

  private func withStore(_ body: (TenantStore) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      let store = try TenantStore.create(at: folder.path("larkspur.poundkey"))
      try body(store)
      try store.close()
    }
  }
}
