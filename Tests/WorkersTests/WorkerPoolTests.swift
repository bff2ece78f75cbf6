import Glibc
import Testing

@testable import Workers

/// The helper processes here are shell scripts that speak as one: `ready`, then answers.
@Suite("Helper processes")
struct WorkerPoolTests {
  /// Runs `jobs` with a helper that says hello and then does `body`; gives what came of each, in their order.
  private func run(
    _ body: String, hello: String = Self.hello, jobs: [[UInt8]] = [[1]],
    count: Int = 1,
    limits: WorkerLimits = WorkerLimits()
  ) throws -> [Result<[UInt8], WorkerFailure>] {
    let pool = WorkerPool(
      program: "/bin/sh", arguments: ["-c", "\(hello)\n\(body)"], count: count, limits: limits)
    var waiting = jobs[...]
    var results: [Int: Result<[UInt8], WorkerFailure>] = [:]
    try pool.run(next: { waiting.popFirst() }) { results[$0] = $1 }
    return jobs.indices.map { results[$0] ?? .failure(.gaveUp) }
  }

  private static let hello = "printf '\\005\\0\\0\\0\\0\\0\\0\\0ready' >&0"

  private static let answer = "printf '\\001\\0\\0\\0\\0\\0\\0\\0A' >&0"

  /// Sends back what came, length and all, one job of 1 byte after the other.
  private static let echo = "while :; do dd bs=9 count=1 iflag=fullblock >&0 2>/dev/null; done"

  @Test("A job comes back with its answer, and one process serves many")
  func echo() throws {
    let jobs: [[UInt8]] = [[65], [66], [67]]
    #expect(try run(Self.echo, jobs: jobs) == jobs.map { .success($0) })
  }

  @Test("More processes than one answer all jobs, each under its number")
  func several() throws {
    let jobs = (0..<20).map { [UInt8(65 + $0)] }
    #expect(try run(Self.echo, jobs: jobs, count: 3) == jobs.map { .success($0) })
  }

