import NIOCore

/// How much of everything a client may take.
enum Limits {
  /// Bytes of one header field, name and value.
  static let headerField = 8 * 1_024
  /// Bytes of all header fields together.
  static let headers = 16 * 1_024
  static let headerCount = 64
  /// Bytes of a request line and header fields that have not come to their end. What is read at once may go beyond it.
  static let head = 32 * 1_024
  /// From its first byte to its end.
  static let headTime = TimeAmount.seconds(10)
  /// Without a request under way.
  static let idleTime = TimeAmount.seconds(60)
  /// A body has so long, and one second more for each so many bytes that have come.
  static let bodyTime = TimeAmount.seconds(10)
  static let bodyRate = 32 * 1_024
  /// From the head of a request to the end of its answer; event streams are without end.
  static let answerTime = TimeAmount.seconds(120)
  /// What still comes of a body after its answer is read for so long, and so many bytes of it: whoever is sending would
  /// not see the answer otherwise.
  static let restTime = TimeAmount.seconds(2)
  static let rest = 1_024 * 1_024
  /// Connections at once; more are told so and closed.
  static let connections = 900
  /// Of them from one address, other than of this machine.
  static let connectionsFromOne = 64
  /// More than that are not taken from the system's queue.
  static let connectionsTaken = connections + 64
  /// Pages that follow the events at once.
  static let eventStreams = 600
  /// A client of whom the network has brought nothing for so long, though it was asked, is gone.
  static let silence = TimeAmount.seconds(30)
  /// Bytes that the system holds for a client that reads slowly.
  static let sendBuffer: Int = 256 * 1_024

  /// Bytes of a body by what is asked for.
  static func body(path: String) -> Int {
    // A long recording can be looked at and mended; whether it can be stored is for the check to say.
    if path.hasPrefix("/api/greetings/") { return 16 * 1_024 * 1_024 }
    // Files of tokens are held against the desk's own limit.
    if ["/api/tokens/check", "/api/tokens/import"].contains(path) { return 4 * 1_024 * 1_024 }
    return RequestFields.limit
  }
}
