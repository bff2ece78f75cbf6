import Records
import StoreContents
import VerificationCore

/// Stores of a size, and how long things take with them.
enum Filling {
  static func users(_ path: String, _ arguments: [String]) throws {
    let store = try TenantStore.create(at: path)
    let tenant = Tenant(name: "Larkspur", users: People((0..<number(arguments, 0, 1_000)).map(StoreContents.user)))
    try store.change("tenant init", at: .virtualStart) { change in
      // `checkpoint`: as if the tenant had been read in this change.
      if arguments.contains("checkpoint") { _ = try change.holding() }
      try change.replace(with: tenant, pins: []) { _ in nil }
    }
    try store.close()
  }

  static func tokens(_ path: String, _ arguments: [String]) throws {
    let store = try TenantStore.create(at: path)
    try store.change("tenant init", at: .virtualStart) { change in
      if arguments.contains("checkpoint") { _ = try change.holding() }
      try change.replace(with: Tenant(name: "Larkspur"), pins: []) { _ in nil }
      for number in 0..<number(arguments, 0, 1_000) {
        let token = OATHToken(
          serial: "\(1_000_000 + number)", secret: nil, interval: .seconds30, manufacturer: "Acme", model: "T1")
        try change.record(.tokenImported(token), keeping: String(repeating: "k", count: 80))
      }
    }
    try store.close()
  }

  static func calls(_ path: String, _ arguments: [String]) throws {
    let (rows, batch) = (number(arguments, 0, 100_000), number(arguments, 1, 10_000))
    let store = try TenantStore.open(path, .writing)
    let users = (0..<5_000).map(name)
    let clock = ContinuousClock()
    let start = clock.now
    var written = 0
    while written < rows {
      let end = min(written + batch, rows)
      try store.change("calls", at: .virtualStart) { change in
        for row in written..<end { try change.record(event(row, users)) }
      }
      written = end
    }
    tell("\((clock.now - start) / .seconds(1))")
    try store.close()
  }

  private static let kinds = ["dial", "ringing", "answered", "play", "key", "play", "end", "result"]

  /// Eight events a call, users in turn.
  private static func event(_ row: Int, _ users: [UPN]) -> CallEvent {
    return CallEvent(
      call: "2025-01-15-\(row / 8)", at: .virtualStart + Milliseconds(Int64(row) * 250),
      upn: users[row / 8 % users.count],
      kind: kinds[row % 8], body: "{\"message\":\"greetingStandard\",\"number\":\"+33 *******\(10 + row % 90)\"}")
  }

  static func loading(_ path: String, _ arguments: [String]) throws {
    let store = try TenantStore.open(path)
    let clock = ContinuousClock()
    var users = 0
    for _ in 0..<number(arguments, 0, 5) {
      let start = clock.now
      let tenant = try store.holding().tenant
      tell("\((clock.now - start) / .seconds(1))")
      users = tenant.users.count + tenant.tokens.count
    }
    tell("parts \(users)")
  }
}
