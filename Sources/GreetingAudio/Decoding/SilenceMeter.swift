/// How much of a sound is loud enough to be one.
enum SilenceMeter {
  /// -60 dB below full scale.
  static let threshold = 0.001

  /// The length of all the parts above the threshold, once the DC offset is removed.
  ///
  /// The sound is cut into milliseconds, and one counts when its peak is above the threshold: single samples would leave
  /// out the zero crossings. Every sample must be finite.
  static func soundingMilliseconds(_ sound: MonoSound) -> Int {
    guard sound.rate > 0, !sound.samples.isEmpty else { return 0 }
    let offset = sound.samples.reduce(0.0) { $0 + Double($1) } / Double(sound.samples.count)
    var count = 0
    var start = 0
    var millisecond = 1
    while start < sound.samples.count {
      let end = min(millisecond * sound.rate / 1_000, sound.samples.count)
      if sound.samples[start..<end].contains(where: { abs(Double($0) - offset) > threshold }) { count += 1 }
      start = end
      millisecond += 1
    }
    return count
  }
}
