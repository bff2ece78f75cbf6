import GreetingAudio
import Testing
import VerificationCore

/// Each structure check of a WAV just inside its threshold and just outside.
@Suite("The thresholds of a WAV's structure")
struct WAVThresholdTests {
  private let tone = Tone.pcm16(8_000)

  @Test("wav.structure: in every order of the chunks, the sound must stand behind its format, and nothing else matters")
  func everyOrder() {
    let chunks: [(id: String, content: [UInt8])] = [
      ("fmt ", le16(1) + le16(1) + le32(8_000) + le32(16_000) + le16(2) + le16(16)), ("data", tone),
      ("LIST", Array("INFOISFT".utf8) + le32(0xFFFF_FFF8)), ("fact", le32(8_000)), ("id3 ", [1, 2, 3]),
    ]
    for order in permutations(of: [0, 1, 2, 3, 4]) {
      let bytes = order.reduce(WAVBuilder()) { $0.chunk(chunks[$1].id, chunks[$1].content) }.bytes
      let isGood = (order.firstIndex(of: 0) ?? 0) < (order.firstIndex(of: 1) ?? 0)
      #expect(check(bytes).ids == (isGood ? [] : ["wav.structure"]))
    }
  }

  private func permutations(of items: [Int]) -> [[Int]] {
    items.isEmpty ? [[]] : items.flatMap { item in permutations(of: items.filter { $0 != item }).map { [item] + $0 } }
  }

