import GreetingAudio
import Testing
import VerificationCore

@Suite("Name and size")
struct NameAndSizeTests {
  @Test("name.extension: .wav and .mp3 in any case", arguments: ["a.wav", "a.WAV", "dir.x/a.b.Wav"])
  func goodNames(name: String) {
    #expect(check(Tone.wav(), as: name).findings.isEmpty)
  }

  @Test(
    "name.extension: any other ending is refused, and the content is checked all the same",
    arguments: [
      ("a.ogg", "the name ends in .ogg: .wav or .mp3 is needed"),
      ("a.wav.exe", "the name ends in .exe: .wav or .mp3 is needed"),
      ("folder.wav/greeting", "the name has no extension: .wav or .mp3 is needed"),
      (".wav", "the name has no extension: .wav or .mp3 is needed"),
      ("a.", "the name has no extension: .wav or .mp3 is needed"),
      ("", "the name has no extension: .wav or .mp3 is needed"),
    ])
  func badNames(name: String, message: String) {
    let report = check(Tone.wav(), as: name)
    #expect(report.ids == ["name.extension"])
    #expect(report.message(.nameExtension) == message)
    #expect(report.duration == .seconds(2))
  }

  @Test("size.empty: a file of 0 bytes is refused for that alone")
  func empty() {
    let report = check([])
    #expect(report.ids == ["size.empty"])
    #expect(report.message(.sizeEmpty) == "the file is empty: 0 bytes")
    #expect(report.bytes == 0)
  }

  /// 48 kHz, so that a megabyte stays under 20 seconds.
  private func wav(bytes: Int) -> [UInt8] {
    WAVBuilder().fmt(rate: 48_000).data(Tone.pcm16(Tone.samples((bytes - 44) / 2, rate: 48_000))).bytes
  }

  @Test("size.limit: 1,048,576 bytes are accepted with a warning")
  func largest() {
    let report = check(wav(bytes: 1_048_576))
    #expect(report.bytes == 1_048_576)
    #expect(report.ids == ["size.near"])
    #expect(
      report.message(.sizeNear)
        == "1,048,576 bytes: the limit of 1,048,576 is near, it holds 10.92 s at this format")
    #expect(report.verdict == .accepted)
  }

  @Test("size.limit: one byte more is refused, and all else is said as well")
  func tooLarge() {
    let report = check(wav(bytes: 1_048_576) + [0])
    #expect(report.ids == ["size.limit", "wav.trailing"])
    #expect(report.codec == "PCM" && report.duration != nil)
    #expect(report.message(.sizeLimit) == "1,048,577 bytes: 1 over the limit of 1,048,576")
    #expect(
      report.findings.first?.remedy
        == "Export it again as 8 kHz mono WAV, 16-bit PCM, as `poundkey greeting fix` does: 20 s take 320,044 bytes.")
  }

  @Test("size.near: the warning begins at 1,000,000 bytes")
  func near() {
    #expect(check(wav(bytes: 999_998)).ids == [])
    let odd = WAVBuilder().fmt(rate: 96_000, bits: 8)
      .chunk("data", Tone.samples(999_955, rate: 96_000).map { UInt8($0 / 256 + 128) }, padded: false).bytes
    #expect(odd.count == 999_999)
    #expect(check(odd).ids == [])
    #expect(check(wav(bytes: 1_000_000)).ids == ["size.near"])
  }

  @Test("The limits are settings")
  func ownLimits() {
    let checker = GreetingChecker(limits: GreetingLimits(maxBytes: 40_000, nearBytes: 30_000, maxSeconds: 2))
    #expect(checker.check(bytes: Tone.wav(), name: "a.wav").ids == ["size.near", "duration.limit"])
    #expect(checker.check(bytes: Tone.wav(samples: 20_000), name: "a.wav").ids == ["size.limit", "duration.limit"])
  }

  @Test("size.limit: beyond 32 MB nothing is looked into")
  func farTooLarge() {
    let bytes = [UInt8](repeating: 0, count: GreetingChecker.readable + 1)
    #expect(check(bytes).ids == ["size.limit"])
  }
}
