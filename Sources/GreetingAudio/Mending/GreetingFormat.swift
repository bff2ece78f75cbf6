/// What a mended or spoken greeting is written as: one channel at 8 kHz, all of them.
public enum GreetingFormat: String, Hashable, Sendable, CaseIterable, Codable {
  /// WAV, PCM of 16 bits.
  case wav
  /// WAV, mu-law (ITU-T G.711).
  case mulaw
  /// MPEG-2.5 Layer III, 32 kbit/s.
  case mp3

  /// How its files end, without the point.
  public var ending: String {
    switch self {
    case .wav, .mulaw: "wav"
    case .mp3: "mp3"
    }
  }
}
