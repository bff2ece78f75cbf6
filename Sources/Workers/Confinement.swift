import CSeccomp
import Glibc

/// What a helper process gives up before it sees a job: the network, files, other processes, memory without end.
enum Confinement {
  /// - Returns: whether the system calls are filtered too; a kernel or container may refuse that.
  static func enter(_ limits: WorkerLimits) -> Bool {
    enterEmptyFolder()
    set(RLIMIT_CORE, 0)
    set(RLIMIT_FSIZE, 0)
    set(RLIMIT_AS, addressSpace + limits.memory)
    return filterSystemCalls()
  }

  /// Allows so much processor time more than was used so far.
  static func allow(processorSeconds: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let used = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1
    var limit = rlimit(rlim_cur: rlim_t(used + processorSeconds), rlim_max: rlim_t.max)
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
  }

  /// A folder that has no name any more: nothing is in it, and nothing can be put there.
  private static func enterEmptyFolder() {
    var template = Array("/tmp/poundkey-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return _ = chdir("/") }
    if chdir(made) != 0 { _ = chdir("/") }
    rmdir(made)
  }

  private static func set(_ resource: __rlimit_resource, _ value: Int) {
    var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
    setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
  }

  /// In bytes, as the kernel counts it; a generous guess where it does not say.
  private static var addressSpace: Int {
    let guess = 1 << 30
    guard let file = fopen("/proc/self/statm", "re") else { return guess }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, CInt(line.count), file) != nil else { return guess }
    return max(guess / 16, strtol(line, nil, 10) * sysconf(CInt(_SC_PAGESIZE)))
  }

  /// What computing on bytes in memory takes, and answering.
  private static let systemCalls = [
    "read", "write", "close", "fstat", "lseek", "poll", "mmap", "munmap", "mremap", "mprotect", "madvise", "brk",
    "futex", "sched_yield", "clock_gettime", "clock_nanosleep", "gettimeofday", "getrusage", "alarm", "setitimer",
    "getrandom", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "restart_syscall", "sigaltstack", "getpid", "gettid",
    "exit", "exit_group",
  ]
  /// Allowed with these first arguments: to end by a signal, and to count processor time anew.
  private static let onItself = [
    ("tgkill", [UInt64(getpid())]), ("prlimit64", [0, UInt64(RLIMIT_CPU.rawValue)]),
  ]

  /// All but those fail with EPERM from here on, in this process and for ever.
  private static func filterSystemCalls() -> Bool {
    guard let filter = seccomp_init(cseccomp_refuse()) else { return false }
    defer { seccomp_release(filter) }
    for name in systemCalls {
      let number = seccomp_syscall_resolve_name(name)
      // Not every machine has every one of them.
      guard number >= 0 else { continue }
      guard seccomp_rule_add_array(filter, cseccomp_allow(), number, 0, nil) == 0 else { return false }
    }
    for (name, first) in onItself {
      let arguments = first.enumerated().map { place, value in
        scmp_arg_cmp(arg: UInt32(place), op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
      }
      let number = seccomp_syscall_resolve_name(name)
      guard seccomp_rule_add_array(filter, cseccomp_allow(), number, UInt32(arguments.count), arguments) == 0 else {
        return false
      }
    }
    return seccomp_load(filter) == 0
  }
}
