import GreetingAudio
import Simulation
import Testing
import VerificationCore

/// None of these may trap or hang; what they report is checked where it is known.
@Suite("Hostile input")
struct HostileInputTests {
  private static let heads: [[UInt8]] = [
    [], Array("RIFF".utf8), Array("RIFF\0\0\0\0WAVE".utf8),
    Array("RIFF\0\0\0\0WAVEfmt \u{10}\0\0\0\u{1}\0\u{1}\0".utf8),
    Array("ID3\u{4}\0\0".utf8), [0xFF, 0xFB, 0x50, 0xC0], Array("APETAGEX".utf8), Array("OggS".utf8),
    [0xFF, 0xE3, 0x18, 0xC4],
  ]

  @Test("Random bytes, bare and behind good beginnings", arguments: 0..<9)
  func random(head: Int) {
    var generator = Chance(seed: UInt64(head))
    for _ in 0..<500 {
      let length = Int.random(in: 0...600, using: &generator)
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let report = check(Self.heads[head] + noise, as: length % 2 == 0 ? "a.wav" : "a.mp3")
      if head == 0 { #expect(report.verdict == .rejected) }
    }
  }

  @Test("Chunks of random names, sizes and order")
  func randomChunks() {
    var generator = Chance(seed: 99)
    for _ in 0..<1_000 {
      var builder = WAVBuilder(riffSize: UInt32.random(in: 0...UInt32.max, using: &generator))
      for _ in 0..<Int.random(in: 0...5, using: &generator) {
        let content = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
          UInt8.random(in: 0...9, using: &generator)
        }
        let id = ["fmt ", "data", "LIST", "fact", "\0\0\0\0"].randomElement(using: &generator) ?? "data"
        let size = [nil, 0, UInt32.max, 0xFFFF_FFF8, 0x7FFF_FFFF, 17].randomElement(using: &generator) ?? nil
        builder = builder.chunk(id, content, size: size)
      }
      _ = check(builder.bytes)
    }
  }

