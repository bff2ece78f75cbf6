import Foundation
import GreetingAudio
import Testing
import VerificationCore

@Suite("Flaws of the recording")
struct RecordingCheckTests {
  @Test("clip: a sample in 2,000 at full scale passes, one more does not", arguments: [(8, false), (9, true)])
  func clip(count: Int, isFound: Bool) {
    var samples = Tone.samples(16_000)
    for index in 0..<count { samples[4_000 + index * 400] = index % 2 == 0 ? 32_767 : -32_768 }
    let report = check(WAVBuilder().fmt().data(Tone.pcm16(samples)).bytes)
    #expect(report.ids.contains("clip") == isFound)
    guard isFound else { return }
    #expect(
      report.message(.clip)
        == "9 samples of 16,000 from 0.50 s on are at full scale (0.06 %): the loud parts are cut off")
    #expect(report.findings.first { $0.id == .clip }?.at == .milliseconds(500))
  }

  @Test("clip: one sample in 2,000 is the threshold, to a sample of 40,000", arguments: [(20, false), (21, true)])
  func clipShare(count: Int, isFound: Bool) {
    var samples = Tone.samples(40_000)
    for index in 0..<count { samples[4_000 + index * 400] = 32_767 }
    #expect(check(WAVBuilder().fmt().data(Tone.pcm16(samples)).bytes).ids.contains("clip") == isFound)
  }

  @Test("clip: 0.999 of full scale is the threshold", arguments: [(32_734, false), (32_735, true)])
  func clipThreshold(peak: Int16, isFound: Bool) {
    var samples = Tone.samples(16_000)
    for index in 0..<100 { samples[index * 100] = peak }
    #expect(check(WAVBuilder().fmt().data(Tone.pcm16(samples)).bytes).ids.contains("clip") == isFound)
  }

  @Test("clip: full scale is what the codec can hold", arguments: [(7, 0x80), (6, 0xAA)] as [(UInt16, UInt8)])
  func clipInG711(tag: UInt16, loudest: UInt8) throws {
    let quiet: UInt8 = tag == 7 ? 0x9A : 0x9A ^ 0x55
    let samples = (0..<16_000).map { $0 % 400 < 4 ? loudest : $0 % 2 == 0 ? quiet : quiet ^ 0x80 }
    let bytes = WAVBuilder().fmt(tag: tag, bits: 8).data(samples).bytes
    #expect(check(bytes).ids.contains("clip"))
  }

  @Test("clip: every channel counts, and the place is counted in frames")
  func clipInStereo() {
    var samples = Tone.samples(16_000).flatMap { [$0, $0] }
    for index in 0..<20 { samples[2 * (8_000 + index) + 1] = 32_767 }
    let report = check(WAVBuilder().fmt(channels: 2).data(Tone.pcm16(samples)).bytes)
    #expect(report.findings.first { $0.id == .clip }?.at == .seconds(1))
    #expect(report.message(.clip)?.hasPrefix("20 samples of 32,000") == true)
  }

  @Test(
    "dc.offset: 2 % of full scale is the threshold, to either side",
    arguments: [(650, false), (661, true), (-661, true)])
  func offset(offset: Int16, isFound: Bool) {
    let samples = Tone.samples(16_000).map { $0 + offset }
    let report = check(WAVBuilder().fmt().data(Tone.pcm16(samples)).bytes)
    #expect(report.ids.contains("dc.offset") == isFound)
    guard isFound else { return }
    let sign = offset < 0 ? "-" : ""
    #expect(
      report.message(.offset) == "the sound is shifted by \(sign)2.0 % of full scale: it begins and ends with a click")
  }

  @Test("dc.offset: opposite shifts of two channels are found too")
  func opposedOffsets() {
    let samples = Tone.samples(16_000).flatMap { [$0 + 1_000, $0 - 1_000] }
    #expect(check(WAVBuilder().fmt(channels: 2).data(Tone.pcm16(samples)).bytes).ids.contains("dc.offset"))
  }

  /// With the second channel upside down at gain g, (1 - g)^2 / 2 / (1 + g^2) of the power is left.
  @Test("stereo.cancel: less than 5 % of the power left is the threshold", arguments: [(0.64, true), (0.61, false)])
  func cancel(gain: Double, isFound: Bool) {
    let samples = Tone.samples(16_000).flatMap { [$0, Int16(-gain * Double($0))] }
    let report = check(WAVBuilder().fmt(channels: 2).data(Tone.pcm16(samples)).bytes)
    #expect(report.ids.contains("stereo.cancel") == isFound)
  }

  @Test("level.low: of what channels that cancel leave behind, the level says nothing")
  func cancelledLevel() {
    let samples = Tone.samples(16_000).flatMap { [$0, Int16(-0.98 * Double($0))] }
    #expect(check(WAVBuilder().fmt(channels: 2).data(Tone.pcm16(samples)).bytes).ids == ["stereo.cancel"])
  }

  @Test("stereo.cancel: channels that cancel to nothing are silent, and why is told")
  func cancelled() {
    let samples = Tone.samples(16_000).flatMap { [$0, -$0] }
    let report = check(WAVBuilder().fmt(channels: 2).data(Tone.pcm16(samples)).bytes)
    #expect(report.ids == ["level.silent", "stereo.cancel"])
    #expect(
      report.message(.levelSilent)
        == "silent to a caller, because the channels cancel each other: 0 ms are above -60 dBFS, 100 are needed")
    #expect(Set(report.findings.map(\.remedy)).count == 1)
    #expect(
      report.message(.stereoCancel)
        == "mixed down to one channel, 0.00 % of the sound is left: the channels cancel each other")
  }

  /// -30 dB is a factor of 0.0316.
  @Test(
    "stereo.one-side: 30 dB below the other channel is the threshold", arguments: [(0.0310, true), (0.0322, false)])
  func oneSide(gain: Double, isFound: Bool) {
    let samples = Tone.samples(16_000).flatMap { [Int16(gain * Double($0)), $0] }
    let report = check(WAVBuilder().fmt(channels: 2).data(Tone.pcm16(samples)).bytes)
    #expect(report.ids.contains("stereo.one-side") == isFound)
    guard isFound else { return }
    #expect(
      report.message(.stereoOneSide)
        == "the left channel is silent: mixed down to one channel, the sound is 6 dB quieter")
  }

  @Test("channels.many: two channels pass, three do not", arguments: [2, 3] as [UInt16])
  func many(channels: UInt16) {
    let samples = Tone.samples(16_000).flatMap { [Int16](repeating: $0, count: Int(channels)) }
    let report = check(WAVBuilder().fmt(channels: channels).data(Tone.pcm16(samples)).bytes)
    #expect(report.ids.contains("channels.many") == (channels > 2))
    if channels > 2 {
      #expect(
        report.message(.manyChannels)
          == "3 channels: a telephone has one, and how others mix them down is not known")
    }
  }
}
