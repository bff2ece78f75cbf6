import Glibc
import Records
import VerificationCore

/// Commits to be counted by whoever watches the system calls.
enum Commits {
  static func run(_ path: String, _ arguments: [String]) throws {
    let (count, size) = (number(arguments, 0, 50), number(arguments, 1, 1))
    let store = try TenantStore.open(path, .writing)
    // The first one behind an opening begins the log, which takes a word of its own to the disk.
    try commit(store, 0, size)
    tell("mark begin", on: 2)
    for index in 1...count { try commit(store, index, size) }
    tell("mark end", on: 2)
    try store.close()
  }

  private static func commit(_ store: TenantStore, _ index: Int, _ size: Int) throws {
    try store.change("commit", at: .virtualStart) { change in
      for row in 1...size { try change.record(call(index, row)) }
    }
  }
}

func call(_ index: Int, _ row: Int) -> CallEvent {
  CallEvent(
    call: "call-\(index)", at: .virtualStart + Milliseconds(Int64(row)), upn: name(row % 50), kind: "key",
    body: "{\"key\":\"\(row % 10)\",\"row\":\(row)}")
}

/// Several processes, and room that comes to an end.
enum ManyWriters {
  static func change(_ path: String, _ arguments: [String]) throws {
    let (count, label) = (number(arguments, 0, 1), arguments.count > 1 ? arguments[1] : "one")
    let patience = Duration.milliseconds(number(arguments, 2, 30_000))
    let store = try TenantStore.open(path, .writing, patience: patience) {
      tell("waiting", on: 2)
    }
    for index in 1...count {
      try store.change("\(label) \(index)", at: .virtualStart) { change in
        let before = try change.holding().tenant.blocks.count
        try change.perform(.block(name(0), reason: "\(label) \(index)"))
        guard try change.holding().tenant.blocks.count == before + 1 else { StoreLoad.fail(1, "a block is not there") }
      }
      tell("ack \(label) \(index)")
    }
    try store.close()
  }

  static func hold(_ path: String, _ arguments: [String]) throws {
    let store = try TenantStore.open(path, .writing)
    try store.change("hold", at: .virtualStart) { change in
      for row in 1...number(arguments, 0, 1) { try change.record(call(0, row)) }
      tell("held")
      while getchar() != EOF {}
    }
    tell("ack")
    try store.close()
  }

  static func grow(_ path: String, _ arguments: [String]) throws {
    let store = try TenantStore.open(path, .writing)
    for index in 1...number(arguments, 0, 1_000) {
      try store.change("grow \(index)", at: .virtualStart) { change in
        for row in 1...100 { try change.record(call(index, row)) }
      }
      tell("ack \(index)")
    }
    try store.close()
  }
}
