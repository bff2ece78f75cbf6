import GreetingAudio
import Testing
import VerificationCore

@Suite("The structure of a WAV")
struct WAVStructureTests {
  private let tone = Tone.pcm16(8_000)

  @Test("A plain WAV has nothing to report")
  func plain() {
    let report = check(Tone.wav())
    #expect(report.findings.isEmpty)
    #expect(report.verdict == .accepted)
    #expect(report.container == "WAV")
    #expect(report.codec == "PCM")
    #expect(report.sampleRate == 8_000)
    #expect(report.channels == 1)
    #expect(report.bitDepth == 16)
    #expect(report.duration == .seconds(2))
    #expect(report.bytes == 32_044)
  }

  @Test("Other chunks before, between and after, also of odd size, are fine")
  func oddChunks() {
    let bytes = WAVBuilder().chunk("JUNK", [1, 2, 3]).fmt().chunk("LIST", Array("INFOx".utf8)).data(tone)
      .chunk("id3 ", [9]).bytes
    #expect(check(bytes).findings.isEmpty)
  }

  @Test("Sound of odd size at the end of the file needs no pad byte")
  func missingPad() {
    let bytes = WAVBuilder().fmt(bits: 8).chunk(
      "data", Tone.samples(7_999).map { UInt8($0 / 256 + 128) }, padded: false
    ).bytes
    #expect(check(bytes).findings.isEmpty)
  }

  @Test("A LIST whose inner size is 0xFFFFFFF8 is harmless")
  func listTrap() {
    let trap = Array("INFOISFT".utf8) + le32(0xFFFF_FFF8) + [UInt8](repeating: 0, count: 16)
    #expect(check(WAVBuilder().fmt().chunk("LIST", trap).data(tone).bytes).findings.isEmpty)
  }

