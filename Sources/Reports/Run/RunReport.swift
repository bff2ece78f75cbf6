public import Runs

/// A report that is made of the records of a run, one after the other, while the run goes on or from a stream.
public protocol RunReport: Sendable {
  /// Takes the next record in the order of the stream, and appends what can be written by now.
  mutating func take(_ record: RunRecord, into output: inout [UInt8])

  /// Appends what is left; after the last record, also where the run was cut off before its end.
  mutating func finish(into output: inout [UInt8])
}
