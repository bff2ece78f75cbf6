import Foundation
import Testing
import VerificationCore

@testable import GreetingAudio

@Suite("Fax and modem tones in a greeting")
struct SignallingToneTests {
  private static func ids(_ tone: [Float]) -> [String] {
    check(Sound.wav(Sound.sine(500, 1) + Sound.silence(0.3) + tone + Sound.silence(0.3))).ids
  }

  @Test("tone.fax: 1,100 Hz within 38 Hz", arguments: [(0, true), (36, true), (-36, true), (41, false), (-41, false)])
  func fax(offset: Double, isFound: Bool) {
    #expect(Self.ids(Sound.sine(1_100 + offset, 0.5)) == (isFound ? ["tone.fax"] : []))
  }

  @Test(
    "tone.answer: 2,100 Hz within 15 Hz", arguments: [(0, true), (14, true), (-14, true), (17, false), (-17, false)])
  func answer(offset: Double, isFound: Bool) {
    #expect(Self.ids(Sound.sine(2_100 + offset, 0.5)) == (isFound ? ["tone.answer"] : []))
  }

  @Test("tone.fax and tone.answer: 0.3 s is the threshold", arguments: [(0.29, false), (0.31, true)])
  func length(seconds: Double, isFound: Bool) {
    #expect(Self.ids(Sound.sine(1_100, seconds)) == (isFound ? ["tone.fax"] : []))
    #expect(Self.ids(Sound.sine(2_100, seconds)) == (isFound ? ["tone.answer"] : []))
  }

  @Test("tone.answer: phase reversals every 450 ms and a tremolo of 15 Hz, as V.8 has them, do not hide it")
  func reversals() {
    let tone = (0..<16_000).map { index -> Float in
      let time = Double(index) / 8_000
      let sign: Double = Int(time / 0.45) % 2 == 0 ? 1 : -1
      return Float(0.11 * sign * (1 + 0.2 * sin(2 * .pi * 15 * time)) * sin(2 * .pi * 2_100 * time))
    }
    let report = check(Sound.wav(Sound.silence(0.5) + tone))
    #expect(report.ids == ["tone.answer"])
    #expect(
      report.message(.toneAnswer)
        == "the answer tone of a fax or modem, 2,100 Hz, sounds for 1.99 s from 0.50 s on: the network can switch off echo"
        + " control")
  }

  @Test("tone.fax: a tone 0.25 s after the start can be cut off there")
  func earlyTone() {
    let report = check(Sound.wav(Sound.silence(0.25) + Sound.sine(1_100, 0.5) + Sound.silence(0.5)))
    #expect(report.ids == ["tone.fax"])
    #expect(report.findings.first?.remedy == "Cut at 0.2 s, or cut the tones out.")
  }

  @Test("tone.fax: the message says how long and where, also in noise")
  func message() {
    let sound = Sound.silence(1) + Sound.sine(1_100, 0.5, level: -24) + Sound.silence(0.5) + Sound.sine(600, 1)
    let report = check(Sound.wav(Sound.mix(sound, Sound.whiteNoise(sound.count, level: -44))))
    #expect(report.ids == ["tone.fax"])
    #expect(
      report.message(.toneFax)?.hasPrefix("the calling tone of a fax, 1,100 Hz, sounds for 0.5") == true
        || report.message(.toneFax)?.hasPrefix("the calling tone of a fax, 1,100 Hz, sounds for 0.49 s") == true)
    #expect(report.findings.first?.remedy == "Cut at 1.0 s, or cut the tones out.")
  }

  @Test(
    "Other tones of the network are none of these", arguments: [350, 400, 425, 440, 480, 1_004, 1_400, 2_280, 2_600])
  func others(hertz: Double) {
    #expect(Self.ids(Sound.sine(hertz, 1)) == [])
  }

  @Test("tone.fax: a break of 13 ms is stepped over, one of 19.5 ms is not", arguments: [(104, true), (156, false)])
  func interrupted(samples: Int, isFound: Bool) {
    let tone = Sound.sine(1_100, 0.4).enumerated().map { (1_560..<1_560 + samples).contains($0) ? 0 : $1 }
    #expect((TelephoneMeasures(tone)?.signallingTones.isEmpty == false) == isFound)
  }

  @Test("tone.fax: a whistle that wavers by 30 Hz round 1,100 Hz is none")
  func wavering() {
    let whistle = (0..<8_000).map { index -> Float in
      let time = Double(index) / 8_000
      return Float(0.11 * sin(2 * .pi * 1_100 * time + 10 * sin(2 * .pi * 3 * time)))
    }
    #expect(Self.ids(whistle) == [])
  }
}
