public import VerificationCore

/// Why bytes could not be turned into sound: the findings that stand in the way, at least one of them.
public struct UndecodableSound: Error, Hashable, Sendable {
  public var findings: [Finding]

  init(findings: [Finding]) { self.findings = findings }
}

/// WAV and MP3 to samples.
public enum SoundDecoder {
  /// Decodes a greeting for playing it. Its length, size and level are not judged, and a damaged file gives what can
  /// be decoded of it.
  ///
  /// - Parameter bytes: the content of a WAV or MP3 file. Bound its size first: a byte of MP3 can hold 24 samples.
  /// - Throws: ``UndecodableSound`` for other content and for structures that leave nothing to decode.
  public static func decode(_ bytes: [UInt8]) throws(UndecodableSound) -> MonoSound {
    let inspection = ContentCheck.inspect(bytes)
    guard let stream = inspection.stream else { throw UndecodableSound(findings: inspection.findings) }
    var samples: [Float] = []
    samples.reserveCapacity(stream.frames)
    let facts = gather(stream) { samples += $0 }
    guard facts != nil, !samples.isEmpty else {
      throw UndecodableSound(findings: [SoundCheck.undecodable(stream)])
    }
    return MonoSound(samples: samples, rate: stream.rate)
  }

  /// Decodes a greeting for judging it.
  ///
  /// - Returns: nil where nothing could be decoded.
  static func listen(to stream: SoundStream) -> DecodedGreeting? {
    guard var resampler = Resampler(from: stream.rate, to: Telephone.rate) else { return nil }
    let limit = DecodedGreeting.longest * Telephone.rate
    var telephone: [Float] = []
    telephone.reserveCapacity(min(limit, stream.frames * Telephone.rate / stream.rate) + 8_192)
    let facts = gather(stream) { if telephone.count < limit { resampler.feed($0, into: &telephone) } }
    guard let facts, facts.frames > 0 else { return nil }
    resampler.finish(into: &telephone)
    return DecodedGreeting(facts: facts, telephone: telephone, of: stream)
  }

  /// - Parameter take: gets the mean of the channels, block by block.
  private static func gather(_ stream: SoundStream, _ take: (UnsafeBufferPointer<Float>) -> Void) -> SoundFacts? {
    var facts = SoundFacts(channels: stream.channels, fullScale: stream.fullScale)
    let mix = UnsafeMutableBufferPointer<Float>.allocate(capacity: SndfileReader.blockFrames)
    defer { mix.deallocate() }
    let isOpen = SndfileReader.read(stream) { block in
      facts.take(block, mix: mix)
      take(UnsafeBufferPointer(rebasing: mix[..<(block.count / stream.channels)]))
    }
    return isOpen ? facts : nil
  }
}
