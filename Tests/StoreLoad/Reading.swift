import Records
import ScenarioModel
import VerificationCore

/// All that can be read of a store through its doors, each as a hash: the same for the same contents.
enum Reading {
  static func run(_ path: String) throws {
    let store = try TenantStore.open(path)
    let holding = try store.holding()
    let parts = holding.tenant.recreation(pins: Set(holding.pins.keys))
    tell("tenant \(hash(parts.map { "\($0)" }))")
    tell("pins \(hash(holding.pins.map { "\($0.key) \($0.value ?? "-")" }.sorted()))")
    tell("passes \(hash(holding.passes.map { "\($0.key) \($0.value)" }.sorted()))")
    tell("keys \(hash(holding.keys.map { "\($0.key) \($0.value)" }.sorted()))")
    for log in LogQuery.Log.allCases {
      var lines: [String] = []
      try store.entries(LogQuery(log)) { lines.append("\($0)") }
      tell("\(log.rawValue) \(lines.count) \(hash(lines))")
      var behind: [String] = []
      _ = try store.entries(LogQuery(log), after: 0) { behind.append("\($0)") }
      tell("\(log.rawValue) behind \(behind.count) \(hash(behind))")
    }
    for file in Set(holding.tenant.greetings.compactMap(\.file)).sorted() {
      tell("greeting \(file) \(hash(["\(try store.greeting(named: file) ?? [])"]))")
    }
    try store.close()
  }

  private static func hash(_ lines: [String]) -> String {
    String(FNV1a.hash(Array(lines.joined(separator: "\n").utf8)), radix: 16)
  }
}
