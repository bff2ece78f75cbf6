import VerificationCore

/// What a caller hears: level, silence, noise, band. Judged on the sound at 8 kHz; silence is `level.silent` and no more.
extension SoundCheck {
  static let telephoneChecks =
    [levelLow, levelHigh, band, silenceLead, silenceTail, silenceGap, noise] + toneChecks

  /// Levels in dBov.
  private static let levels = -36.0 ... -14.0
  private static let aim = -22.0

  static let levelLow = SoundCheck { greeting, _ in
    // Where the channels cancel, what is left of them is no level to go by.
    guard let level = greeting.measures?.level?.active, level < levels.lowerBound, !cancels(greeting.facts) else {
      return nil
    }
    return Finding(
      .levelLow, .warn, "the speech is at \(Figures.decimal(level, .down)) dBov: callers strain to hear it",
      remedy: "Make it louder by \(Figures.decimal(aim - level, .up)) dB: -22 dBov is best, -26 to -18 is good.")
  }

  static let levelHigh = SoundCheck { greeting, _ in
    guard let level = greeting.measures?.level?.active, level > levels.upperBound else { return nil }
    return Finding(
      .levelHigh, .warn, "the speech is at \(Figures.decimal(level, .up)) dBov: it is too loud and distorts on the way",
      remedy: "Make it quieter by \(Figures.decimal(level - aim, .up)) dB: -22 dBov is best, -26 to -18 is good.")
  }

  /// Under 2 % of all the energy that the file has at its own rate.
  static let band = SoundCheck { greeting, _ in
    guard let inBand = greeting.measures?.inBandPower else { return nil }
    let share = inBand / greeting.facts.mixedPower
    guard share < 0.02 else { return nil }
    return Finding(
      .band, .warn,
      "\(Figures.percent(share)) of the energy lies from 300 to 3,400 Hz, which is all that a telephone carries",
      remedy: "Filter out the hum below or the whistle above with a band-pass of 300 to 3,400 Hz, or record it again.")
  }

  /// Over 1.5 s; 0.2 s are left.
  static let silenceLead = SoundCheck { greeting, _ in
    guard let silence = greeting.measures?.leadingSilence, silence.count > 12_000 else { return nil }
    let cut = Telephone.time(ofSample: silence.upperBound - 1_600)
    return Finding(
      .silenceLead, .warn,
      "the first \(Figures.seconds(Telephone.time(ofSample: silence.count))) are silent: callers think that the line is dead",
      remedy: "Cut the first \(Figures.tenths(cut)).", at: .zero)
  }

  /// Over 2 s; 0.2 s to 0.3 s are left.
  static let silenceTail = SoundCheck { greeting, _ in
    guard let silence = greeting.measures?.trailingSilence, silence.count > 16_000 else { return nil }
    let cut = Telephone.time(ofSample: silence.lowerBound + 2_400)
    return Finding(
      .silenceTail, .warn,
      "the last \(Figures.seconds(Telephone.time(ofSample: silence.count))) are silent: callers wait for more",
      remedy: "Cut it at \(Figures.tenths(cut)).", at: Telephone.time(ofSample: silence.lowerBound))
  }

  /// Over 3 s; 1 s is left.
  static let silenceGap = SoundCheck { greeting, _ in
    guard let gap = greeting.measures?.longestGap, gap.count > 24_000 else { return nil }
    let at = Telephone.time(ofSample: gap.lowerBound)
    let (start, end) = (gap.lowerBound + 4_000, gap.upperBound - 4_000)
    return Finding(
      .silenceGap, .warn,
      "\(Figures.seconds(Telephone.time(ofSample: gap.count))) from \(Figures.seconds(at)) on are silent: callers take it for the end",
      remedy:
        "Cut out \(Figures.tenths(Telephone.time(ofSample: start))) to \(Figures.tenths(Telephone.time(ofSample: end))).",
      at: at)
  }

  static let noise = SoundCheck { greeting, _ in
    guard let ratio = greeting.measures?.signalToNoise, ratio < 12 else { return nil }
    return Finding(
      .noise, .warn,
      ratio < 1
        ? "nothing stands out of the noise: 12 dB are needed"
        : "the speech is only \(Figures.decimal(ratio, .down)) dB above the noise: 12 dB are needed",
      remedy: "Record it again in a quiet room, close to the microphone, or remove the noise in an audio editor.")
  }
}
