/// Sound at 8 kHz as the content of a greeting file.
enum GreetingEncoder {
  /// - Parameter samples: at 8 kHz; what exceeds full scale is clipped.
  /// - Returns: nil where libsndfile was built without this encoder.
  static func encode(_ samples: [Float], as format: GreetingFormat) -> [UInt8]? {
    switch format {
    case .wav: WAVWriter.pcm16(MonoSound(samples: samples, rate: Telephone.rate))
    case .mulaw: SndfileWriter.encode(samples.map(WAVWriter.quantized), as: .muLaw)
    case .mp3: SndfileWriter.encode(samples.map(WAVWriter.quantized), as: .mp3)
    }
  }
}
