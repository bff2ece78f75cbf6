import Glibc
import ScenarioModel
import ScenarioYAML
import Simulation
import VerificationCore

/// `playing COUNT THREADS FILE...`: plays each scenario COUNT times on each of THREADS threads, and says what a case
/// takes: nanoseconds of processor time (the threads' together), and of the clock.
///
/// Every thread has read the file for itself; with a + behind THREADS they share what was read once. `playing COUNT 0
/// FILE...` reads each file COUNT times instead.

struct DiskFiles: SourceLoading {
  func load(_ path: String) throws(SourceFailure) -> [UInt8] {
    guard let file = fopen(path, "r") else { throw .missing }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }
}

/// Read once, so that a disk is no part of what is measured.
struct HeldFiles: SourceLoading {
  let held: [String: [UInt8]]

  func load(_ path: String) throws(SourceFailure) -> [UInt8] {
    guard let bytes = held[path] else { throw .missing }
    return bytes
  }
}

/// Every greeting lasts 5 s.
struct AnyGreeting: GreetingMeasuring {
  func measure(_ path: String) -> GreetingMeasurement { .accepted(.seconds(5)) }
}

func nanoseconds(_ clock: clockid_t) -> Int {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// - Parameter work: one for each thread.
func measured(_ count: Int, _ work: [@Sendable () -> Void]) -> (cpu: Int, wall: Int) {
  final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
  let before = (nanoseconds(CLOCK_PROCESS_CPUTIME_ID), nanoseconds(CLOCK_MONOTONIC))
  let ids = work.map { work in
    var id = pthread_t()
    let body = Body { for _ in 0..<count { work() } }
    pthread_create(
      &id, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(body).toOpaque())
    return id
  }
  for id in ids { pthread_join(id, nil) }
  let cases = work.count * count
  return (
    (nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - before.0) / cases, (nanoseconds(CLOCK_MONOTONIC) - before.1) / cases
  )
}

guard CommandLine.arguments.count > 3, let count = Int(CommandLine.arguments[1]),
  let threads = Int(CommandLine.arguments[2].filter { $0 != "+" })
else { fatalError("usage: playing COUNT THREADS FILE...") }
let sharing = CommandLine.arguments[2].hasSuffix("+")

for path in CommandLine.arguments.dropFirst(3) {
  let files = HeldFiles(held: [path: try DiskFiles().load(path)])
  if threads == 0 {
    let time = measured(count, [{ _ = try? ScenarioReader(files: files, greetings: AnyGreeting()).file(at: path) }])
    print("\(path): read in \(time.cpu) ns")
    continue
  }
  let reader = ScenarioReader(files: files, greetings: AnyGreeting())
  let first = try reader.file(at: path)
  let verdict = VirtualDriver.play(first.scenario(0))
  if !verdict.passed { print("\(path): \(verdict.problems)") }
  let time = measured(
    count,
    try (0..<threads).map { _ in
      let scenario = (sharing ? first : try reader.file(at: path)).scenario(0)
      return { _ = VirtualDriver.play(scenario, seed: 7).passed }
    })
  print("\(path): \(time.cpu) ns processor, \(time.wall) ns clock a case, \(threads) threads")
}
