public import VerificationCore

/// What the check of a greeting says to whoever wants to play it.
public enum GreetingMeasurement: Hashable, Sendable {
  case accepted(Milliseconds)
  /// The first reason, and what to do.
  case rejected(reason: String, remedy: String)
  case unreadable(String)
  /// Not below any folder that may be read from.
  case outside
}
