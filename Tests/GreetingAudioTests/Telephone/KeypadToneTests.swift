import Testing
import VerificationCore

@testable import GreetingAudio

@Suite("Keypad tones in a greeting")
struct KeypadToneTests {
  private static let rows = [697.0, 770, 852, 941]
  private static let columns = [1_209.0, 1_336, 1_477, 1_633]
  private static let keys = Array("123A456B789C*0#D")

  /// - Parameters:
  ///   - detune: factors of the low and of the high frequency.
  ///   - twist: the high tone over the low one, in dB.
  private static func tones(
    _ key: Character, _ seconds: Double = 0.04, level: Double = -20, twist: Double = 0,
    detune: (low: Double, high: Double) = (1, 1)
  ) -> [Float] {
    let index = keys.firstIndex(of: key) ?? 0
    return Sound.mix(
      Sound.sine(rows[index / 4] * detune.low, seconds, level: level),
      Sound.sine(columns[index % 4] * detune.high, seconds, level: level + twist))
  }

  /// Each tone at another place with regard to every frame of the detector.
  private static func dialled(_ digits: [[Float]]) -> [Float] {
    digits.enumerated().flatMap { Sound.silence(0.1 + 0.0031 * Double($0)) + $1 } + Sound.silence(0.2)
  }

  private static func heard(_ sound: [Float]) -> String {
    String(TelephoneMeasures(sound)?.digits.map(\.key) ?? [])
  }

  @Test("tone.dtmf: every key is heard from 40 ms on, wherever it stands", arguments: [0.04, 0.05, 0.1, 0.7])
  func all(seconds: Double) {
    let keys = Self.keys + Self.keys.reversed()
    #expect(Self.heard(Self.dialled(keys.map { Self.tones($0, seconds) })) == String(keys))
  }

  @Test("tone.dtmf: tones of 23 ms are not")
  func short() {
    #expect(Self.heard(Self.dialled(Self.keys.map { Self.tones($0, 0.023) })) == "")
  }

  @Test(
    "tone.dtmf: frequencies 1.5 % beside are heard, 3.5 % are not",
    arguments: [(0.985, true), (1.015, true), (0.965, false), (1.035, false)])
  func frequency(factor: Double, isHeard: Bool) {
    for detune in [(factor, 1), (1, factor), (factor, factor)] {
      let sound = Self.dialled(Self.keys.map { Self.tones($0, detune: detune) })
      #expect(Self.heard(sound) == (isHeard ? String(Self.keys) : ""))
    }
  }

  @Test(
    "tone.dtmf: a high tone 4 dB stronger to 8 dB weaker is heard",
    arguments: [(4, true), (-8, true), (5, false), (-9, false)])
  func twist(twist: Double, isHeard: Bool) {
    let sound = Self.dialled(Self.keys.map { Self.tones($0, twist: twist) })
    #expect(Self.heard(sound) == (isHeard ? String(Self.keys) : ""))
  }

  @Test("tone.dtmf: -42 dBm0 is heard, which is -48.15 dBov a tone", arguments: [(-48.1, true), (-48.9, false)])
  func level(level: Double, isHeard: Bool) {
    let sound = Self.dialled(Self.keys.map { Self.tones($0, level: level) })
    #expect(Self.heard(sound) == (isHeard ? String(Self.keys) : ""))
  }

  @Test("tone.dtmf: a key pressed twice counts twice, a long one once, and noise 10 dB below changes nothing")
  func repeated() {
    let sound = Self.dialled([Self.tones("7"), Self.tones("7"), Self.tones("7", 2), Self.tones("#")])
    #expect(Self.heard(sound) == "777#")
    #expect(Self.heard(Sound.mix(sound, Sound.whiteNoise(sound.count, level: -28))) == "777#")
  }

  @Test("tone.dtmf: the least length is 31 ms, within one", arguments: [(0.0305, false), (0.0325, true)])
  func leastLength(seconds: Double, isHeard: Bool) {
    let sound = Self.dialled(Self.keys.map { _ in Self.tones("#", seconds) })
    #expect(Self.heard(sound) == (isHeard ? String(repeating: "#", count: 16) : ""))
  }

  @Test("tone.dtmf: 85 % of the power must be the two tones'", arguments: [(-26.0, true), (-22, false)])
  func purity(third: Double, isHeard: Bool) {
    let sound = Self.dialled([Sound.mix(Self.tones("#", 0.1), Sound.sine(2_000, 0.1, level: third))])
    #expect(Self.heard(sound) == (isHeard ? "#" : ""))
  }

  @Test("tone.dtmf: a key held through a knock is one key")
  func knock() {
    var sound = Self.tones("#", 0.3)
    // Over one of the frames in which keys are looked for.
    for (index, sample) in Sound.sine(2_500, 0.013, level: -10).enumerated() { sound[624 + index] += sample }
    #expect(Self.heard(sound) == "#")
  }

  @Test("tone.dtmf: one tone alone is no key, nor three")
  func notPairs() {
    #expect(Self.heard(Self.dialled([Sound.sine(941, 0.2), Sound.sine(1_477, 0.2)])) == "")
    let three = Sound.mix(Self.tones("#", 0.2), Sound.sine(1_209, 0.2, level: -20))
    #expect(Self.heard(Self.dialled([three])) == "")
  }

  @Test("tone.dtmf: the message names keys and times, the remedy the cut")
  func message() throws {
    let word = Sound.sine(500, 2)
    let one = check(Sound.wav(word + Sound.silence(0.5) + Self.tones("#", 0.08) + Sound.silence(0.5)))
    #expect(one.ids == ["tone.dtmf"])
    #expect(
      one.message(.toneDTMF) == "keypad tones are in the sound: # at 2.50 s; they can be taken for the caller's keys")
    #expect(one.findings.first?.remedy == "Cut at 2.5 s, or cut the tones out.")
    let at = try #require(one.findings.first?.at)
    #expect(abs((at - .milliseconds(2_500)) / .milliseconds(1)) < 3)
    let many = check(Sound.wav(Array("0123456").flatMap { Self.tones($0, 0.1, level: -25) + Sound.silence(0.1) }))
    #expect(
      many.message(.toneDTMF)
        == "keypad tones are in the sound: 0 at 0.00 s, 1 at 0.20 s, 2 at 0.40 s, 3 at 0.60 s, 4 at 0.80 s and 2 more;"
        + " they can be taken for the caller's keys")
    #expect(many.findings.first { $0.id == .toneDTMF }?.remedy == "Cut the tones out.")
  }

  @Test(
    "tone.dtmf, tone.fax and tone.answer: no voice is taken for keys",
    arguments: [
      "en", "en-us", "fr", "de", "es", "it", "pt", "nl", "sv", "pl", "ru", "el", "tr", "hi", "cmn", "fi", "en+f1",
      "en+f4", "en+m7", "en+croak", "en+whisper",
    ])
  func voices(voice: String) throws {
    let text = "One two three, appuyez, bitte drücken Sie null."
    let measured = try #require(TelephoneMeasures(try Sound.speech(text, voice: voice)))
    #expect(measured.digits == [])
    #expect(measured.signallingTones == [])
  }
}
