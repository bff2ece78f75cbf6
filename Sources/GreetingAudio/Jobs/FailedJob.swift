/// Why a job was not done: whoever did it is no more.
public enum FailedJob: Error, Hashable, Sendable {
  /// Ended by a signal of the system, by its number; nil where it ended in another way.
  case crashed(signal: Int32?)
  /// Ended after so many seconds, of its time or of the processor's.
  case outOfTime(seconds: Int)
}
