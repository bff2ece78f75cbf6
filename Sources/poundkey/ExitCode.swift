import Glibc

/// One table for every verb.
enum ExitCode: Int32 {
  case good = 0
  /// A scenario failed, a greeting was rejected.
  case contentAtFault = 1
  /// A wrong call, a path that does not exist.
  case usage = 2
  /// A scenario or tenant file is invalid.
  case invalidFile = 3
  /// Unreadable, unwritable, a missing tool.
  case environment = 4
  /// An empty folder, a filter that nothing passes.
  case nothingMatched = 5
  /// Streams of shards that do not make up a whole run.
  case mergeIncomplete = 6
  /// An exploration that did not see everything, where it had to.
  case incomplete = 7
  case interrupted = 130
  /// Told to stop: 128 and the number of the signal, as shells count.
  case hungUp = 129
  case terminated = 143

  static func stopped(by signal: CInt) -> ExitCode {
    switch signal {
    case SIGHUP: .hungUp
    case SIGTERM: .terminated
    default: .interrupted
    }
  }
}

/// Ends a verb: the message goes to stderr.
struct Failure: Error {
  let code: ExitCode
  let message: String?

  init(_ code: ExitCode, _ message: String? = nil) {
    self.code = code
    self.message = message
  }
}
