/// What is done with the content of a file, somewhere where a hostile one does no harm.
///
/// Whoever wants a job done packs it, has it done by ``perform(_:)`` in another process, and unpacks what came back.
enum GreetingJob: Codable {
  case check(name: String, limits: GreetingLimits)
}

public enum GreetingJobs {
  /// Does a packed job; what comes back is for the method that packed it.
  ///
  /// - Returns: nothing for what is no job.
  public static func perform(_ packed: [UInt8]) -> [UInt8] {
    guard let parcel = Parcel<GreetingJob>(packed: packed) else { return [] }
    switch parcel.value {
    case .check(let name, let limits):
      return Parcel(GreetingChecker(limits: limits).check(bytes: parcel.bytes, name: name)).packed
    }
  }
}
