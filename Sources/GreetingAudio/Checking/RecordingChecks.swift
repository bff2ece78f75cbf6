import VerificationCore

/// What went wrong at the recorder: clipping, an offset, channels that cancel. Judged at the rate of the file.
extension SoundCheck {
  static let recordingChecks = [clip, offset, stereoCancel, stereoOneSide, manyChannels]

  /// Over one sample in 2,000 at the most that the codec holds.
  static let clip = SoundCheck { greeting, _ in
    let facts = greeting.facts
    let all = facts.frames * facts.channels
    guard facts.clipped * 2_000 > all, let first = facts.firstClipped else { return nil }
    let at = Figures.time(frames: first, rate: greeting.rate)
    let share = Figures.percent(Double(facts.clipped) / Double(all))
    let clipped = Figures.counted(facts.clipped, .sample)
    return Finding(
      .clip, .warn,
      facts.holdsMore
        ? "\(clipped) of \(Figures.grouped(all)) from \(Figures.seconds(at)) on are at full scale or beyond (\(share)): the loud parts are cut off where it is played"
        : "\(clipped) of \(Figures.grouped(all)) from \(Figures.seconds(at)) on are at full scale (\(share)): the loud parts are cut off",
      remedy: facts.holdsMore
        ? "Export it quieter, as `poundkey greeting fix` does; what was cut off when it was recorded stays so."
        : "Record it again with the input 6 dB lower: what is cut off cannot be brought back.", at: at)
  }

  /// A mean beyond 2 % of full scale in any channel.
  static let offset = SoundCheck { greeting, _ in
    guard greeting.facts.nonfinite == 0,
      let largest = greeting.facts.offsets.max(by: { abs($0) < abs($1) }), abs(largest) > 0.02
    else { return nil }
    return Finding(
      .offset, .warn,
      "the sound is shifted by \(Figures.percent(largest)) of full scale: it begins and ends with a click",
      remedy: "Remove the DC offset in an audio editor, or let `poundkey greeting fix` do it.")
  }

  /// A telephone has one channel: the mean of all keeps less than 5 % of their power.
  static let stereoCancel = SoundCheck { greeting, _ in
    let facts = greeting.facts
    guard cancels(facts) else { return nil }
    let mean = facts.powers.reduce(0, +) / Double(facts.channels)
    return Finding(
      .stereoCancel, .warn,
      "mixed down to one channel, \(Figures.percent(facts.mixedPower / mean)) of the sound is left: the channels cancel each other",
      remedy: "\(Remedy.uncancel)")
  }

  /// Whether less than a twentieth of the power is left when the channels are mixed down.
  static func cancels(_ facts: SoundFacts) -> Bool {
    let mean = facts.powers.reduce(0, +) / Double(facts.channels)
    return facts.channels > 1 && facts.nonfinite == 0 && mean > 0 && facts.mixedPower < 0.05 * mean
  }

  /// One of two channels holds less than a thousandth of the other's power.
  static let stereoOneSide = SoundCheck { greeting, _ in
    let powers = greeting.facts.powers
    guard powers.count == 2, greeting.facts.nonfinite == 0, let most = powers.max(), most > 0,
      let silent = powers.firstIndex(where: { $0 < most / 1_000 })
    else { return nil }
    return Finding(
      .stereoOneSide, .warn,
      silent == 0
        ? "the left channel is silent: mixed down to one channel, the sound is 6 dB quieter"
        : "the right channel is silent: mixed down to one channel, the sound is 6 dB quieter",
      remedy: "Keep the other channel alone, and export it as mono.")
  }

  static let manyChannels = SoundCheck { greeting, _ in
    let channels = greeting.facts.channels
    guard channels > 2 else { return nil }
    return Finding(
      .manyChannels, .warn, "\(channels) channels: a telephone has one, and how others mix them down is not known",
      remedy: "\(Remedy.export)")
  }
}