  @Test("wav.structure: a chunk before the sound that runs out of the file")
  func brokenChunk() {
    let report = check(WAVBuilder().fmt().chunk("LIST", [0, 0, 0, 0], size: 0xFFFF_FFF8).data(tone).bytes)
    #expect(report.ids == ["wav.structure"])
    #expect(
      report.message(.wavStructure) == "the \"LIST\" chunk at byte 36 states 4,294,967,288 bytes, 16,012 are there")
    #expect(report.sampleRate == 8_000)
    #expect(report.duration == nil)
  }

  @Test("wav.structure: missing, doubled and swapped chunks")
  func order() {
    let cases = [
      (WAVBuilder().fmt().bytes, "there is no \"data\" chunk"),
      (WAVBuilder().data(tone).bytes, "there is no \"fmt \" chunk"),
      (WAVBuilder().bytes, "there is no \"fmt \" chunk"),
      (WAVBuilder().fmt().fmt().data(tone).bytes, "there are 2 \"fmt \" chunks: a WAV has one"),
      (WAVBuilder().fmt().data(tone).data(tone).bytes, "there are 2 \"data\" chunks: a WAV has one"),
      (
        WAVBuilder().data(tone).fmt().bytes,
        "the \"data\" chunk at byte 12 stands before the \"fmt \" chunk at byte 16,020"
      ),
    ]
    for (bytes, message) in cases {
      let report = check(bytes)
      #expect(report.ids == ["wav.structure"])
      #expect(report.message(.wavStructure) == message)
    }
  }

  @Test("wav.fmt: the rate is 4,000 to 384,000 Hz")
  func rates() {
    for rate: UInt32 in [4_000, 384_000] {
      #expect(check(WAVBuilder().fmt(rate: rate).data(Tone.pcm16(400_000)).bytes).severity(.wavFormat) == nil)
    }
    for (rate, figure): (UInt32, String) in [(0, "0"), (3_999, "3,999"), (384_001, "384,001"), (.max, "4,294,967,295")]
    {
      let report = check(WAVBuilder().fmt(rate: rate).data(tone).bytes)
      #expect(report.ids == ["wav.fmt"])
      #expect(report.message(.wavFormat) == "the header states \(figure) Hz: 4,000 to 384,000 Hz can be read")
      #expect(report.sampleRate == Int(rate))
    }
  }

  @Test("wav.fmt: one channel at least, 1,024 at most")
  func channels() {
    let none = check(WAVBuilder().fmt(channels: 0, blockAlign: 2).data(tone).bytes)
    #expect(none.ids == ["wav.fmt"])
    #expect(none.message(.wavFormat) == "the header states 0 channels")
    let many = check(WAVBuilder().fmt(channels: 65_535, blockAlign: 2).data(tone).bytes)
    #expect(many.message(.wavFormat) == "the header states 65,535 channels: 1 to 1,024 can be read")
    let widest = WAVBuilder().fmt(channels: 1_024).data([UInt8](repeating: 7, count: 2_048 * 100)).bytes
    #expect(check(widest).severity(.wavFormat) == nil)
  }

  @Test("wav.fmt: sizes that contradict one another")
  func layout() {
    let odd = check(WAVBuilder().fmt(channels: 2, blockAlign: 3).data(tone).bytes)
    #expect(odd.ids == ["wav.fmt"])
    #expect(odd.message(.wavFormat) == "2 channels of 16 bits PCM cannot stand in 3 bytes a block")
    for (tag, align, bits): (UInt16, UInt16, UInt16) in [
      (1, 0, 16), (1, 2, 0), (1, 2, 8), (1, 8, 64), (3, 2, 16), (3, 6, 48), (6, 2, 16), (0x11, 256, 4), (0x31, 64, 0),
      (2, 256, 4),
    ] {
      #expect(check(WAVBuilder().fmt(tag: tag, blockAlign: align, bits: bits).data(tone).bytes).ids == ["wav.fmt"])
    }
  }

  @Test("wav.fmt: a format chunk needs sixteen bytes")
  func shortFormat() {
    let report = check(WAVBuilder().chunk("fmt ", [1, 0, 1, 0]).data(tone).bytes)
    #expect(report.ids == ["wav.fmt"])
    #expect(report.message(.wavFormat) == "the \"fmt \" chunk has 4 bytes: it needs 16 at least")
  }

  @Test("wav.codec: MP3 in a WAV wrapper, and numbers nobody knows")
  func codecs() {
    let wrapped = check(WAVBuilder().fmt(tag: 0x55).data(tone).bytes)
    #expect(wrapped.ids == ["wav.codec"])
    #expect(
      wrapped.message(.wavCodec)
        == "the sound is coded as MP3 in a WAV wrapper: only PCM, float, A-law, mu-law, ADPCM and GSM are read")
    #expect(check(WAVBuilder().fmt(tag: 0x7777).data(tone).bytes).codec == "codec 30583")
    let foreign = WAVBuilder().fmt(tag: 0xFFFE, tail: [UInt8](repeating: 3, count: 24)).data(tone).bytes
    #expect(check(foreign).codec == "an unknown sub-format")
    #expect(check(foreign).ids == ["wav.codec"])
  }

  @Test("wav.truncated: sound cut off on the way is refused, and what is there is measured")
  func truncated() {
    let report = check(Array(Tone.wav().prefix(16_044)))
    #expect(report.ids == ["wav.truncated"])
    #expect(report.message(.wavTruncated) == "the header states 32,000 bytes of sound, 16,000 are there")
    #expect(report.duration == .seconds(1))
  }

  @Test("wav.unfinished: size 0 with sound behind it")
  func unfinished() {
    let report = check(WAVBuilder(riffSize: 0).fmt().data(tone, size: 0).bytes)
    #expect(report.ids == ["wav.unfinished"])
    #expect(report.message(.wavUnfinished) == "the header states no sound, but the file goes on for 16,000 bytes")
  }

  @Test(
    "wav.streamed: the placeholders that recorders write to pipes",
    arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 0x7FFF_F000, 0xFFFF_FFD3] as [UInt32])
  func streamed(size: UInt32) {
    let report = check(WAVBuilder(riffSize: size).fmt().data(tone, size: size).bytes)
    #expect(report.ids == ["wav.streamed"])
    #expect(report.verdict == .accepted)
    #expect(report.duration == .seconds(1))
  }

  @Test("wav.trailing: bytes that belong to no chunk, or to no sample")
  func trailing() {
    let behind = check(Tone.wav() + [0, 0, 0])
    #expect(behind.ids == ["wav.trailing"])
    #expect(behind.message(.wavTrailing) == "the file goes on for 3 bytes after its last chunk")
    let half = check(WAVBuilder().fmt().data(tone + [1]).bytes)
    #expect(half.ids == ["wav.trailing"])
    #expect(half.message(.wavTrailing) == "the sound ends with 1 byte more than whole samples take")
    #expect(half.duration == .seconds(1))
  }

  @Test("wav.riff-size: the outer size against the chunks")
  func riffSize() {
    let report = check(WAVBuilder(riffSize: 100).fmt().data(tone).bytes)
    #expect(report.ids == ["wav.riff-size"])
    #expect(report.message(.wavRIFFSize) == "the RIFF header states 108 bytes, its chunks end at 16,044")
    #expect(report.verdict == .accepted)
  }

  @Test("audio.empty: no sound, and less than one sample of it", arguments: [[], [1]] as [[UInt8]])
  func empty(data: [UInt8]) {
    let report = check(WAVBuilder().fmt().data(data).bytes)
    #expect(report.ids == ["audio.empty"])
    #expect(report.duration == nil)
  }

  @Test("audio.empty: an empty sound with a proper chunk behind it is empty, not unfinished")
  func emptyBeforeChunk() {
    #expect(check(WAVBuilder().fmt().data([]).chunk("LIST", [1, 2]).bytes).ids == ["audio.empty"])
  }

  @Test("wav.structure: of two files joined byte by byte, only the first would play")
  func joined() {
    let first = Tone.wav()
    let report = check(first + Tone.wav(samples: 8_000))
    #expect(report.ids == ["wav.structure"])
    #expect(
      report.message(.wavStructure)
        == "a second recording stands behind the first, from byte 32,044 on: only the first would play")
    #expect(check(first + first.prefix(100)).ids == ["wav.structure"])
  }
}
