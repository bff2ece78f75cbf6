import Records
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

  /// FNV-1a.
  private static func hash(_ lines: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for line in lines {
      for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 10) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}
