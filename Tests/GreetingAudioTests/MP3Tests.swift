import GreetingAudio
import Testing
import VerificationCore

@Suite("The frames of an MP3")
struct MP3Tests {
  private func report(_ bytes: [UInt8]) -> GreetingReport { check(bytes, as: "a.mp3") }

  @Test("What LAME writes has nothing to report and its true length")
  func plain() throws {
    for options in [["-b", "32"], ["-V", "4"], ["-V", "9"], ["--abr", "40"], ["-b", "32", "-p"]] {
      let report = report(try Tools.lame(options))
      #expect(report.findings.isEmpty)
      #expect(report.duration == .seconds(2))
      #expect(report.codec == "MPEG-2.5 Layer III")
      #expect(report.sampleRate == 8_000)
      #expect(report.channels == 1)
      #expect(report.bitDepth == nil)
    }
  }

  @Test(
    "Every rate of MPEG-1, 2 and 2.5",
    arguments: [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
  func rates(rate: Int) throws {
    let report = report(
      try Tools.lame(samples: rate, rate: rate, ["-b", "64", "--resample", "\(Double(rate) / 1_000)"]))
    #expect(report.findings.isEmpty)
    #expect(report.sampleRate == rate)
    #expect(report.duration == .seconds(1))
  }

  @Test("Two channels, in every way of coding them", arguments: ["s", "j", "f", "d"])
  func stereo(mode: String) throws {
    let wav = WAVBuilder().fmt(channels: 2, rate: 44_100)
      .data(
        Tone.samples(44_100, rate: 44_100).flatMap { le16(UInt16(bitPattern: $0)) + le16(UInt16(bitPattern: $0 / 2)) }
      ).bytes
    let mp3 = try Tools.convert("lame", ["--quiet", "-m", mode, "IN", "OUT"], input: wav, from: "wav", to: "mp3")
    let report = report(mp3)
    #expect(report.findings.isEmpty)
    #expect(report.codec == "MPEG-1 Layer III")
    #expect(report.channels == 2)
    #expect(report.duration == .seconds(1))
    let peak = try SoundDecoder.decode(mp3).samples.max() ?? 0
    #expect((0.075...0.09).contains(peak))
  }

  @Test("Without an Info frame the file decodes in full, at a varying bitrate too")
  func withoutIndex() throws {
    for options in [["-b", "32", "-t"], ["-V", "4", "-t"]] {
      let report = report(try Tools.lame(options))
      #expect(report.findings.isEmpty)
      #expect(try #require(report.duration) > .seconds(2))
    }
  }

  @Test("mp3.index-mismatch: an index that says 1 s over 30 s of sound hides nothing")
  func lyingIndex() throws {
    let report = report(MP3Odds.claiming(14, try Tools.lame(samples: 240_000)))
    #expect(report.ids == ["mp3.index-mismatch", "duration.limit"])
    #expect(report.message(.mp3IndexMismatch) == "the index states 14 frames (1.00 s), 419 (30.16 s) are there")
    #expect(report.message(.durationLimit)?.hasPrefix("30.") == true)
  }

  @Test("Four joined MP3s are as long as the four of them")
  func joined() throws {
    let one = try Tools.lame(samples: 48_000)
    let report = report(one + one + one + one)
    #expect(report.ids == ["mp3.index-mismatch", "duration.limit"])
    #expect(try #require(report.duration) > .seconds(24))
    let tagged = self.report(one + MP3Odds.id3v1 + MP3Odds.id3v2(version: 3, content: 50) + one)
    #expect(tagged.ids == ["mp3.index-mismatch"])
  }

  @Test("A head at 160 kbit/s and a tail at 8 are 26 s, not what the first bitrate suggests")
  func mixedBitrates() throws {
    let head = try Tools.lame(samples: 32_000, rate: 16_000, ["-b", "160", "-t", "--resample", "16"])
    let tail = try Tools.lame(samples: 384_000, rate: 16_000, ["-b", "8", "-t", "--resample", "16"])
    let report = report(head + tail)
    #expect(report.ids == ["duration.limit"])
    #expect(try #require(report.duration) > .seconds(26))
  }

  @Test("mp3.truncated: the index says how many frames are missing")
  func truncated() throws {
    let whole = try Tools.lame()
    let report = report(Array(whole.prefix(whole.count * 2 / 3)))
    #expect(report.ids == ["mp3.truncated"])
    #expect(report.message(.mp3Truncated) == "the index states 30 frames (2.16 s), 19 (1.36 s) are there")
    #expect(report.severity(.mp3Truncated) == .reject)
    #expect(self.report(Array(whole.dropLast(MP3Odds.frameLength))).ids == ["mp3.truncated"])
    #expect(self.report(Array(whole.dropLast(1))).ids == ["mp3.truncated"])
  }

  @Test("An index that counts its own frame is no lie")
  func inclusiveIndex() throws {
    #expect(report(MP3Odds.claiming(31, try Tools.lame())).ids == [])
  }

  @Test("mp3.tail: without an index, a last frame that is cut is a warning")
  func tail() throws {
    let report = report(Array(try Tools.lame(["-b", "32", "-t"]).dropLast(100)))
    #expect(report.ids == ["mp3.tail"])
    #expect(report.message(.mp3Tail) == "the last frame lacks 100 bytes")
    #expect(report.verdict == .accepted)
  }

  @Test("mp3.trailing: bytes after the last frame")
  func trailing() throws {
    let report = report(try Tools.lame() + [UInt8](repeating: 0x20, count: 77))
    #expect(report.ids == ["mp3.trailing"])
    #expect(report.message(.mp3Trailing) == "the file goes on for 77 bytes after its last frame")
  }

  @Test("mp3.corrupt: a short gap is a warning, a long one rejects")
  func corrupt() throws {
    let frames = MP3Odds.frames(try Tools.lame(["-b", "32", "-t"]))
    func damaged(_ bytes: Int) -> GreetingReport {
      report(Array((frames[..<14] + [[UInt8](repeating: 0, count: bytes)] + frames[14...]).joined()))
    }
    let short = damaged(512)
    #expect(short.ids == ["mp3.corrupt"])
    #expect(short.severity(.mp3Corrupt) == .warn)
    #expect(short.message(.mp3Corrupt) == "the frames break off at 0.94 s for 512 bytes, about 1,024 samples")
    #expect(short.findings.first?.at == .microseconds((14 * 576 - 529) * 125))
    let long = damaged(513)
    #expect(long.severity(.mp3Corrupt) == .reject)
    #expect(long.message(.mp3Corrupt) == "the frames break off at 0.94 s for 513 bytes, about 1,026 samples")
  }

  @Test("mp3.corrupt: a frame whose header was damaged is a gap, not a file cut short")
  func damagedHeader() throws {
    var bytes = try Tools.lame()
    bytes[10 * MP3Odds.frameLength] = 0
    let report = report(bytes)
    #expect(report.ids == ["mp3.corrupt"])
    #expect(report.message(.mp3Corrupt) == "the frames break off at 0.50 s for 288 bytes, about 576 samples")
    #expect(report.verdict == .accepted)
    #expect(self.report(Array(bytes.dropLast(600))).ids == ["mp3.truncated", "mp3.corrupt"])
  }

  @Test("mp3.corrupt: many gaps make one finding")
  func manyGaps() throws {
    let frames = MP3Odds.frames(try Tools.lame(samples: 80_000, ["-b", "32", "-t"]))
    var bytes: [UInt8] = []
    for (index, frame) in frames.enumerated() { bytes += (index % 10 == 9 ? [0, 0, 0] : []) + frame }
    let report = report(bytes)
    #expect(report.ids == ["mp3.corrupt"])
    #expect(
      report.message(.mp3Corrupt) == "the frames break off at 0.58 s for 3 bytes, about 6 samples, and 13 more places")
  }

  @Test("mp3.corrupt: junk before the first frame is a warning")
  func leadingJunk() throws {
    let report = report([UInt8](repeating: 0, count: 312) + (try Tools.lame()))
    #expect(report.ids == ["mp3.corrupt"])
    #expect(report.message(.mp3Corrupt) == "the first frame stands behind 312 bytes of something else")
    #expect(report.duration == .seconds(2))
  }

  @Test("mp3.format-change: another rate in the middle stops the decoding")
  func formatChange() throws {
    let bytes = try Tools.lame(["-b", "32", "-t"]) + Tools.lame(rate: 16_000, ["-b", "32", "-t"])
    let report = report(bytes)
    #expect(report.ids == ["mp3.format-change"])
    #expect(
      report.message(.mp3FormatChange)
        == "the sound changes at 2.09 s from MPEG-2.5 Layer III, 8,000 Hz, 1 channel to MPEG-2 Layer III, 16,000 Hz, 1 channel"
    )
    #expect(report.duration == nil)
  }

