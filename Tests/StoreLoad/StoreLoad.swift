import Glibc
import Records
import VerificationCore

/// What the tests of stores and their benchmark run: a program that writes and says so.
///
/// It answers on standard output, each line at once, as in `ack 12`. Errors end it with code 4 and their explanation.
@main
struct StoreLoad {
  static func main() {
    // A file that may not grow is an error and no signal.
    signal(SIGXFSZ, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try run(arguments)
    } catch let error as StoreError {
      fail(4, error.explanation)
    } catch {
      fail(4, "\(error)")
    }
  }

  private static func run(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { fail(2, usage) }
    let path = arguments[1]
    let rest = Array(arguments.dropFirst(2))
    switch arguments[0] {
    case "load": try KillLoad(path, rest).run()
    case "commits": try Commits.run(path, rest)
    case "changes": try ManyWriters.change(path, rest)
    case "hold": try ManyWriters.hold(path, rest)
    case "grow": try ManyWriters.grow(path, rest)
    case "read": try Reading.run(path)
    case "fixture": try Fixture.make(path, rest)
    case "users": try Filling.users(path, rest)
    case "tokens": try Filling.tokens(path, rest)
    case "calls": try Filling.calls(path, rest)
    case "loading": try Filling.loading(path, rest)
    default: fail(2, usage)
    }
  }

  static func fail(_ code: CInt, _ text: String) -> Never {
    tell("store-load: \(text)", on: 2)
    exit(code)
  }

  private static let usage = """
    usage:
      StoreLoad load STORE FIRST SEED [AT ROW] changes from number FIRST on; stops within AT, behind its row ROW
      StoreLoad commits STORE COUNT SIZE       so many changes of so many rows, between two marks on standard error
      StoreLoad changes STORE COUNT NAME [MS]  so many changes, waiting for others at most so many milliseconds
      StoreLoad hold STORE ROWS                a change of so many rows, which ends with standard input
      StoreLoad grow STORE COUNT               changes of 100 rows, until one fails
      StoreLoad read STORE                     all that can be read, as a hash a line
      StoreLoad fixture STORE VERSION          a store with something in every table of an earlier schema
      StoreLoad users|tokens STORE COUNT       a tenant of so many
      StoreLoad calls STORE ROWS BATCH         call events, and how long they took
      StoreLoad loading STORE TIMES            how long reading the tenant takes
    """
}

/// One line on standard output or error, at once: a pipe holds on to nothing.
func tell(_ line: String, on descriptor: CInt = 1) {
  let bytes = Array((line + "\n").utf8)
  var start = 0
  while start < bytes.count {
    let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { exit(1) }
    start += count
  }
}

func number(_ arguments: [String], _ index: Int, _ fallback: Int) -> Int {
  index < arguments.count ? Int(arguments[index]) ?? fallback : fallback
}

func name(_ number: Int) -> UPN {
  guard let upn = UPN("user\(number)@larkspur.example") else { StoreLoad.fail(2, "no name") }
  return upn
}

/// The same chance for the same seed (SplitMix64).
struct SeededChance: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
