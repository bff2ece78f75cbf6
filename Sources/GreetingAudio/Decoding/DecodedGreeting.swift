/// What came out of the decoder, beside what the walk had promised: the material of the sound checks.
struct DecodedGreeting: Sendable {
  /// Sample frames a second of the file, in hertz.
  var rate: Int
  /// What is known of the sound at that rate.
  var facts: SoundFacts
  /// The mean of the channels as a telephone carries it: 8 kHz, at most ``longest``.
  var telephone: MonoSound
  /// Sample frames that the walk counted.
  var walkedFrames: Int
  /// How many frames more or fewer are no fault of the file's.
  var tolerance: Int

  /// As many as were decoded, also where they are too many.
  var frames: Int { facts.frames }

  /// Decoded frames at the file's rate, rounded down to the nanosecond.
  var duration: Duration { Figures.time(frames: frames, rate: rate) }

  /// Telephones sample at 8 kHz (ITU-T G.711).
  static let telephoneRate = 8_000
  /// Seconds of which more is known than the length. What is longer is over every limit, and a byte can hold 24 samples.
  static let longest = 120
}
