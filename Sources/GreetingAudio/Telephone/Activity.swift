/// Where a sound is active, and where it is silent for somebody at a telephone.
///
/// Judged in the telephone band, in frames of 8 ms smoothed over three, so that hum is silence. A frame is active 30 dB
/// below the level of the sound; where noise goes on behind the words (``NoiseFloor``), 6 dB above the quietest tenth of
/// the frames, if that is more, up to 3 dB below the level: so hiss between words is silence as digital silence is.
/// As in ITU-T P.56, pauses under 200 ms are part of the speech. A click by itself, under 40 ms, is silence.
struct Activity: Hashable, Sendable {
  /// In samples, ascending, apart from one another.
  let spans: [Range<Int>]

  private static let shortestPause = 25
  private static let shortestSpan = 5
  private static let lowest: Float = 0.001
  private static let highest: Float = 0.5
  /// The margin of P.56, 15.9 dB.
  private static let margin: Float = 0.0257
  private static let aboveFloor: Float = 4
  /// 55 dB below the level of the sound: pasted to the ends of a noisy recording, it says nothing of the noise.
  private static let digitalSilence: Float = 3e-6

  /// - Parameters:
  ///   - frames: power of each in the telephone band, as ``BandMeter`` gives it.
  ///   - count: samples of the sound.
  init(frames: [Float], count: Int, isNoisy: Bool) {
    let smooth = Self.smoothed(frames)
    let threshold = Self.threshold(smooth, isNoisy: isNoisy)
    var spans: [Range<Int>] = []
    for frame in frames.indices where frames[frame] > threshold && smooth[frame] > threshold {
      if let last = spans.last, frame - last.upperBound < Self.shortestPause {
        spans[spans.count - 1] = last.lowerBound..<frame + 1
      } else {
        if let last = spans.last, last.count < Self.shortestSpan { spans.removeLast() }
        spans.append(frame..<frame + 1)
      }
    }
    if let last = spans.last, last.count < Self.shortestSpan, spans.count > 1 { spans.removeLast() }
    self.spans = spans.map {
      $0.lowerBound * BandMeter.frameLength..<min($0.upperBound * BandMeter.frameLength, count)
    }
  }

  private static func smoothed(_ frames: [Float]) -> [Float] {
    frames.indices.map { frame in
      let near = frames[max(0, frame - 1)...min(frames.count - 1, frame + 1)]
      return near.reduce(0, +) / Float(near.count)
    }
  }

  private static func threshold(_ frames: [Float], isNoisy: Bool) -> Float {
    let level = level(frames)
    guard isNoisy else { return lowest * level }
    let sounding = frames.filter { $0 > digitalSilence * level }.sorted()
    let floor = sounding.isEmpty ? 0 : sounding[sounding.count / 10]
    return min(max(aboveFloor * floor, lowest * level), highest * level)
  }

  /// The mean power of the frames less than 15.9 dB below it, found by repetition.
  private static func level(_ frames: [Float]) -> Float {
    var level: Float = 0
    for _ in 0..<4 {
      var (sum, count): (Float, Int) = (0, 0)
      for frame in frames where frame >= margin * level {
        sum += frame
        count += 1
      }
      guard count > 0 else { break }
      level = sum / Float(count)
    }
    return level
  }
}
