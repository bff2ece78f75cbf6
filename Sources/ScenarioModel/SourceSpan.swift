/// A stretch of one line of a file. Lines and columns count from 1, columns in Unicode scalars.
public struct SourceSpan: Hashable, Sendable {
  public var line: Int
  public var column: Int
  /// At least 1.
  public var length: Int

  public init(line: Int, column: Int, length: Int = 1) {
    self.line = line
    self.column = column
    self.length = max(1, length)
  }
}

/// A span in a file.
public struct SourcePlace: Hashable, Sendable {
  public var path: String
  public var span: SourceSpan

  public init(path: String, span: SourceSpan) {
    self.path = path
    self.span = span
  }
}

extension SourcePlace: CustomStringConvertible {
  /// `scenarios/pin.yaml:16:11`
  public var description: String { "\(path):\(span.line):\(span.column)" }
}

/// A value and where it was written.
public struct Placed<Value> {
  public var value: Value
  public var place: SourcePlace

  public init(_ value: Value, at place: SourcePlace) {
    self.value = value
    self.place = place
  }
}

extension Placed: Sendable where Value: Sendable {}
extension Placed: Equatable where Value: Equatable {}
extension Placed: Hashable where Value: Hashable {}
