public import VerificationCore

extension GreetingChecker {
  /// The check of a content as a job for another process.
  public func job(name: String, bytes: [UInt8]) -> [UInt8] {
    // Of a name only its ending counts: so most jobs of a batch begin alike.
    KnownJobs.packed(.check(name: NameCheck.ending(of: name), limits: limits), bytes)
  }

  /// What the other process says of a content; that it failed is a verdict as well.
  ///
  /// - Parameter size: of the content, in bytes.
  public func report(name: String, size: Int, answer: Result<[UInt8], FailedJob>) -> GreetingReport {
    switch answer.unpacked(GreetingReport.self) {
    case .failure(let failure): return failure.report(name: name, size: size, limits)
    case .success(let parcel):
      var report = parcel.value
      report.file = name
      return report
    }
  }
}

extension PortraitPainter {
  /// The portrait of a content as a job for another process.
  public static func job(_ bytes: [UInt8], name: String, columns: Int = defaultColumns) -> [UInt8] {
    KnownJobs.packed(.portray(name: name, columns: columns), bytes)
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
