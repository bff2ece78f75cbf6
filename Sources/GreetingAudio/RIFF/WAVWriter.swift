/// Sound as a WAV file.
public enum WAVWriter {
  /// 16-bit PCM, mono, at the sound's own rate. What exceeds full scale is clipped, what is no number becomes silence.
  public static func pcm16(_ sound: MonoSound) -> [UInt8] {
    // The data size is a field of 32 bits; two bytes a sample and the header must fit.
    let samples = sound.samples.prefix(2_000_000_000)
    var data: [UInt8] = []
    data.reserveCapacity(samples.count * 2)
    for sample in samples { data.appendLittleEndian(Int(quantized(sample)), bytes: 2) }
    return WAVLayout.file(
      tag: 1, channels: 1, rate: sound.rate, bytesPerSecond: sound.rate * 2, blockAlign: 2, bits: 16, tail: [],
      frames: samples.count, data: data[...])
  }

  /// To the nearest step: what was read from 16 bits is written back unchanged.
  private static func quantized(_ sample: Float) -> Int16 {
    guard !sample.isNaN else { return 0 }
    return Int16(max(-32_768, min(32_767, (sample * 32_768).rounded())))
  }
}
