import Testing
import VerificationCore

@testable import GreetingAudio

/// No file is known that the decoder reads in another way than the walk: here the walk is made to promise something else.
@Suite("Where decoder and walk differ")
struct DecodeVerdictTests {
  private func finding(_ bytes: [UInt8], _ change: (inout SoundStream) -> Void) throws -> Finding? {
    var stream = try #require(ContentCheck.inspect(bytes).stream)
    change(&stream)
    let greeting = try #require(SoundDecoder.listen(to: stream))
    return SoundCheck.decodeMismatch.finding(greeting, GreetingLimits())
  }

  @Test("decode.mismatch: a WAV has the samples that were walked, not one more or less")
  func wav() throws {
    #expect(try finding(Tone.wav()) { _ in } == nil)
    let less = try finding(Tone.wav()) { $0.frames += 1 }
    #expect(less?.message == "the file has 16,001 samples, but only 16,000 could be decoded")
    #expect(less?.severity == .reject)
    let more = try finding(Tone.wav()) { $0.frames -= 1 }
    #expect(more?.message == "the file has 15,999 samples, but more than that could be decoded")
  }

  @Test("decode.mismatch: an MP3 may differ by what is taken away and two frames, and by no sample more")
  func mp3() throws {
    let bytes = try Tools.lame()
    // 30 frames, of which 2 s are heard: what the index has taken away makes up the difference.
    let (walked, heard, allowed) = (30 * 576, 16_000, 30 * 576 - 16_000 + 2 * 576)
    for (frames, differs) in [
      (walked, false), (heard + allowed, false), (heard + allowed + 1, true), (heard - allowed, false),
      (heard - allowed - 1, true),
    ] {
      #expect(try (finding(bytes) { $0.frames = frames } != nil) == differs)
    }
  }

  @Test("decode.mismatch: a stream that is not opened, and one of another rate or other channels, decode to nothing")
  func unopened() throws {
    let stream = try #require(ContentCheck.inspect(Tone.wav()).stream)
    var (cut, slow, wide) = (stream, stream, stream)
    cut.bytes = Array(cut.bytes.prefix(20))
    slow.rate = 4_000
    wide.channels = 2
    for other in [cut, slow, wide] { #expect(SoundDecoder.listen(to: other) == nil) }
    #expect(SoundCheck.undecodable(stream).message == "the file has 16,000 samples, but none could be decoded")
    #expect(SoundCheck.undecodable(stream).id == .decodeMismatch)
  }

  @Test(
    "decode.crashed, decode.timeout: losing the process that decodes is a verdict on the file, beside its name and size"
  )
  func lost() {
    let checker = GreetingChecker()
    let crashed = checker.report(name: "a.ogg", size: 1_000_000, answer: .failure(.crashed(signal: 11)))
    #expect(crashed.ids == ["name.extension", "size.near", "decode.crashed"])
    #expect(crashed.message(.decodeCrashed) == "the decoder crashed on this file (signal 11)")
    #expect(crashed.verdict == .rejected)
    let late = checker.report(name: "a.wav", size: 999_999, answer: .failure(.outOfTime(seconds: 10)))
    #expect(late.ids == ["decode.timeout"])
    #expect(late.message(.decodeTimeout) == "the decoder did not come to an end within 10 s")
    let garbled = checker.report(name: "a.wav", size: 10, answer: .success([1, 2, 3]))
    #expect(garbled.ids == ["decode.crashed"])
    #expect(garbled.message(.decodeCrashed) == "the decoder crashed on this file")
  }
}
