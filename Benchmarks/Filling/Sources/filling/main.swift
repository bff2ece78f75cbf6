// Makes a store with so many sign-ins, through the store itself: filling STORE COUNT.
import Records
import VerificationCore

let arguments = CommandLine.arguments
guard arguments.count == 3, let count = Int(arguments[2]), count > 0 else {
  fatalError("filling STORE COUNT")
}

/// The same numbers each time: xorshift64*.
struct Dice {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func roll(_ sides: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % sides
  }
}

let users: [UPN] = (1...1_000).compactMap { UPN("user\($0)@larkspur.example") }
let start = Instant(iso8601: "2025-01-01") ?? .virtualStart
var tenant = Tenant(name: "Larkspur", users: People(users.map { User(upn: $0) }))

// The reasons of a whole way through the gates, as a call to somebody has them.
var user = User(upn: users[0])
user.phones.mobile = PhoneNumber("+33 612345678")
let service = VerificationService(tenant: Tenant(name: "Larkspur", users: [user]))
let why = try service.explain(SignInRequest(upn: users[0]), at: start).findings

let outcomes: [(Outcome, Method)] =
  Array(repeating: (.approved, .call), count: 12) + Array(repeating: (.approved, .text), count: 4)
  + [(.denied, .call), (.noInput, .call), (.fraudReported, .call), (.codeWrong, .text)]

let store = try TenantStore.create(at: arguments[1])
try store.change("tenant init", at: start) { try $0.replace(with: tenant, pins: []) { _ in nil } }
var dice = Dice()
var (done, at) = (0, start)
while done < count {
  let batch = min(10_000, count - done)
  try store.change("call", at: at) { change in
    for _ in 0..<batch {
      at = at + Milliseconds(Int64(1 + dice.roll(60_000)))
      let (outcome, method) = outcomes[dice.roll(outcomes.count)]
      try change.record(
        .signInRecorded(
          SignInRecord(
            at: at, upn: users[dice.roll(users.count)], outcome: outcome, method: method, number: "+XX XXXXXXX78",
            why: why)))
    }
  }
  done += batch
}
try store.close()
