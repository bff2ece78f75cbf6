import Testing
import VerificationCore

@testable import GreetingAudio

@Suite("Silence in a greeting")
struct SilenceTests {
  /// What is behind a pause.
  enum Backdrop: CaseIterable {
    case nothing, faintHiss, loudHiss, rumble, hum

    func behind(_ sound: [Float]) -> [Float] {
      switch self {
      case .nothing: sound
      case .faintHiss: Sound.mix(sound, Sound.whiteNoise(sound.count, level: -45))
      case .loudHiss: Sound.mix(sound, Sound.whiteNoise(sound.count, level: -36))
      case .rumble: Sound.mix(sound, Sound.brownNoise(sound.count, level: -36))
      case .hum: Sound.mix(sound, Sound.sine(50, Double(sound.count) / Sound.rate, level: -30))
      }
    }
  }

  /// A word of two syllables.
  private let word = Sound.sine(700, 0.4) + Sound.silence(0.1) + Sound.sine(500, 0.5)

  @Test(
    "silence.lead: 1.5 s is the threshold, with hiss, rumble and hum as without", arguments: Backdrop.allCases,
    [(1.46, false), (1.54, true)])
  func lead(backdrop: Backdrop, pause: (seconds: Double, isFound: Bool)) {
    let report = check(Sound.wav(backdrop.behind(Sound.silence(pause.seconds) + word)))
    #expect(report.ids == (pause.isFound ? ["silence.lead"] : []))
  }

  @Test("silence.tail: 2 s is the threshold", arguments: Backdrop.allCases, [(1.96, false), (2.04, true)])
  func tail(backdrop: Backdrop, pause: (seconds: Double, isFound: Bool)) {
    let report = check(Sound.wav(backdrop.behind(word + Sound.silence(pause.seconds))))
    #expect(report.ids == (pause.isFound ? ["silence.tail"] : []))
  }

  @Test("silence.gap: 3 s is the threshold", arguments: Backdrop.allCases, [(2.96, false), (3.04, true)])
  func gap(backdrop: Backdrop, pause: (seconds: Double, isFound: Bool)) {
    let report = check(Sound.wav(backdrop.behind(word + Sound.silence(pause.seconds) + word)))
    #expect(report.ids == (pause.isFound ? ["silence.gap"] : []))
  }

  @Test("silence: the messages name the place and the cut")
  func messages() {
    let sound = Sound.silence(2) + word + Sound.silence(3.5) + word + Sound.silence(4.2) + word + Sound.silence(2.5)
    let report = check(Sound.wav(sound))
    #expect(report.ids == ["silence.lead", "silence.tail", "silence.gap"])
    #expect(report.message(.silenceLead) == "the first 2.00 s are silent: callers think that the line is dead")
    #expect(report.message(.silenceTail) == "the last 2.48 s are silent: callers wait for more")
    #expect(report.message(.silenceGap) == "4.18 s from 7.51 s on are silent: callers take it for the end")
    #expect(
      report.findings.map(\.remedy)
        == ["Cut the first 1.8 s.", "Cut it at 13.0 s.", "Cut out 8.0 s to 11.1 s."])
    #expect(report.findings.map(\.at) == [.zero, .milliseconds(12_712), .milliseconds(7_512)])
  }

  @Test("silence: a click does not end it, a murmur 25 dB below the words does")
  func clickAndMurmur() {
    var clicked = word + Sound.silence(4) + word
    for index in 0..<40 { clicked[24_000 + index] = index % 2 == 0 ? 0.3 : -0.3 }
    #expect(check(Sound.wav(clicked)).ids == ["silence.gap"])
    let murmur = word + Sound.silence(2) + Sound.sine(600, 0.3, level: -47) + Sound.silence(2) + word
    #expect(check(Sound.wav(murmur)).ids == [])
  }

  @Test("Activity: spans lie within the sound, in order, and pauses under 0.2 s belong to the words")
  func spans() throws {
    let measured = try #require(TelephoneMeasures(Sound.silence(0.4) + word + Sound.silence(0.5) + word))
    #expect(measured.active.count == 2)
    #expect(measured.active.first.map { abs($0.lowerBound - 3_200) <= 64 && abs($0.upperBound - 11_200) <= 64 } == true)
    #expect(measured.longestGap.map { abs($0.count - 4_000) <= 128 } == true)
  }

  @Test(
    "Activity: a pause of 0.19 s belongs to the words, one of 0.22 s parts them, wherever they begin", arguments: 0..<8)
  func shortPause(shift: Int) {
    let spans = { (pause: Double) in
      let sound =
        Sound.silence(0.3 + Double(shift) / 1_000) + Sound.sine(700, 0.5) + Sound.silence(pause) + Sound.sine(700, 0.5)
      return TelephoneMeasures(sound)?.active.count
    }
    #expect(spans(0.19) == 1)
    #expect(spans(0.22) == 2)
  }

  @Test("Activity: a beep of 20 ms between words is silence, one of 40 ms is not", arguments: 0..<8)
  func shortBeep(shift: Int) {
    let spans = { (seconds: Double) in
      let pause = Sound.silence(1 + Double(shift) / 1_000)
      return TelephoneMeasures(word + pause + Sound.sine(1_000, seconds) + Sound.silence(1) + word)?.active.count
    }
    #expect(spans(0.02) == 2)
    #expect(spans(0.04) == 3)
  }

  @Test("silence.tail: a click behind the last word does not end it")
  func lastClick() {
    var clicked = word + Sound.silence(3)
    for index in 0..<40 { clicked[28_000 + index] = index % 2 == 0 ? 0.3 : -0.3 }
    #expect(check(Sound.wav(clicked)).ids == ["silence.tail"])
  }

  @Test("silence.gap: hiss between words is silence, though digital silence was pasted to the ends")
  func pasted() {
    let hissing = Backdrop.loudHiss.behind(word + Sound.silence(3.5) + word)
    #expect(check(Sound.wav(Sound.silence(1) + hissing + Sound.silence(1))).ids == ["silence.gap"])
  }

  @Test("Activity: behind loud hiss, words 7 dB quieter than the others are words")
  func quieterWord() throws {
    let sound = Sound.sine(700, 1) + Sound.silence(1) + Sound.sine(700, 1, level: -29)
    let measured = try #require(TelephoneMeasures(Sound.mix(sound, Sound.whiteNoise(sound.count, level: -31))))
    #expect(measured.active.count == 2)
    #expect(measured.trailingSilence.isEmpty)
  }
}
