import Glibc

/// The digits that a receiver at the other end would hear in a sound, by the values of ITU-T Q.24.
///
/// Both tones last 31 ms at least (40 ms must be heard, 23 ms must not); each is within 2.5 % of its frequency (1.5 % must
/// be heard, 3.5 % must not) and has -42 dBm0 or more; the high one is up to 4 dB stronger and up to 8 dB weaker than the
/// low one; and together they hold at least 85 % of the power there, which voices do not do for so long.
enum DTMFDetector {
  private static let shortest = 248
  private static let frequencyTolerance = 0.025
  /// Level and twist are 0.2 dB wider than told, for what measuring takes.
  private static let leastPower = Float(Telephone.power(ofDecibels: Telephone.zeroDBm0 - 42.2))
  /// High over low, as powers.
  private static let twists: ClosedRange<Float> = 0.151...2.63
  private static let leastPart: Float = 0.85
  /// What a window that may stick out of the digit must hold to be looked at more closely.
  private static let leastPartAtFirst: Float = 0.65
  /// Samples between positions where the edges are looked for.
  private static let step = 8
  private static let spacing = 80

  static func digits(_ sound: CentredSound, _ milliseconds: Milliseconds) -> [DTMFDigit] {
    let candidates = DTMFScreen.candidates(sound, milliseconds)
    return sound.storage.withUnsafeBufferPointer { samples in
      var digits: [DTMFDigit] = []
      for candidate in candidates {
        guard let digit = digit(candidate, samples, sound.count) else { continue }
        // Two candidates with a doubtful frame between them are one digit.
        if let last = digits.last, last.key == digit.key, last.span.overlaps(digit.span) { continue }
        digits.append(digit)
      }
      return digits
    }
  }

  private static func digit(
    _ candidate: DTMFScreen.Candidate, _ samples: UnsafeBufferPointer<Float>, _ count: Int
  ) -> DTMFDigit? {
    let pair = TonePair(row: candidate.row, column: candidate.column, samples: samples)
    let half = DTMFScreen.length / 2
    let middle = (candidate.first + candidate.last) / 2 + half
    guard let best = [middle, middle - half, middle + half].max(by: { pair.part(at: $0) < pair.part(at: $1) }),
      pair.part(at: best) > leastPartAtFirst
    else { return nil }
    let bounds = -TonePair.length / 2...count + TonePair.length / 2
    let reference = pair.read(at: best)
    let start = edge(of: pair, from: min(best, candidate.first + half), to: best, -step, reference, bounds)
    let end = edge(of: pair, from: max(best, candidate.last + half), to: best, step, reference, bounds)
    guard end - start >= shortest, isRight(pair, middle: (start + end) / 2) else { return nil }
    return DTMFDigit(
      key: DTMF.key(row: candidate.row, column: candidate.column), span: max(0, start)..<min(count, end))
  }

  /// Where one of the tones falls to half its amplitude: there half of the window is in the digit.
  private static func edge(
    of pair: TonePair, from first: Int, to best: Int, _ step: Int, _ reference: TonePair.Reading,
    _ bounds: ClosedRange<Int>
  ) -> Int {
    func isOn(_ position: Int) -> Bool {
      let reading = pair.read(at: position)
      return reading.low.power > reference.low.power / 4 && reading.high.power > reference.high.power / 4
    }
    var position = first
    while position != best, !isOn(position) {
      position = step < 0 ? min(best, position - step) : max(best, position - step)
    }
    // In strides first: what the tones stay for in between does not matter.
    for stride in [5 * step, step] {
      while bounds.contains(position + stride), isOn(position + stride) { position += stride }
    }
    return position
  }

  /// Level, twist, purity and frequencies within the digit.
  private static func isRight(_ pair: TonePair, middle: Int) -> Bool {
    let (first, second) = (pair.read(at: middle - spacing / 2), pair.read(at: middle + spacing / 2))
    let low = tone(pair.low, first.low, second.low)
    let high = tone(pair.high, first.high, second.high)
    let all = (pair.power(at: middle - spacing / 2) + pair.power(at: middle + spacing / 2)) / 2
    return low.isInTune && high.isInTune && min(low.power, high.power) >= leastPower
      && twists.contains(high.power / low.power) && low.power + high.power >= leastPart * all
  }

  private static func tone(
    _ probe: ToneProbe, _ first: ToneProbe.Reading, _ second: ToneProbe.Reading
  ) -> (power: Float, isInTune: Bool) {
    let offset = probe.offset(from: first, to: second, samples: spacing)
    let power = (first.power + second.power) / 2 / TonePair.response(toOffset: offset)
    return (power, abs(offset) <= frequencyTolerance * probe.hertz)
  }
}
