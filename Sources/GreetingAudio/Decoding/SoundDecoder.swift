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
    guard let sound = SndfileReader.read(stream), !sound.samples.isEmpty else {
      throw UndecodableSound(findings: [SoundCheck.undecodable(stream)])
    }
    return sound
  }
}
