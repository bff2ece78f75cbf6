import VerificationCore

/// What is done with the content of a file, somewhere where a hostile one does no harm.
///
/// Whoever wants a job done packs it, has it done by ``GreetingJobs/perform(_:)`` in another process, and unpacks what
/// came back: there is a pair of functions for that beside each kind of work.
enum GreetingJob: Codable, Hashable {
  case check(name: String, limits: GreetingLimits)
  case decode
  case preview(TelephonePreview.Law)
  case portray(name: String, columns: Int)
  case mend(name: String, MendingOptions)
}

public enum GreetingJobs {
  /// Does a packed job; what comes back is for the function that unpacks it.
  ///
  /// - Returns: nothing for what is no job.
  public static func perform(_ packed: [UInt8]) -> [UInt8] {
    guard let (job, bytes) = KnownJobs.unpacked(packed) else { return [] }
    switch job {
    case .check(let name, let limits):
      return Parcel(GreetingChecker(limits: limits).check(bytes: bytes, name: name)).packed
    case .decode:
      return SoundOutcome.packed { () throws(UndecodableSound) in try SoundDecoder.decode(bytes) }
    case .preview(let law):
      return SoundOutcome.packed { () throws(UndecodableSound) in try TelephonePreview.render(bytes, law: law) }
    case .portray(let name, let columns):
      return Parcel(PortraitPainter.portrait(of: bytes, name: name, columns: columns)).packed
    case .mend(let name, let options): return MendOutcome.packed(bytes, name, options)
    }
  }
}
