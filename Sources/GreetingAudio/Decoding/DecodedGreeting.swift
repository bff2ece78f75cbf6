/// What came out of the decoder, beside what the walk had promised: the material of the sound checks.
struct DecodedGreeting: Sendable {
  /// Sample frames a second of the file, in hertz.
  let rate: Int
  /// What is known of the sound at that rate.
  let facts: SoundFacts
  /// The mean of the channels as a telephone carries it: 8 kHz, at most ``longest``.
  let telephone: MonoSound
  /// How much of ``telephone`` is loud enough to be heard at all, in milliseconds; ``leastSounding`` stands for more.
  let sounding: Int
  /// What is measured of ``telephone``; nil where it is silent, or samples of the file are no numbers.
  let measures: TelephoneMeasures?
  /// Sample frames that the walk counted.
  let walkedFrames: Int
  /// How many frames more or fewer are no fault of the file's.
  let tolerance: Int

  /// - Parameter telephone: samples at 8 kHz; what is no number in the file is silence there.
  init(facts: SoundFacts, telephone: [Float], of stream: SoundStream) {
    rate = stream.rate
    self.facts = facts
    self.telephone = MonoSound(samples: telephone, rate: Telephone.rate)
    sounding = SilenceMeter.soundingMilliseconds(telephone, enough: Self.leastSounding)
    let isHeard = facts.nonfinite == 0 && sounding >= Self.leastSounding
    measures = isHeard ? TelephoneMeasures(telephone) : nil
    walkedFrames = stream.frames
    tolerance = stream.tolerance
  }

  /// As many as were decoded, also where they are too many.
  var frames: Int { facts.frames }

  /// Decoded frames at the file's rate, rounded down to the nanosecond.
  var duration: Duration { Figures.time(frames: frames, rate: rate) }

  /// Milliseconds of sound under which a greeting is silent.
  static let leastSounding = 100
  /// Seconds of which more is known than the length. What is longer is over every limit, and a byte can hold 24 samples.
  static let longest = 120
}