  @Test("mp3.layer: layers I and II are decoded with a warning")
  func layers() {
    let layer2: [UInt8] = [0xFF, 0xFD, 0x44, 0xC0] + [UInt8](repeating: 0, count: 188)
    let layer1: [UInt8] = [0xFF, 0xFF, 0x44, 0xC0] + [UInt8](repeating: 0, count: 124)
    let second = report([UInt8]([[UInt8]](repeating: layer2, count: 50).joined()))
    #expect(second.ids == ["mp3.layer", "level.silent"])
    #expect(second.duration == .milliseconds(1_200))
    #expect(
      second.message(.mp3Layer)
        == "the sound is MPEG-1 Layer II: MP3 is Layer III, and not every player reads the others")
    let first = report([UInt8]([[UInt8]](repeating: layer1, count: 100).joined()))
    #expect(first.ids == ["mp3.layer", "level.silent"])
    #expect(first.duration == .milliseconds(800))
  }

  @Test("mp3.layer: a layer II head at 192 kbit/s and a tail at 32 decode in full")
  func layerIIMixedBitrates() {
    // 48 kHz, mono: 576 and 96 bytes a frame.
    let fast: [UInt8] = [0xFF, 0xFD, 0xA4, 0xC0] + [UInt8](repeating: 0, count: 572)
    let slow: [UInt8] = [0xFF, 0xFD, 0x14, 0xC0] + [UInt8](repeating: 0, count: 92)
    for frames in [[fast, slow], [slow, fast]] {
      let parts = [[UInt8]](repeating: frames[0], count: 10) + [[UInt8]](repeating: frames[1], count: 100)
      let report = report([UInt8](parts.joined()))
      #expect(report.ids == ["mp3.layer", "level.silent"])
      #expect(report.duration == .milliseconds(2_640))
    }
  }

  @Test("audio.empty: an Info frame alone is no sound")
  func infoOnly() throws {
    let report = report(Array(try Tools.lame().prefix(MP3Odds.frameLength)))
    #expect(report.ids == ["mp3.truncated", "audio.empty"])
  }

  @Test("Tags before and after the frames are nothing to report")
  func tags() throws {
    let mp3 = try Tools.lame()
    let tagged = [
      mp3 + MP3Odds.id3v1,
      MP3Odds.id3v2(version: 3, content: 300) + mp3 + MP3Odds.id3v1,
      MP3Odds.id3v2(version: 4, content: 300, footer: true) + mp3,
      MP3Odds.id3v2(version: 4, content: 10) + MP3Odds.id3v2(version: 3, content: 20) + mp3,
      mp3 + MP3Odds.id3v2(version: 4, content: 200, footer: true),
      MP3Odds.ape(content: 100) + mp3,
      mp3 + MP3Odds.ape(content: 100) + MP3Odds.id3v1,
      mp3 + Array("TAG+".utf8) + [UInt8](repeating: 0, count: 223) + MP3Odds.id3v1,
      mp3 + Array("LYRICSBEGIN".utf8) + [UInt8](repeating: 65, count: 9) + Array("000020LYRICS200".utf8),
    ]
    for bytes in tagged {
      let report = report(bytes)
      #expect(report.ids == [])
      #expect(report.duration == .seconds(2))
    }
  }

  @Test("Tags that claim more than the file has are harmless")
  func hostileTags() throws {
    let mp3 = try Tools.lame()
    let huge = Array("ID3".utf8) + [4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F]
    #expect(report(huge + mp3).container == "MP3")
    var ape = MP3Odds.ape(content: 0)
    ape.replaceSubrange(12..<16, with: le32(.max))
    ape.replaceSubrange(44..<48, with: le32(.max))
    #expect(report(ape + mp3).container == "MP3")
    #expect(report(mp3 + ape).ids == ["mp3.trailing"])
    #expect(report(mp3 + Array("999999LYRICS200".utf8)).ids == ["mp3.trailing"])
  }

  @Test("An index that trims more than there is trims nothing")
  func hostileTrim() throws {
    var bytes = try Tools.lame(samples: 600)
    let tag = try #require(bytes.indices.first { bytes[$0...].starts(with: "LAME".utf8) })
    bytes.replaceSubrange(tag + 21..<tag + 24, with: [0xFF, 0xFF, 0xFF])
    #expect(report(bytes).severity(.decodeMismatch) == nil)
    #expect(try #require(report(bytes).duration) > .milliseconds(75))
  }

  @Test("A VBRI index is read and set right")
  func vbri() throws {
    let frames = MP3Odds.frames(try Tools.lame(["-b", "32", "-t"]))
    func index(_ count: UInt32) -> [UInt8] {
      Array(frames[0][..<4]) + [UInt8](repeating: 0, count: 32) + Array("VBRI".utf8) + [0, 1, 0, 0, 0, 0]
        + le32(9_000).reversed() + le32(count).reversed() + [UInt8](repeating: 0, count: 234)
    }
    #expect(report(index(UInt32(frames.count)) + frames.joined()).ids == [])
    #expect(report(index(3) + frames.joined()).ids == ["mp3.index-mismatch"])
    #expect(try #require(report(index(3) + frames.joined()).duration) > .seconds(2))
  }
}
