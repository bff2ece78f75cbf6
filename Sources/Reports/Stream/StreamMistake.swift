/// Why a line of a stream cannot be read.
public struct StreamMistake: Error, Hashable, Sendable {
  /// In bytes, from 1; nil where the line as a whole is at fault.
  public let column: Int?
  public let message: String

  public init(_ message: String, column: Int? = nil) {
    self.column = column
    self.message = message
  }
}
