public import Runs

public struct HTMLReport: RunReport {
  public init() {}
  public mutating func take(_ record: RunRecord, into output: inout [UInt8]) {}
  public mutating func finish(into output: inout [UInt8]) {}
}
