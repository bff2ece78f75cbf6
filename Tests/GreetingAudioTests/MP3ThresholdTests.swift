import GreetingAudio
import Testing
import VerificationCore

/// Each check of an MP3's frames just inside its threshold and just outside, and what joining and cutting does.
@Suite("The thresholds of an MP3's frames")
struct MP3ThresholdTests {
  private func report(_ bytes: [UInt8]) -> GreetingReport { check(bytes, as: "a.mp3") }

  @Test(
    "mp3.truncated, mp3.index-mismatch: one frame too few is a lie; one too many is the index itself, two are missing",
    arguments: [
      (28, ["mp3.index-mismatch"]), (29, ["mp3.index-mismatch"]), (30, []), (31, []), (32, ["mp3.truncated"]),
      (0, ["mp3.index-mismatch"]), (.max, ["mp3.truncated"]),
    ] as [(UInt32, [String])])
  func indexCount(frames: UInt32, ids: [String]) throws {
    let report = report(MP3Odds.claiming(frames, try Tools.lame()))
    #expect(report.ids == ids)
    // Padding is only taken away at the end that the index knew.
    #expect(report.duration.map { $0 >= .seconds(2) && $0 < .milliseconds(2_100) } == true)
  }

  @Test("mp3.truncated: a count that includes the index is one too many once bytes are missing as well")
  func inclusiveCountOfTooFewBytes() throws {
    var bytes = MP3Odds.claiming(31, try Tools.lame())
    bytes.replaceSubrange(25..<29, with: le32(UInt32(bytes.count + 1)).reversed())
    #expect(report(bytes).ids == ["mp3.truncated"])
  }

  @Test("A wrong count of bytes in the index changes nothing", arguments: [0, 1, 8_927, 8_929, .max] as [UInt32])
  func indexBytes(count: UInt32) throws {
    var bytes = try Tools.lame()
    bytes.replaceSubrange(25..<29, with: le32(count).reversed())
    let report = report(bytes)
    #expect(report.ids == [])
    #expect(report.duration == .seconds(2))
  }

  @Test("An index without what LAME adds, or under the name Xing, is read as well")
  func otherIndexes() throws {
    var bytes = try Tools.lame()
    let tag = try #require(bytes.indices.first { bytes[$0...].starts(with: "LAME".utf8) })
    bytes.replaceSubrange(13..<17, with: "Xing".utf8)
    #expect(report(bytes).ids == [])
    #expect(report(bytes).duration == .seconds(2))
    bytes.replaceSubrange(tag..<tag + 30, with: [UInt8](repeating: 0, count: 30))
    #expect(report(bytes).ids == [])
    // 30 frames of 576 samples, less what a decoder is late by.
    #expect(report(bytes).duration == .microseconds((30 * 576 - 529) * 125))
    #expect(report(MP3Odds.claiming(20, bytes)).ids == ["mp3.index-mismatch"])
  }

  @Test("A delay in the index that leaves one sample is believed, one that leaves none is not")
  func delay() throws {
    var bytes = try Tools.lame()
    let tag = try #require(bytes.indices.first { bytes[$0...].starts(with: "LAME".utf8) })
    let head = Array(bytes.prefix(3 * MP3Odds.frameLength))
    for (delay, heard) in [(2 * 576 - 529 - 1, 1), (2 * 576 - 529, 2 * 576 - 529), (4_095, 2 * 576 - 529)] {
      bytes = MP3Odds.claiming(2, head)
      bytes.replaceSubrange(tag + 21..<tag + 24, with: [UInt8(delay >> 4), UInt8(delay & 15) << 4, 0])
      let report = report(bytes)
      #expect(report.severity(.decodeMismatch) == nil)
      #expect(report.duration == .microseconds(heard * 125))
    }
  }

  @Test("A head at 320 kbit/s and a tail at 32 are 26 s")
  func joinedBitrates() throws {
    let head = try Tools.lame(samples: 96_000, rate: 48_000, ["-b", "320", "-t"])
    let tail = try Tools.lame(samples: 1_152_000, rate: 48_000, ["-b", "32", "-t", "--resample", "48"])
    let report = report(head + tail)
    #expect(report.ids == ["duration.limit"])
    #expect(try #require(report.duration) > .seconds(26))
    #expect(try #require(report.duration) < .milliseconds(26_200))
  }

