import Testing
import VerificationCore

@testable import GreetingAudio

@Suite("Levels as callers hear them")
struct LevelTests {
  @Test("level.low: -36 dBov is the threshold", arguments: [(-35.9, false), (-36.1, true)])
  func low(level: Double, isFound: Bool) {
    let report = check(Sound.wav(Sound.sine(1_000, 2, level: level)))
    #expect(report.ids == (isFound ? ["level.low"] : []))
    guard isFound else { return }
    #expect(report.message(.levelLow) == "the speech is at -36.1 dBov: callers strain to hear it")
    #expect(
      report.findings.first?.remedy
        == "Make it louder by 14.1 dB: -22 dBov is best, -26 to -18 is good.")
    #expect(report.verdict == .accepted)
  }

  @Test("level.high: -14 dBov is the threshold", arguments: [(-14.1, false), (-13.9, true)])
  func high(level: Double, isFound: Bool) {
    let report = check(Sound.wav(Sound.sine(1_000, 2, level: level)))
    #expect(report.ids == (isFound ? ["level.high"] : []))
    guard isFound else { return }
    #expect(
      report.message(.levelHigh) == "the speech is at -13.8 dBov: it is too loud and distorts on the way")
    #expect(
      report.findings.first?.remedy
        == "Make it quieter by 8.2 dB: -22 dBov is best, -26 to -18 is good.")
  }

  @Test("Level: pauses do not count, however long they are")
  func pauses() throws {
    let speech = try Sound.speech()
    let measured = try #require(TelephoneMeasures(speech + Sound.silence(4) + speech)?.level)
    #expect(abs(measured.active + 22) < 0.1)
    #expect(measured.activity < 0.6)
  }

  @Test("Level: within 0.05 dB of ITU-T P.56 done sample by sample", arguments: [-60.0, -40, -22, -6])
  func plain(level: Double) throws {
    let speech = Sound.louder(try Sound.speech(), by: level + 22)
    let bursts = (0..<6).flatMap { Sound.sine(200 + 400 * Double($0), 0.15, level: level) + Sound.silence(0.35) }
    for sound in [speech, bursts, Sound.whiteNoise(20_000, level: level)] {
      let plain = try #require(PlainSpeechLevel.level(sound))
      let measured = try #require(TelephoneMeasures(sound)?.level)
      #expect(abs(measured.active - plain) < 0.05)
    }
  }

  @Test("Level: a DC offset has none")
  func offset() throws {
    let speech = try Sound.speech()
    let measured = try #require(TelephoneMeasures(speech.map { $0 + 0.3 })?.level)
    #expect(abs(measured.active + 22) < 0.05)
  }

  @Test("band: 2 % of the energy in the band is the threshold", arguments: [(-39.2, true), (-38.5, false)])
  func band(level: Double, isFound: Bool) {
    let sound = Sound.mix(Sound.sine(1_000, 2, level: level), Sound.sine(50, 2, level: -22))
    let report = check(Sound.wav(sound))
    #expect(report.ids == (isFound ? ["band"] : []))
    guard isFound else { return }
    #expect(
      report.message(.band)
        == "1.8 % of the energy lies from 300 to 3,400 Hz, which is all that a telephone carries")
  }

  @Test("band: what the file has above 4 kHz counts as well", arguments: [(-39.5, true), (-38.5, false)])
  func ultrasound(level: Double, isFound: Bool) {
    let sound = Sound.mix(
      Sound.sine(1_000, 2, level: level, rate: 44_100), Sound.sine(15_000, 2, level: -22, rate: 44_100))
    let ids = check(Sound.wav(sound, rate: 44_100)).ids
    #expect(ids.contains("band") == isFound)
  }

  @Test(
    "The band is 300 to 3,400 Hz, a decibel or two at its edges",
    arguments: [
      (50, 0...0.001), (200, 0...0.004), (320, 0.9...1), (1_000, 0.9...1), (3_380, 0.9...1), (3_700, 0...0.001),
    ] as [(Double, ClosedRange<Double>)])
  func edges(hertz: Double, share: ClosedRange<Double>) throws {
    let measured = try #require(TelephoneMeasures(Sound.sine(hertz, 2, level: -20)))
    #expect(share.contains(measured.inBandPower / 0.01))
  }

  @Test("The band is filtered without a seam, though parts of a sound are filtered side by side")
  func seams() throws {
    let sound = try #require(CentredSound(Sound.sine(1_000, 2, level: -20)))
    let frames = BandMeter(sound).frames
    #expect(frames.count == 250)
    #expect(frames.dropFirst(4).allSatisfy { abs($0 / 0.0095 - 1) < 0.01 })
  }

  @Test("Silence has no findings but its own, and what is no number none of these")
  func nothing() {
    #expect(check(Sound.wav(Sound.silence(5))).ids == ["level.silent"])
    var broken = Sound.silence(2) + Sound.sine(1_100, 1, level: -50)
    broken[7] = .nan
    #expect(check(Sound.wav(broken)).ids == ["level.nonfinite"])
    #expect(TelephoneMeasures([]) == nil)
    #expect(TelephoneMeasures(broken) == nil)
    #expect(TelephoneMeasures([.greatestFiniteMagnitude]) == nil)
  }

  @Test("Sounds of any length are measured", arguments: [1, 7, 8, 9, 63, 64, 65, 103, 255, 256, 257, 1_023])
  func lengths(count: Int) throws {
    let measured = try #require(TelephoneMeasures([Float](repeating: 0.5, count: count - 1) + [-0.5]))
    #expect(measured.count == count)
    #expect(measured.active.allSatisfy { 0 <= $0.lowerBound && $0.upperBound <= count })
  }

  @Test("Level: down to -75 dBov there is one, below that nothing is spoken", arguments: [(-74.0, true), (-76, false)])
  func quietest(level: Double, isFound: Bool) throws {
    let measured = try #require(TelephoneMeasures(Sound.sine(1_000, 1, level: level)))
    #expect((measured.level != nil) == isFound)
    #expect(measured.active.isEmpty != isFound)
  }
}
