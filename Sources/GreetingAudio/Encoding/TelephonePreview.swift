/// A greeting as a caller hears it: mixed down, at 8 kHz, through G.711 and back.
public enum TelephonePreview {
  /// The two laws of G.711: mu in North America and Japan, A elsewhere.
  public enum Law: String, Hashable, Sendable, CaseIterable, Codable {
    case mu, a
  }

  /// - Parameter bytes: the content of a WAV or MP3 file, of which at most two minutes are rendered.
  /// - Returns: at 8 kHz.
  /// - Throws: ``UndecodableSound`` for other content and for structures that leave nothing to decode.
  public static func render(_ bytes: [UInt8], law: Law = .mu) throws(UndecodableSound) -> MonoSound {
    let inspection = ContentCheck.inspect(bytes)
    guard let stream = inspection.stream else { throw UndecodableSound(findings: inspection.findings) }
    let kind: SndfileWriter.Kind =
      switch law {
      case .mu: .muLaw
      case .a: .aLaw
      }
    guard let greeting = SoundDecoder.listen(to: stream),
      let carried = SndfileWriter.encode(greeting.telephone.samples.map(WAVWriter.quantized), as: kind)
    else { throw UndecodableSound(findings: [SoundCheck.undecodable(stream)]) }
    return try SoundDecoder.decode(carried)
  }
}
