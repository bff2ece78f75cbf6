public import VerificationCore

extension GreetingChecker {
  /// The check of a content as a job for another process.
  public func job(name: String, bytes: [UInt8]) -> [UInt8] {
    Parcel(GreetingJob.check(name: name, limits: limits), bytes: bytes).packed
  }

  /// What the other process says of a content; that it failed is a verdict as well.
  ///
  /// - Parameter size: of the content, in bytes.
  public func report(name: String, size: Int, answer: Result<[UInt8], FailedJob>) -> GreetingReport {
    switch answer.unpacked(GreetingReport.self) {
    case .success(let parcel): parcel.value
    case .failure(let failure): failure.report(name: name, size: size, limits)
    }
  }
}

extension PortraitPainter {
  /// The portrait of a content as a job for another process.
  public static func job(_ bytes: [UInt8], name: String, columns: Int = defaultColumns) -> [UInt8] {
    Parcel(GreetingJob.portray(name: name, columns: columns), bytes: bytes).packed
  }

  /// What the other process drew.
  ///
  /// - Parameter size: of the content, in bytes.
  public static func portrait(name: String, size: Int, answer: Result<[UInt8], FailedJob>) -> GreetingPortrait {
    switch answer.unpacked(GreetingPortrait.self) {
    case .success(let parcel): parcel.value
    case .failure(let failure):
      GreetingPortrait(report: failure.report(name: name, size: size, GreetingLimits()), waveform: nil)
    }
  }
}
