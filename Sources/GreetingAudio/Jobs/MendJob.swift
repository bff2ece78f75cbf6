public import VerificationCore

/// What mending came to, on its way from another process. The bytes of the copy travel beside it.
enum MendOutcome: Codable {
  case mended(changes: [Mend], before: GreetingReport, after: GreetingReport)
  case unmendable(before: GreetingReport, findings: [Finding])

  static func packed(_ bytes: [UInt8], _ name: String, _ options: MendingOptions) -> [UInt8] {
    do {
      let mended = try GreetingMender.mend(bytes, name: name, options)
      let outcome = MendOutcome.mended(changes: mended.changes, before: mended.before, after: mended.after)
      return Parcel(outcome, bytes: mended.bytes).packed
    } catch {
      return Parcel(MendOutcome.unmendable(before: error.before, findings: error.findings)).packed
    }
  }
}

extension GreetingMender {
  /// The mending of a content as a job for another process.
  public static func job(_ bytes: [UInt8], name: String, _ options: MendingOptions = MendingOptions()) -> [UInt8] {
    KnownJobs.packed(.mend(name: name, options), bytes)
  }

  /// - Parameter size: of the content, in bytes.
  /// - Throws: as ``mend(_:name:_:)``; that the other process failed is a finding.
  public static func mended(
    name: String, size: Int, answer: Result<[UInt8], FailedJob>
  ) throws(UnmendableGreeting) -> MendedGreeting {
    switch answer.unpacked(MendOutcome.self) {
    case .failure(let failure):
      throw UnmendableGreeting(
        before: failure.report(name: name, size: size, GreetingLimits()), findings: [failure.finding])
    case .success(let parcel):
      switch parcel.value {
      case .unmendable(let before, let findings): throw UnmendableGreeting(before: before, findings: findings)
      case .mended(let changes, let before, let after):
        return MendedGreeting(bytes: parcel.bytes, changes: changes, before: before, after: after)
      }
    }
  }
}