  @Test("mp3.format-change: three frames of another format are one, two are a gap")
  func foreignFrames() throws {
    let frames = MP3Odds.frames(try Tools.lame(["-b", "32", "-t"]))
    // MPEG-1, 32 kHz, 32 kbit/s, mono.
    let foreign: [UInt8] = [0xFF, 0xFB, 0x18, 0xC0] + [UInt8](repeating: 0, count: 140)
    func file(_ count: Int) -> [UInt8] {
      Array((frames[..<14] + [[UInt8]](repeating: foreign, count: count) + frames[14...]).joined())
    }
    #expect(report(file(2)).ids == ["mp3.corrupt"])
    let change = report(file(3))
    #expect(change.ids == ["mp3.format-change"])
    #expect(
      change.message(.mp3FormatChange)
        == "the sound changes at 0.94 s from MPEG-2.5 Layer III, 8,000 Hz, 1 channel to MPEG-1 Layer III, 32,000 Hz, 1 channel"
    )
  }

  @Test(
    "mp3.format-change: another number of channels or another layer changes the format; another way of stereo does not")
  func changes() throws {
    func frames(_ kind: UInt8, _ mode: UInt8) -> [UInt8] {
      // 48 kHz: layer III at 32 kbit/s or layer II at 32, both 96 bytes.
      [UInt8]([[UInt8]](repeating: [0xFF, kind, 0x14, mode] + [UInt8](repeating: 0, count: 92), count: 30).joined())
    }
    let stereo = frames(0xFB, 0x00)
    #expect(report(stereo + frames(0xFB, 0x40) + frames(0xFB, 0x80)).severity(.mp3FormatChange) == nil)
    #expect(report(stereo + frames(0xFB, 0xC0)).ids == ["mp3.format-change"])
    #expect(report(stereo + frames(0xFD, 0x00)).ids == ["mp3.format-change"])
  }

  @Test("mp3.corrupt: a gap of 1,024 samples is a warning, one of 1,025 rejects")
  func gap() throws {
    // 64 kbit/s at 8 kHz: a byte a sample.
    let bytes = try Tools.lame(["-b", "64", "-t"])
    func damaged(_ count: Int) -> GreetingReport {
      report(Array(bytes[..<(10 * 576)]) + [UInt8](repeating: 0, count: count) + Array(bytes[(10 * 576)...]))
    }
    #expect(damaged(1).severity(.mp3Corrupt) == .warn)
    #expect(damaged(1_024).severity(.mp3Corrupt) == .warn)
    #expect(damaged(1_024).message(.mp3Corrupt)?.hasSuffix("for 1,024 bytes, about 1,024 samples") == true)
    #expect(damaged(1_025).severity(.mp3Corrupt) == .reject)
    #expect(damaged(1_025).message(.mp3Corrupt)?.hasSuffix("for 1,025 bytes, about 1,025 samples") == true)
  }

  @Test("mp3.corrupt: the place is where the sound departs from the undamaged one", arguments: [[], ["-t"]])
  func place(options: [String]) throws {
    // A rising tone: no frame is like another.
    let pcm = (0..<16_000).map { Int16(16_384 * rising($0)) }
    let good = try Tools.lame(pcm: Tone.pcm16(pcm), ["-b", "32", "--nores"] + options)
    var bad = good
    bad[20 * MP3Odds.frameLength] = 0
    let at = try #require(report(bad).findings.first?.at)
    let (before, after) = (try SoundDecoder.decode(good).samples, try SoundDecoder.decode(bad).samples)
    let departs = try #require(zip(before, after).enumerated().first { abs($1.0 - $1.1) > 0.001 }?.offset)
    // The window of a frame opens slowly.
    #expect((0...288).contains(departs - Int(at / .microseconds(125))))
  }

  private func rising(_ sample: Int) -> Double {
    // Triangles: 200 Hz and more with every sample.
    let phase = Double(sample) * (0.025 + Double(sample) * 0.000_005)
    return abs(phase.truncatingRemainder(dividingBy: 1) * 4 - 2) - 1
  }

  @Test("mp3.corrupt, mp3.tail: no place lies beyond the end, where the index has padding taken away")
  func placesAtTheEnd() throws {
    var bytes = try Tools.lame()
    bytes[30 * MP3Odds.frameLength] = 0
    bytes += bytes[MP3Odds.frameLength..<2 * MP3Odds.frameLength]
    let report = report(bytes)
    #expect(report.ids == ["mp3.corrupt"])
    #expect(try #require(report.findings.first?.at) <= #require(report.duration))
    let cut = self.report(Array(try Tools.lame(["-b", "32", "-t"]).dropLast(100)))
    #expect(cut.findings.first?.at == cut.duration)
  }

  @Test("mp3.corrupt: a single byte before the first frame is junk; a tag is none")
  func leadingByte() throws {
    let report = report([0] + (try Tools.lame()))
    #expect(report.ids == ["mp3.corrupt"])
    #expect(report.message(.mp3Corrupt) == "the first frame stands behind 1 byte of something else")
    #expect(report.findings.first?.at == .zero)
  }

  @Test("format.mismatch: a first frame is looked for behind 64 KiB of junk, and no further")
  func leadingKilobytes() throws {
    let mp3 = try Tools.lame()
    #expect(report([UInt8](repeating: 0, count: 65_535) + mp3).ids == ["mp3.corrupt"])
    #expect(report([UInt8](repeating: 0, count: 65_536) + mp3).container == nil)
  }

  @Test("mp3.tail: a last frame that lacks a byte is cut, a whole one is not; mp3.trailing: a byte behind it")
  func lastByte() throws {
    let bytes = try Tools.lame(["-b", "32", "-t"])
    #expect(report(bytes).ids == [])
    let cut = report(Array(bytes.dropLast(1)))
    #expect(cut.ids == ["mp3.tail"])
    #expect(cut.message(.mp3Tail) == "the last frame lacks 1 byte")
    let longer = report(bytes + [0])
    #expect(longer.ids == ["mp3.trailing"])
    #expect(longer.message(.mp3Trailing) == "the file goes on for 1 byte after its last frame")
  }

  @Test("mp3.layer: layer III of every version has nothing to report, I and II of every version have")
  func layers() {
    // Version and layer, bitrate and rate, bytes a frame.
    let cases: [(kind: UInt8, rates: UInt8, length: Int, name: String)] = [
      (0xFF, 0x14, 32, "MPEG-1 Layer I"), (0xFD, 0x14, 96, "MPEG-1 Layer II"), (0xFB, 0x14, 96, ""),
      (0xF7, 0x14, 64, "MPEG-2 Layer I"), (0xF5, 0x44, 192, "MPEG-2 Layer II"), (0xF3, 0x44, 96, ""),
    ]
    for (kind, rates, length, name) in cases {
      let frame = [0xFF, kind, rates, 0xC0] + [UInt8](repeating: 0, count: length - 4)
      let report = report([UInt8]([[UInt8]](repeating: frame, count: 100).joined()))
      #expect(report.ids == (name.isEmpty ? [] : ["mp3.layer"]) + ["level.silent"])
      #expect(report.codec?.hasPrefix(name) == true)
    }
  }

  @Test("mp3.free-format: stated bitrates are read in every layer, free ones are refused in every layer")
  func freeFormat() {
    for kind: UInt8 in [0xFF, 0xFD, 0xFB] {
      let frame = [0xFF, kind, 0x04, 0xC0] + [UInt8](repeating: 0, count: 196)
      #expect(report([UInt8]([[UInt8]](repeating: frame, count: 20).joined())).ids == ["mp3.free-format"])
    }
  }

  @Test("audio.empty: one frame is sound, an index without one is not")
  func oneFrame() throws {
    let bytes = try Tools.lame()
    let one = MP3Odds.claiming(1, Array(bytes.prefix(2 * MP3Odds.frameLength)))
    #expect(report(one).severity(.audioEmpty) == nil)
    #expect(report(MP3Odds.claiming(0, Array(bytes.prefix(MP3Odds.frameLength)))).ids == ["audio.empty"])
  }
}
