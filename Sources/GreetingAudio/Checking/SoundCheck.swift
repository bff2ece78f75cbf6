import VerificationCore

/// One question put to the decoded sound. To add a check, write it and put it into ``all``.
struct SoundCheck: Sendable {
  let finding: @Sendable (DecodedGreeting, GreetingLimits) -> Finding?

  static let all =
    [decodeMismatch, durationLimit, durationShort, levelNonfinite, levelSilent] + recordingChecks + telephoneChecks

  /// The walk and the decoder must agree on the length.
  static let decodeMismatch = SoundCheck { greeting, _ in
    guard abs(greeting.frames - greeting.walkedFrames) > greeting.tolerance else { return nil }
    let walked = Figures.counted(greeting.walkedFrames, .sample)
    return Finding(
      .decodeMismatch, .reject,
      greeting.frames > greeting.walkedFrames
        ? "the file has \(walked), but more than that could be decoded"
        : "the file has \(walked), but only \(Figures.grouped(greeting.frames)) could be decoded",
      remedy: "\(Remedy.export)")
  }

  /// Strictly under the limit. The cut is rounded up to a tenth that brings the sound under it.
  static let durationLimit = SoundCheck { greeting, limits in
    guard limits.isReached(frames: greeting.frames, rate: greeting.rate) else { return nil }
    let duration = greeting.duration
    let over = duration - .seconds(limits.maxSeconds)
    let tenths = Int(over / .milliseconds(100)) + 1
    return Finding(
      .durationLimit, .reject, "\(Figures.seconds(duration)): cut \(.seconds(Int64(tenths), digits: 1))",
      remedy: "Trim the silence at both ends or shorten the text: a greeting stays under \(limits.maxSeconds) s.",
      at: .seconds(limits.maxSeconds))
  }

  static let durationShort = SoundCheck { greeting, _ in
    guard greeting.duration < .milliseconds(500) else { return nil }
    return Finding(
      .durationShort, .warn, "\(Figures.seconds(greeting.duration)): a caller hardly notices less than 0.50 s",
      remedy: "Check that the whole text was recorded.")
  }

  static let levelNonfinite = SoundCheck { greeting, _ in
    guard let first = greeting.facts.firstNonfinite else { return nil }
    let count = greeting.facts.nonfinite
    let at = Figures.time(frames: first, rate: greeting.rate)
    return Finding(
      .levelNonfinite, .reject,
      count == 1
        ? "\(Figures.counted(count, .sample)) from \(Figures.seconds(at)) on is no number"
        : "\(Figures.counted(count, .sample)) from \(Figures.seconds(at)) on are no numbers",
      remedy: "\(Remedy.export)", at: at)
  }

  static let levelSilent = SoundCheck { greeting, _ in
    guard greeting.facts.nonfinite == 0, greeting.sounding < DecodedGreeting.leastSounding else { return nil }
    let figures = Sentence(
      "\(greeting.sounding) ms are above -60 dBFS, \(DecodedGreeting.leastSounding) are needed")
    if cancels(greeting.facts) {
      return Finding(
        .levelSilent, .reject, "silent to a caller, because the channels cancel each other: \(figures)",
        remedy: "\(Remedy.uncancel)")
    }
    if greeting.facts.mixedPower > audible {
      return Finding(
        .levelSilent, .reject, "silent to a caller, because a telephone carries none of it: \(figures)",
        remedy: "Record it again: this is no speech.")
    }
    return Finding(
      .levelSilent, .reject, "silent: \(figures)", remedy: "Record it again, and check that the microphone is on.")
  }

  /// The mean power of a sound that one would hear where all of it is carried: 50 dB below full scale.
  private static let audible = 1e-5

  /// `decode.mismatch` for a stream that the decoder does not even open.
  static func undecodable(_ stream: SoundStream) -> Finding {
    Finding(
      .decodeMismatch, .reject,
      "the file has \(Figures.counted(stream.frames, .sample)), but none could be decoded", remedy: "\(Remedy.export)")
  }
}