  @Test("A process that dies of a signal is a result that names it, and a new one takes the next job")
  func crash() throws {
    #expect(
      try run("head -c 9 >/dev/null; kill -SEGV $$", jobs: [[1], [2]])
        == [.failure(.crashed(signal: SIGSEGV)), .failure(.crashed(signal: SIGSEGV))])
  }

  @Test("A process that ends by itself gave up")
  func ends() throws {
    #expect(try run("head -c 9 >/dev/null; exit 3") == [.failure(.gaveUp)])
  }

  @Test("A process that closes its channel and goes on is ended")
  func closes() throws {
    #expect(try run("exec 0<&-; while :; do sleep 1; done") == [.failure(.crashed(signal: SIGKILL))])
  }

  @Test("A process that does not answer is ended when the time is over")
  func hangs() throws {
    #expect(
      try run("while :; do sleep 1; done", limits: WorkerLimits(wallMilliseconds: 300))
        == [.failure(.outOfTime(milliseconds: 300))])
  }

  @Test("A process that never takes a large job does not keep the pool waiting")
  func neverReads() throws {
    #expect(
      try run(
        "while :; do sleep 1; done", jobs: [[UInt8](repeating: 7, count: 8 << 20)],
        limits: WorkerLimits(wallMilliseconds: 300)) == [.failure(.outOfTime(milliseconds: 300))])
  }

  @Test("An answer to half a job, or two answers to one, is none")
  func forged() throws {
    let answer = Self.answer
    #expect(try run("head -c 9 >/dev/null; \(answer); sleep 60") == [.success([65])])
    #expect(
      try run("\(answer); sleep 60", jobs: [[UInt8](repeating: 7, count: 8 << 20)]) == [.failure(.gaveUp)])
    let twice = "printf '\\001\\0\\0\\0\\0\\0\\0\\0A\\001\\0\\0\\0\\0\\0\\0\\0B' >&0"
    #expect(try run("head -c 9 >/dev/null; \(twice); sleep 60") == [.failure(.gaveUp)])
  }

  @Test("Time that the one who asks for jobs takes, or for which this process is stopped, is not the jobs'")
  func slowAsker() throws {
    var time: Int64 = 0
    let pool = WorkerPool(
      program: "/bin/sh", arguments: ["-c", "\(Self.hello)\nhead -c 8388616 >/dev/null\n\(Self.answer)\nsleep 60"],
      count: 2, limits: WorkerLimits(wallMilliseconds: 1_000), clock: { time })
    var asked = 0
    var results: [Result<[UInt8], WorkerFailure>] = []
    try pool.run(
      next: {
        asked += 1
        // The first job is under way meanwhile, and not wholly sent.
        time += 60_000
        return asked <= 2 ? [UInt8](repeating: 7, count: 8 << 20) : nil
      }, answered: { results.append($1) })
    #expect(results == [.success([65]), .success([65])])
  }

  @Test("An answer that is longer than allowed is none")
  func longAnswer() throws {
    #expect(
      try run(
        "head -c 9 >/dev/null; printf '\\377\\377\\377\\377\\377\\377\\377\\377' >&0; sleep 60") == [.failure(.gaveUp)])
  }

  @Test("A processor limit is told as one")
  func processorTime() throws {
    #expect(try run("head -c 9 >/dev/null; kill -XCPU $$") == [.failure(.outOfProcessorTime(seconds: 10))])
  }

  @Test("A program that ends before it is ready cannot do any job")
  func neverReady() {
    #expect(throws: WorkersUnavailable.self) { try run("exit 1", hello: "") }
    #expect(throws: WorkersUnavailable.self) { try run("sleep 60", hello: "printf '\\002\\0\\0\\0\\0\\0\\0\\0hi' >&0") }
  }

  @Test("A job whose process was killed by somebody else is done again, once")
  func killed() throws {
    let flag = "/tmp/poundkey-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    defer { rmdir(flag) }
    #expect(
      try run("mkdir \(flag) 2>/dev/null && head -c 9 >/dev/null && kill -KILL $$\n\(Self.echo)", jobs: [[65]])
        == [.success([65])])
    #expect(try run("head -c 9 >/dev/null; kill -KILL $$") == [.failure(.crashed(signal: SIGKILL))])
  }

  @Test("A process that does not start once is started again, and no job is lost")
  func startsLate() throws {
    let flag = "/tmp/poundkey-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    defer { rmdir(flag) }
    let hello = "mkdir \(flag) 2>/dev/null && exit 1\nprintf '\\005\\0\\0\\0\\0\\0\\0\\0ready' >&0"
    #expect(try run(Self.echo, hello: hello, jobs: [[65], [66]]) == [.success([65]), .success([66])])
  }

  @Test("A program that is not there is told by name")
  func missing() {
    let pool = WorkerPool(program: "/nowhere/program")
    let error = #expect(throws: WorkersUnavailable.self) { try pool.perform([]) }
    #expect(error?.description == "no helper process from /nowhere/program: No such file or directory")
  }

  @Test("A helper process opens no file, reaches no network, starts no process and fills no disk")
  func confined() async {
    await #expect(processExitsWith: .exitCode(42)) {
      guard Confinement.enter(WorkerLimits()) else { exit(1) }
      if open("/etc/hostname", O_RDONLY) >= 0 || errno != EPERM { exit(2) }
      if socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0) >= 0 || errno != EPERM { exit(3) }
      if open("file", O_CREAT | O_WRONLY, 0o600) >= 0 { exit(4) }
      var pid = pid_t()
      var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
      if posix_spawn(&pid, "/bin/true", nil, nil, &arguments, environ) == 0 { exit(5) }
      if kill(getppid(), 0) == 0 { exit(6) }
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 { exit(8) }
      Confinement.allow(processorSeconds: 1)
      if getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit) != 0 || limit.rlim_cur > 60 { exit(9) }
      // What it is for still works.
      if [Int](repeating: 1, count: 1 << 20).reduce(0, +) != 1 << 20 { exit(7) }
      exit(42)
    }
  }

  @Test("A helper process that takes too much memory gets none")
  func memory() async {
    await #expect(processExitsWith: .exitCode(42)) {
      _ = Confinement.enter(WorkerLimits(memory: 64 << 20))
      exit(malloc(128 << 20) == nil && malloc(16 << 20) != nil ? 42 : 1)
    }
  }

  @Test("A helper process that computes for too long is ended by the system")
  func processorLimit() async {
    await #expect(processExitsWith: .signal(SIGXCPU)) {
      Confinement.allow(processorSeconds: -1)
      var sum = 0
      while true { sum &+= 1 }
    }
  }
}
