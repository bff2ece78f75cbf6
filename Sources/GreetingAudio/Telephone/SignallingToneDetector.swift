/// Fax and answer tones of 0.3 s and more.
///
/// A frame of 6.5 ms is looked at every 78 ms. From where one holds little but the tone, the sound is followed both ways
/// frame by frame; two frames that do not fit are stepped over, as a phase reversal or a click makes them.
enum SignallingToneDetector {
  /// Samples of a frame: so few that 38 Hz beside the middle is still seen.
  private static let length = 52
  private static let hop = 624
  private static let shortest = 2_400
  private static let longestBreak = 2
  /// Least part of a frame's power.
  private static let leastPart: Float = 0.6
  /// -55 dBov: what a caller's line would hardly carry.
  private static let leastPower: Float = 3e-6

  static func tones(_ sound: CentredSound, _ milliseconds: Milliseconds) -> [SignallingTone] {
    sound.storage.withUnsafeBufferPointer { samples in
      SignallingTone.Kind.allCases.flatMap { kind in
        var tones: [SignallingTone] = []
        var done = 0
        for start in stride(from: 0, to: sound.count, by: hop) where start >= done {
          guard milliseconds.powers[start / Milliseconds.length] > leastPower else { continue }
          let follower = Follower(kind: kind, samples: samples, count: sound.count)
          guard follower.holdsTone(start) else { continue }
          let span = follower.span(around: start)
          done = span.upperBound
          if span.count >= shortest, follower.isInTune(span) {
            tones.append(SignallingTone(kind: kind, span: max(0, span.lowerBound)..<min(span.upperBound, sound.count)))
          }
        }
        return tones
      }
    }
  }

  /// One tone in one sound.
  private struct Follower {
    let probe: ToneProbe
    let tolerance: Double
    let samples: UnsafeBufferPointer<Float>
    let count: Int

    init(kind: SignallingTone.Kind, samples: UnsafeBufferPointer<Float>, count: Int) {
      probe = probes[kind == .calling ? 0 : 1]
      tolerance = kind.tolerance
      self.samples = samples
      self.count = count
    }

    func holdsTone(_ start: Int) -> Bool {
      let begin = start + CentredSound.margin
      let power = ToneProbe.power(samples, at: begin, window: weights)
      return power > leastPower && probe.read(samples, at: begin).power >= leastPart * power
    }

    func span(around start: Int) -> Range<Int> {
      last(from: start, -length)..<last(from: start, length) + length
    }

    /// The last frame in one direction that holds the tone.
    private func last(from start: Int, _ step: Int) -> Int {
      var (last, position, misses) = (start, start + step, 0)
      while misses <= longestBreak, position > -length, position < count {
        if holdsTone(position) {
          (last, misses) = (position, 0)
        } else {
          misses += 1
        }
        position += step
      }
      return last
    }

    /// By the median of the frequencies from frame to frame; and most of them are near it, as of no voice.
    func isInTune(_ span: Range<Int>) -> Bool {
      let readings = stride(from: span.lowerBound, to: span.upperBound, by: length).map {
        probe.read(samples, at: $0 + CentredSound.margin)
      }
      let offsets = zip(readings, readings.dropFirst()).map { probe.offset(from: $0, to: $1, samples: length) }.sorted()
      guard !offsets.isEmpty else { return false }
      let median = offsets[offsets.count / 2]
      let steady = offsets.filter { abs($0 - median) < 12 }.count
      return abs(median) <= tolerance && steady * 4 >= offsets.count * 3
    }
  }

  private static let window = [Float](repeating: 1, count: length)
  private static let weights = ToneProbe.weights(window)
  private static let probes = SignallingTone.Kind.allCases.map { ToneProbe(hertz: $0.hertz, window: window) }
}
