import Files
import Foundation
import GreetingAudio

/// Real speech, from the greetings that Poundkey brings along.
enum Speech {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// At 16 kHz, between about -0.5 and 0.5.
  static func samples(_ name: String = "en/authenticationSuccessful.mp3") throws -> [Float] {
    var file = try OpenFile(path: "\(root)/greetings/\(name)")
    return try SoundDecoder.decode(try file.read(upTo: 1_000_000)).samples
  }

  /// A stereo recording at 44.1 kHz, encoded by LAME: silence at both ends, shifted, quiet.
  static func neglected() throws -> [UInt8] {
    let silence = [Float](repeating: 0, count: 48_000)
    let quiet = (silence + (try samples()) + silence).map { $0 * 0.2 + 0.05 }
    let both = quiet.flatMap { [pcm($0), pcm($0)] }
    let wav = WAVBuilder().fmt(channels: 2, rate: 16_000).data(Tone.pcm16(both)).bytes
    return try Tools.convert(
      "lame", ["--quiet", "--resample", "44.1", "-b", "128", "IN", "OUT"], input: wav, from: "wav", to: "mp3")
  }

  /// 16 bits, 16 kHz unless told; every frame's channels one after the other.
  static func wav(_ samples: [Float], channels: UInt16 = 1, rate: UInt32 = 16_000) -> [UInt8] {
    WAVBuilder().fmt(channels: channels, rate: rate).data(Tone.pcm16(samples.map(pcm))).bytes
  }

  private static func pcm(_ sample: Float) -> Int16 { Int16(max(-32_768, min(32_767, (sample * 32_768).rounded()))) }
}
