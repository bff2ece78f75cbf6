/// Reads the files that scenarios and tenants are made of. A port: the shell that has files implements it.
public protocol SourceLoading {
  /// - Throws: why the file cannot be read.
  func load(_ path: String) throws(SourceFailure) -> [UInt8]
}

/// Why a source file cannot be read.
public enum SourceFailure: Error, Hashable, Sendable {
  case missing
  case unreadable(String)
  case notAFile
  case tooLarge(limit: Int)
  /// Not below any folder that may be read from.
  case outside
}

/// Says whether a greeting would be accepted and how long it lasts. A port: the greeting check implements it (MSG-7).
public protocol GreetingMeasuring {
  func measure(_ path: String) -> GreetingMeasurement
}
