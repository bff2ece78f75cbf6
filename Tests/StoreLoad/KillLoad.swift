import Glibc
import Records
import VerificationCore

/// Changes one after the other, small ones and big ones, each acknowledged when it is on the disk; for a test that ends
/// the program at some moment.
///
/// `in 12` says that change 12 has begun and has written rows, `ack 12` that it is committed. Change 12 is called `load 12`
/// and has one sign-in record `12`, so that one that is there twice is seen.
struct KillLoad {
  private let path: String
  private let first: Int
  private let seed: Int
  /// Stops within this change, behind so many rows, until it is killed; 0 does not.
  private let held: Int
  private let hold: Int

  static let bigRows = 10_000

  init(_ path: String, _ arguments: [String]) {
    self.path = path
    (first, seed) = (number(arguments, 0, 1), number(arguments, 1, 1))
    (held, hold) = (number(arguments, 2, 0), number(arguments, 3, 0))
  }

  func run() throws {
    let store = try TenantStore.open(path, .writing)
    var chance = SeededChance(seed)
    var next = first
    while true {
      let drawn = Kind.allCases.randomElement(using: &chance) ?? .small
      try change(store, next, next == held ? (hold > 5 ? .big : .small) : drawn)
      tell("ack \(next)")
      next += 1
    }
  }

  private enum Kind: CaseIterable { case small, risks, big }

  private func change(_ store: TenantStore, _ number: Int, _ kind: Kind) throws {
    let at = Instant.virtualStart + .seconds(Int64(number))
    try store.change("load \(number)", at: at) { change in
      let upn = name(number % 50)
      let record = SignInRecord(
        at: at, upn: upn, outcome: .approved, method: .call, number: "\(number)",
        why: [SignInFinding(.verification, .approved, "# was pressed")])
      try change.record(.signInRecorded(record))
      tell("in \(number)")
      stop(number, behind: 1)
      switch kind {
      case .small:
        try change.perform(.block(upn, reason: "load \(number)"))
        stop(number, behind: 3)
        try change.perform(.unblock(upn, reason: "load \(number)"))
        stop(number, behind: 5)
      case .risks:
        // Many events, so that a checkpoint of the tenant is due now and then.
        _ = try change.holding()
        for wrong in 1...300 {
          try change.record(.wrongPINCounted(upn, Lockout(wrongPINs: wrong, last: at, lockedUntil: nil)))
        }
      case .big:
        for row in 1...Self.bigRows {
          try change.record(
            CallEvent(
              call: "load-\(number)", at: at, upn: upn, kind: "key", body: "{\"n\":\(row),\"heard\":\"greeting\"}"))
          stop(number, behind: row)
        }
      }
    }
  }

  private func stop(_ number: Int, behind rows: Int) {
    guard number == held, rows == hold else { return }
    tell("held")
    while true { pause() }
  }
}
