/// What came out of the decoder, beside what the walk had promised: the material of the sound checks.
struct DecodedGreeting: Hashable, Sendable {
  /// As many samples as were decoded, also where they are too many.
  var sound: MonoSound
  /// Sample frames that the walk counted.
  var walkedFrames: Int
  /// How many frames more or fewer are no fault of the file's.
  var tolerance: Int

  var frames: Int { sound.samples.count }
}
