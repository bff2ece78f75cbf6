import GreetingAudio
import Testing
import VerificationCore

@Suite("The codecs a WAV may have")
struct CodecTests {
  @Test(
    "What sox writes is accepted and decodes to the sound it was made from",
    arguments: [
      (["-b", "8", "-e", "unsigned"], "PCM", 8), (["-b", "16"], "PCM", 16), (["-b", "24"], "PCM", 24),
      (["-b", "32"], "PCM", 32), (["-e", "float", "-b", "32"], "float", 32),
      (["-e", "float", "-b", "64"], "float", 64),
      (["-e", "mu-law"], "mu-law", 8), (["-e", "a-law"], "A-law", 8), (["-e", "ima-adpcm"], "IMA ADPCM", 4),
      (["-e", "ms-adpcm"], "ADPCM", 4), (["-e", "gsm"], "GSM 6.10", nil), (["-c", "2"], "PCM", 16),
    ] as [([String], String, Int?)])
  func accepted(options: [String], codec: String, bits: Int?) throws {
    let bytes = try Tools.sox(options, to: "wav")
    let report = check(bytes)
    #expect(report.findings.isEmpty)
    #expect(report.codec == codec)
    #expect(report.bitDepth == bits)
    let decoded = try SoundDecoder.decode(bytes).samples
    let original = Tone.samples(16_000).map { Float($0) / 32_768 }
    let worst = zip(decoded, original).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst < (codec.hasPrefix("GSM") ? 0.3 : codec.contains("ADPCM") ? 0.2 : 0.02))
  }

  @Test(
    "IMA ADPCM and GSM are rounded up to a block, and that is no mismatch",
    arguments: [16_000, 16_001, 16_100, 505, 506])
  func blockRounding(samples: Int) throws {
    for options in [["-e", "ima-adpcm"], ["-e", "gsm"], ["-e", "ms-adpcm"]] {
      #expect(check(try Tools.sox(options, to: "wav", samples: samples)).severity(.decodeMismatch) == nil)
    }
  }

  @Test("A last block that was cut short still counts as one")
  func shortBlock() throws {
    let bytes = try Tools.sox(["-e", "ima-adpcm"], to: "wav")
    let report = check(Array(bytes.dropLast(100)))
    #expect(report.ids == ["wav.truncated"])
    #expect(report.duration == .milliseconds(2_020))
  }

  @Test("WAVE_FORMAT_EXTENSIBLE stands for the codec of its sub-format")
  func extensible() {
    for (tag, bits, data): (UInt16, UInt16, [UInt8]) in [
      (1, 16, Tone.pcm16(8_000)), (3, 32, Tone.floats(Tone.samples(8_000).map { Float($0) / 32_768 })),
      (7, 8, (0..<8_000).map { $0 / 8 % 2 == 0 ? 0x2A : 0xAA }),
    ] {
      let guid = le16(tag) + [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
      let tail = le16(22) + le16(bits) + le32(4) + guid
      let report = check(WAVBuilder().fmt(tag: 0xFFFE, bits: bits, tail: tail).data(data).bytes)
      #expect(report.findings.isEmpty)
      #expect(report.duration == .seconds(1))
      #expect(report.codec == [1: "PCM", 3: "float", 7: "mu-law"][tag])
    }
  }

  @Test("Channels are mixed down to their mean")
  func mixDown() throws {
    let frames = (0..<8_000).flatMap { _ in le16(16_384) + le16(UInt16(bitPattern: -8_192)) }
    let sound = try SoundDecoder.decode(WAVBuilder().fmt(channels: 2).data(frames).bytes)
    #expect(sound.samples == [Float](repeating: 0.125, count: 8_000))
  }
}
