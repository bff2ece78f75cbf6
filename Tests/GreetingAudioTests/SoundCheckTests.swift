import GreetingAudio
import Testing
import VerificationCore

@Suite("The decoded sound")
struct SoundCheckTests {
  @Test("duration.limit: 159,999 samples at 8 kHz are accepted, 160,000 are not")
  func limit() {
    let under = check(Tone.wav(samples: 159_999))
    #expect(under.findings.isEmpty)
    #expect(under.duration == .microseconds(19_999_875))
    let at = check(Tone.wav(samples: 160_000))
    #expect(at.ids == ["duration.limit"])
    #expect(at.message(.durationLimit) == "20.00 s: cut 0.1 s")
    #expect(at.findings.first?.at == .seconds(20))
  }

  @Test(
    "duration.limit: the cut named brings the sound under the limit",
    arguments: [(162_480, "20.31 s: cut 0.4 s"), (162_400, "20.30 s: cut 0.4 s"), (240_000, "30.00 s: cut 10.1 s")])
  func cut(samples: Int, message: String) {
    #expect(check(Tone.wav(samples: samples)).message(.durationLimit) == message)
  }

  @Test("duration.limit: frames count, not samples of every channel")
  func stereo() {
    let frames = Tone.samples(159_999).flatMap { le16(UInt16(bitPattern: $0)) + le16(UInt16(bitPattern: $0)) }
    #expect(check(WAVBuilder().fmt(channels: 2).data(frames).bytes).ids == [])
  }

  @Test("duration.short: a warning under half a second")
  func short() {
    let report = check(Tone.wav(samples: 3_999))
    #expect(report.ids == ["duration.short"])
    #expect(report.message(.durationShort) == "0.49 s: a caller hardly notices less than 0.50 s")
    #expect(report.verdict == .accepted)
    #expect(check(Tone.wav(samples: 4_000)).ids == [])
  }

  @Test("level.nonfinite: NaN and infinity in a float WAV, with their place")
  func nonfinite() {
    var samples = Tone.samples(16_000).map { Float($0) / 32_768 }
    samples[12_000] = .nan
    let one = check(WAVBuilder().fmt(tag: 3, bits: 32).data(Tone.floats(samples)).bytes)
    #expect(one.ids == ["level.nonfinite"])
    #expect(one.message(.levelNonfinite) == "1 sample from 1.50 s on is no number")
    #expect(one.findings.first?.at == .milliseconds(1_500))
    samples[8_000] = -.infinity
    let two = check(WAVBuilder().fmt(tag: 3, bits: 32).data(Tone.floats(samples)).bytes)
    #expect(two.message(.levelNonfinite) == "2 samples from 1.00 s on are no numbers")
  }

  @Test("Huge finite floats are measured without overflow")
  func huge() {
    let samples = (0..<16_000).map { $0 % 2 == 0 ? Float.greatestFiniteMagnitude : -Float.greatestFiniteMagnitude }
    #expect(
      check(WAVBuilder().fmt(tag: 3, channels: 2, bits: 32).data(Tone.floats(samples)).bytes).ids
        == ["level.silent", "clip", "dc.offset"])
    let loud = [Float](repeating: .greatestFiniteMagnitude, count: 8_000) + samples
    #expect(
      check(WAVBuilder().fmt(tag: 3, bits: 32).data(Tone.floats(loud)).bytes).ids
        == ["level.high", "clip", "dc.offset", "band"])
  }

  @Test("level.silent: silence, with and without a DC offset", arguments: [0, 600, -600] as [Int16])
  func silent(offset: Int16) {
    let report = check(WAVBuilder().fmt().data(Tone.pcm16([Int16](repeating: offset, count: 16_000))).bytes)
    #expect(report.ids == ["level.silent"])
    #expect(report.message(.levelSilent) == "silent: 0 ms are above -60 dBFS, 100 are needed")
  }

  @Test(
    "level.silent: 99 ms of sound are too little, 100 ms are enough",
    arguments: [(99, true), (100, false), (101, false)])
  func almostSilent(milliseconds: Int, isSilent: Bool) {
    #expect((check(burst(milliseconds, rate: 8_000)).ids == ["level.silent"]) == isSilent)
  }

  @Test(
    "level.silent: at other rates what a telephone carries counts, to a few milliseconds",
    arguments: [11_025, 44_100])
  func almostSilentResampled(rate: Int) {
    #expect(check(burst(95, rate: rate)).ids == ["level.silent"])
    #expect(check(burst(100, rate: rate)).ids == [])
  }

  @Test("level.silent: sound above what a telephone carries is silence to a caller")
  func ultrasound() {
    let samples = Tone.samples(88_200, rate: 44_100, hertz: 9_000)
    let report = check(WAVBuilder().fmt(rate: 44_100).data(Tone.pcm16(samples)).bytes)
    #expect(report.ids == ["level.silent"])
    // Where it sets in, the filter rings for a millisecond.
    #expect(
      report.message(.levelSilent)
        == "silent to a caller, because a telephone carries none of it: 1 ms are above -60 dBFS, 100 are needed")
  }

  /// A tone of this length before a second of digital silence.
  private func burst(_ milliseconds: Int, rate: Int) -> [UInt8] {
    let samples = Tone.samples(milliseconds * rate / 1_000, rate: rate).map { $0 == 0 ? 40 : $0 }
    return WAVBuilder().fmt(rate: UInt32(rate)).data(Tone.pcm16(samples + [Int16](repeating: 0, count: rate))).bytes
  }

  @Test("level.silent: the threshold is -60 dBFS")
  func threshold() {
    func greeting(_ peak: Int16) -> GreetingReport {
      check(WAVBuilder().fmt().data(Tone.pcm16((0..<8_000).map { $0 % 2 == 0 ? peak : -peak })).bytes)
    }
    #expect(greeting(32).ids == ["level.silent"])
    // Faint, and at half the sampling rate, where a telephone carries nothing.
    #expect(greeting(33).ids == ["level.low", "band"])
  }

  @Test("Findings stand in the order of the checks, whichever part of the code made them")
  func order() {
    let silence = Tone.pcm16([Int16](repeating: 0, count: 510_000))
    let report = check(WAVBuilder(riffSize: 9).fmt().data(silence).bytes + [0, 0], as: "a.mp3")
    #expect(
      report.ids == ["size.near", "format.mismatch", "wav.trailing", "wav.riff-size", "duration.limit", "level.silent"])
  }
}