  @Test("Random format chunks over good sound")
  func randomFormats() {
    var generator = Chance(seed: 7)
    for _ in 0..<3_000 {
      let tag = [1, 2, 3, 6, 7, 0x11, 0x31, 0x55, 0xFFFE].randomElement(using: &generator) ?? 1
      func field(_ likely: [UInt16]) -> UInt16 {
        Bool.random(using: &generator)
          ? likely.randomElement(using: &generator) ?? 1 : .random(in: 0...UInt16.max, using: &generator)
      }
      let tail = (0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator)
      }
      let bytes = WAVBuilder().fmt(
        tag: UInt16(tag), channels: field([1, 2]),
        rate: [8_000, 44_100, .max].randomElement(using: &generator) ?? 8_000,
        blockAlign: field([1, 2, 4, 65, 256]), bits: field([0, 4, 8, 16, 24, 32]), tail: tail
      ).data([UInt8](repeating: 0x5A, count: 1_000)).bytes
      #expect(check(bytes).severity(.decodeMismatch) == nil)
    }
  }

  @Test("A WAV cut at every one of its first bytes, and at many later ones")
  func truncatedWAV() {
    let whole = WAVBuilder().fmt().chunk("LIST", Array("INFOISFT\u{4}\0\0\0abc\0".utf8)).data(Tone.pcm16(2_000)).bytes
    for length in Array(0..<100) + Array(stride(from: 100, to: whole.count, by: 37)) {
      #expect(check(Array(whole.prefix(length))).verdict == .rejected)
    }
  }

  @Test("An MP3 cut at many offsets is always rejected, thanks to its index")
  func truncatedMP3() throws {
    let whole = MP3Odds.id3v2(version: 3, content: 40) + (try Tools.lame())
    for length in Array(0..<400) + Array(stride(from: 400, to: whole.count, by: 53)) {
      #expect(check(Array(whole.prefix(length)), as: "a.mp3").verdict == .rejected)
    }
  }

  @Test("One wrong byte at a time in a WAV")
  func mutatedWAV() {
    let good = WAVBuilder().fmt(tag: 1, tail: [0, 0]).chunk("LIST", [1, 2, 3, 4]).data(Tone.pcm16(500)).bytes
    for position in 0..<80 {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFE, 0xFF] {
        var bytes = good
        bytes[position] = value
        #expect(check(bytes).severity(.decodeMismatch) == nil)
      }
    }
  }

  @Test("One wrong byte at a time in an MP3: the walk and the decoder go on agreeing")
  func mutatedMP3() throws {
    let good = MP3Odds.id3v2(version: 4, content: 8, footer: true) + (try Tools.lame(samples: 3_000, ["-V", "4"]))
    // Tag, index and first frames in full, then a byte in three.
    for position in Array(0..<300) + Array(stride(from: 300, to: good.count, by: 3)) {
      for value in [0, 0xFF, good[position] ^ 0x10] {
        var bytes = good
        bytes[position] = value
        #expect(check(bytes, as: "a.mp3").severity(.decodeMismatch) == nil)
      }
    }
  }

  @Test("Frames of noise between good headers")
  func noisyFrames() throws {
    var generator = Chance(seed: 5)
    for options in [["-b", "32", "-t"], ["-b", "32"]] {
      let good = try Tools.lame(options)
      for _ in 0..<30 {
        let bytes = good.enumerated().map { offset, byte in
          offset % MP3Odds.frameLength < 4 || Int.random(in: 0..<20, using: &generator) > 0
            ? byte : UInt8.random(in: 0...255, using: &generator)
        }
        #expect(check(bytes, as: "a.mp3").severity(.decodeMismatch) == nil)
      }
    }
  }

  @Test("Frames of pure noise in every layer", arguments: [(0xFB, 0x50, 208), (0xFD, 0x44, 192), (0xFF, 0x44, 128)])
  func noiseInEveryLayer(kind: UInt8, rates: UInt8, length: Int) {
    var generator = Chance(seed: UInt64(kind))
    for mode: UInt8 in [0x00, 0x40, 0xC0] {
      var bytes: [UInt8] = []
      for _ in 0..<60 {
        bytes += [0xFF, kind, rates, mode] + (4..<length).map { _ in UInt8.random(in: 0...254, using: &generator) }
      }
      let report = check(bytes, as: "a.mp3")
      #expect(report.container == "MP3")
      #expect(report.severity(.decodeMismatch) == nil)
    }
  }

  @Test("A megabyte of zeros, of set bits, of frame headers")
  func megabytes() {
    for name in ["a.wav", "a.mp3"] {
      #expect(check([UInt8](repeating: 0, count: 1_048_576), as: name).verdict == .rejected)
      #expect(check([UInt8](repeating: 0xFF, count: 1_048_576), as: name).verdict == .rejected)
      let headers = [UInt8]([[UInt8]](repeating: [0xFF, 0xFB, 0x50, 0xC0], count: 262_144).joined())
      #expect(check(headers, as: name).verdict == .rejected)
      let free = [UInt8]([[UInt8]](repeating: [0xFF, 0xFB, 0x00, 0xC0], count: 262_144).joined())
      #expect(check(free, as: name).verdict == .rejected)
    }
  }

  @Test("The longest sound a megabyte holds is measured to its end")
  func longest() {
    // 24 bytes a frame: MPEG-2, 24 kHz, 8 kbit/s, mono, all silent.
    let frame: [UInt8] = [0xFF, 0xF3, 0x14, 0xC0] + [UInt8](repeating: 0, count: 20)
    let report = check([UInt8]([[UInt8]](repeating: frame, count: 40_000).joined()), as: "a.mp3")
    #expect(report.ids == ["duration.limit", "level.silent"])
    #expect(report.duration.map { $0 > .seconds(959) } == true)
  }
}
