import Glibc
import VerificationCore

/// `importing ROWS TIMES`: what a row of a file of hardware tokens takes, in nanoseconds of processor time, the least and
/// the median of TIMES: to read and check it, and to decide and apply it too.
///
/// Five tokens a user, keys of 32 characters, a wrong key in every thousandth row; about 82 bytes a row.

func nanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// SplitMix64: the same file every time.
struct Chance: RandomNumberGenerator {
  var state: UInt64 = 42

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

func file(rows: Int) -> [UInt8] {
  var chance = Chance()
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  var bytes = Array("upn,serial number,secret key,time interval,manufacturer,model\r\n".utf8)
  for row in 0..<rows {
    bytes += "person\(row / 5)@larkspur.example,\(2_300_000 + row),".utf8
    for _ in 0..<31 { bytes.append(alphabet[Int(chance.next() & 31)]) }
    bytes += (row % 1_000 == 999 ? "1" : "A").utf8
    bytes += ",\(row % 2 == 0 ? 30 : 60),Larch and Sons,K-\(row % 7)\r\n".utf8
  }
  return bytes
}

func measured(_ times: Int, rows: Int, _ what: String, _ work: () -> Int) {
  var taken: [Int] = []
  for _ in 0..<times {
    let before = nanoseconds()
    let good = work()
    taken.append((nanoseconds() - before) / rows)
    guard good == rows - rows / 1_000 else { fatalError("\(good) good rows of \(rows)") }
  }
  taken.sort()
  print("\(what): \(taken[0]) ns a row (median \(taken[times / 2]), \(taken[times - 1]) at most)")
}

guard CommandLine.arguments.count == 3, let rows = Int(CommandLine.arguments[1]), rows > 0,
  let times = Int(CommandLine.arguments[2]), times > 0
else { fatalError("usage: importing ROWS TIMES") }

let bytes = file(rows: rows)
print("\(rows) rows, \(bytes.count) bytes")
let users = (0...rows / 5).compactMap { UPN("person\($0)@larkspur.example").map { User(upn: $0) } }
let tenant = Tenant(name: "Larkspur", users: People(users))

measured(times, rows: rows, "read and checked") {
  var rows = OATHRows(bytes)
  var good = 0
  while let entry = rows.next() {
    if case .token = entry { good += 1 }
  }
  return good
}
measured(times, rows: rows, "read and decided") {
  guard var rows = try? OATHImport(bytes, into: tenant, at: .virtualStart) else { return 0 }
  while rows.next() != nil {}
  return rows.imported
}
measured(times, rows: rows, "read, decided and applied to another tenant") {
  var after = tenant
  guard var rows = try? OATHImport(bytes, into: tenant, at: .virtualStart) else { return 0 }
  while let row = rows.next() {
    for event in row.events { after.apply(event) }
  }
  return after.tokens.count
}
measured(times, rows: rows, "the same as one command") {
  var after = tenant
  for event in (try? tenant.decide(.importTokens(OATHFile(bytes)), at: .virtualStart)) ?? [] { after.apply(event) }
  return after.tokens.count
}