  @Test("wav.structure: a chunk may fill the file to its last byte, and no byte more")
  func chunkToTheEnd() {
    #expect(check(WAVBuilder().fmt().data(tone).chunk("LIST", [1, 2, 3, 4]).bytes).ids == [])
    let broken = check(WAVBuilder().fmt().chunk("LIST", tone, size: UInt32(tone.count + 1)).bytes)
    #expect(broken.ids == ["wav.structure"])
    #expect(
      broken.message(.wavStructure) == "the \"LIST\" chunk at byte 36 states 16,001 bytes, 16,000 are there")
  }

  @Test("format.mismatch: a WAV behind other bytes is no WAV, however few")
  func junkInFront() {
    for junk: [UInt8] in [[0], Array("\r\n".utf8), [UInt8](repeating: 0, count: 512)] {
      let report = check(junk + Tone.wav())
      #expect(report.ids == ["format.mismatch"])
      #expect(report.message(.formatMismatch) == "this is not WAV: it does not begin with RIFF and WAVE")
    }
  }

  @Test("wav.fmt: sixteen bytes are enough, fifteen are not")
  func formatLength() {
    let fields = le16(1) + le16(1) + le32(8_000) + le32(16_000) + le16(2) + le16(16)
    #expect(check(WAVBuilder().chunk("fmt ", fields).data(tone).bytes).ids == [])
    let short = check(WAVBuilder().chunk("fmt ", Array(fields.dropLast())).data(tone).bytes)
    #expect(short.ids == ["wav.fmt"])
    #expect(short.message(.wavFormat) == "the \"fmt \" chunk has 15 bytes: it needs 16 at least")
  }

  @Test("wav.fmt: 1,024 channels can be read, 1,025 cannot")
  func channels() {
    let sound = [UInt8](repeating: 7, count: 1_025 * 2 * 10)
    #expect(check(WAVBuilder().fmt(channels: 1_024).data(sound).bytes).severity(.wavFormat) == nil)
    #expect(check(WAVBuilder().fmt(channels: 1_025).data(sound).bytes).ids == ["wav.fmt"])
  }

  @Test("wav.codec: of the first 1,024 numbers of codecs, seven are read")
  func everyTag() {
    let accepted = (0..<1_024).filter { tag in
      check(WAVBuilder().fmt(tag: UInt16(tag)).data([1, 2]).bytes).severity(.wavCodec) == nil
    }
    #expect(accepted == [1, 2, 3, 6, 7, 0x11, 0x31])
  }

  @Test(
    "wav.codec: Ogg and WavPack under the header of a plain WAV are told by their first four bytes",
    arguments: [("OggS", "Ogg"), ("wvpk", "WavPack")])
  func packed(mark: String, name: String) {
    for (tag, bits): (UInt16, UInt16) in [(1, 16), (1, 8), (3, 32), (3, 64), (7, 8)] {
      let format = WAVBuilder().fmt(tag: tag, bits: bits, tail: tag == 1 ? [] : [0, 0])
      let report = check(format.data(Array(mark.utf8) + tone).bytes)
      #expect(report.ids == ["wav.codec"])
      #expect(
        report.message(.wavCodec)
          == "the sound is coded as \(name) in a WAV wrapper: only PCM, float, A-law, mu-law, ADPCM and GSM are read")
      #expect(report.codec == "\(name) in a WAV wrapper")
      #expect(check(format.data(mark.utf8.dropLast() + tone).bytes).severity(.wavCodec) == nil)
    }
  }

  @Test("wav.truncated: one byte less than stated is a loss; a missing pad byte is none")
  func truncated() {
    let report = check(Array(Tone.wav().dropLast(1)))
    #expect(report.ids == ["wav.truncated"])
    #expect(report.message(.wavTruncated) == "the header states 32,000 bytes of sound, 31,999 are there")
    let odd = WAVBuilder().fmt(bits: 8).data([UInt8](Tone.samples(7_999).map { UInt8($0 / 256 + 128) })).bytes
    #expect(check(odd).ids == [])
    #expect(check(Array(odd.dropLast(1))).ids == [])
    #expect(check(Array(odd.dropLast(2))).ids == ["wav.truncated"])
  }

  @Test("wav.unfinished: size 0 with a single byte behind it; with none, there is simply no sound")
  func unfinished() {
    #expect(check(WAVBuilder().fmt().data([1], size: 0).bytes).ids == ["wav.unfinished"])
    #expect(check(WAVBuilder().fmt().data([], size: 0).bytes).ids == ["audio.empty"])
  }

  @Test("wav.unfinished: sound whose bytes could be the name of a chunk is sound all the same")
  func unfinishedLetters() {
    let letters = [UInt8](repeating: 0x41, count: 8_000)
    let report = check(WAVBuilder().fmt(tag: 7, bits: 8, tail: [0, 0]).data(letters, size: 0).bytes)
    #expect(report.ids == ["wav.unfinished"])
    #expect(report.message(.wavUnfinished) == "the header states no sound, but the file goes on for 8,000 bytes")
  }

  @Test(
    "wav.streamed: where the placeholders end, sizes that cannot be true begin",
    arguments: [
      (0xFFFF_FF00, true), (0xFFFF_FEFF, false), (0x7FFF_0000, true), (0x7FFE_FFFF, false), (0x8000_0000, true),
      (0x8000_0001, false),
    ] as [(UInt32, Bool)])
  func placeholders(size: UInt32, isPlaceholder: Bool) {
    let report = check(WAVBuilder(riffSize: .max).fmt().data(tone, size: size).bytes)
    #expect(report.ids == [isPlaceholder ? "wav.streamed" : "wav.truncated"])
    #expect(report.duration == .seconds(1))
  }

  @Test("wav.riff-size: one byte beside the chunks is rounding, two are wrong; so is a placeholder over a true size")
  func riffSize() {
    let size = UInt32(4 + 24 + 8 + tone.count)
    for stated in [size - 1, size, size + 1] {
      #expect(check(WAVBuilder(riffSize: stated).fmt().data(tone).bytes).ids == [])
    }
    for stated in [size - 2, size + 2, 0, .max, 0x7FFF_FFFF] {
      #expect(check(WAVBuilder(riffSize: stated).fmt().data(tone).bytes).ids == ["wav.riff-size"])
    }
  }

  @Test("wav.trailing: a single byte behind the last chunk is one too many")
  func trailing() {
    let report = check(Tone.wav() + [0])
    #expect(report.ids == ["wav.trailing"])
    #expect(report.message(.wavTrailing) == "the file goes on for 1 byte after its last chunk")
  }

  @Test("wav.trailing: a last block of MS ADPCM that is not whole is left out, and that is said")
  func shortBlock() throws {
    let whole = try Tools.sox(["-e", "ms-adpcm"], to: "wav")
    let place = try #require(whole.indices.first { whole[$0...].starts(with: "data".utf8) })
    let (data, size) = (whole[(place + 8)...], 256)
    #expect(data.count % size == 0)
    func file(_ count: Int) -> [UInt8] {
      WAVBuilder().chunk("fmt ", Array(whole[20..<70])).data(Array(data.prefix(count))).bytes
    }
    #expect(check(file(size)).severity(.audioEmpty) == nil)
    let report = check(file(32 * size - 2))
    #expect(report.ids == ["wav.trailing"])
    #expect(report.message(.wavTrailing) == "the sound ends with 254 bytes more than whole blocks take")
    #expect(report.duration == .microseconds(31 * 500 * 125))
    #expect(check(file(size - 2)).ids == ["audio.empty"])
  }

  @Test("audio.empty: one sample is sound, one byte less is none")
  func oneSample() {
    #expect(check(WAVBuilder().fmt().data([1, 2]).bytes).severity(.audioEmpty) == nil)
    #expect(check(WAVBuilder().fmt().data([1]).bytes).ids == ["audio.empty"])
  }
}
