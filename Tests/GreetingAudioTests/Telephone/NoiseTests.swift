import Foundation
import Testing
import VerificationCore

@testable import GreetingAudio

@Suite("Noise behind the words")
struct NoiseTests {
  enum Colour: CaseIterable {
    case white, pink, brown

    func noise(_ count: Int, level: Double) -> [Float] {
      switch self {
      case .white: Sound.whiteNoise(count, level: level)
      case .pink: Sound.pinkNoise(count, level: level)
      case .brown: Sound.brownNoise(count, level: level)
      }
    }
  }

  private func spoken() throws -> [Float] {
    try Sound.speech("Please press the pound key. If you did not sign in, press zero.")
  }

  @Test(
    "noise: 12 dB is the threshold, whatever its colour", arguments: Colour.allCases, [(10.8, true), (13.2, false)])
  func threshold(colour: Colour, ratio: (decibels: Double, isFound: Bool)) throws {
    let speech = try spoken()
    let report = check(Sound.wav(Sound.mix(speech, colour.noise(speech.count, level: -22 - ratio.decibels))))
    #expect(report.ids == (ratio.isFound ? ["noise"] : []))
  }

  @Test("noise: the ratio is told, to a decibel", arguments: Colour.allCases, [6.0, 20])
  func ratio(colour: Colour, ratio: Double) throws {
    let speech = try spoken()
    let noisy = Sound.mix(speech, colour.noise(speech.count, level: -22 - ratio))
    let measured = try #require(TelephoneMeasures(noisy)?.signalToNoise)
    #expect(abs(measured - ratio) < 1)
  }

  @Test("noise: the messages")
  func messages() throws {
    let speech = try spoken()
    let report = check(Sound.wav(Sound.mix(speech, Sound.whiteNoise(speech.count, level: -30))))
    let message = try #require(report.message(.noise))
    #expect(message.hasPrefix("the speech is only 8.") || message.hasPrefix("the speech is only 7."))
    #expect(message.hasSuffix(" dB above the noise: 12 dB are needed"))
    #expect(
      check(Sound.wav(Sound.whiteNoise(24_000, level: -22))).message(.noise)
        == "nothing stands out of the noise: 12 dB are needed")
  }

  @Test("noise: digital silence pasted to the ends hides nothing")
  func pasted() throws {
    let speech = try spoken()
    let noisy = Sound.mix(speech, Sound.whiteNoise(speech.count, level: -31))
    #expect(check(Sound.wav(Sound.silence(1.2) + noisy + Sound.silence(1.2))).ids == ["noise"])
  }

  @Test("noise: a tone is none, nor a chord, a tremolo, a sweep or a held vowel")
  func tones() {
    let time = (0..<32_000).map { Double($0) / 8_000 }
    let chord = [262.0, 330, 392, 523].flatMap { note in (1...6).map { (note * Double($0), 1 / Double($0)) } }
    let sounds = [
      Sound.sine(440, 4), Sound.sine(2_000, 4),
      time.map { time in
        chord.reduce(Float(0)) { $0 + Float(0.05 * $1.1 * sin(2 * .pi * $1.0 * time + 40 * $1.1)) }
      },
      time.map { Float(0.1 * (1 + 0.6 * sin(2 * .pi * 5 * $0)) * sin(2 * .pi * 700 * $0)) },
      time.map { Float(0.1 * sin(2 * .pi * (300 + 350 * $0) * $0)) },
      // A pulse every 8 ms through two resonances.
      vowel(32_000),
    ]
    for sound in sounds { #expect(TelephoneMeasures(sound)?.signalToNoise == nil) }
  }

  private func vowel(_ count: Int) -> [Float] {
    var (first, second): ((Float, Float), (Float, Float)) = ((0, 0), (0, 0))
    let sound = (0..<count).map { index -> Float in
      let pulse: Float = index % 64 == 0 ? 1 : 0
      first = (pulse + 1.65 * first.0 - 0.94 * first.1, first.0)
      second = (first.0 + 1.1 * second.0 - 0.9 * second.1, second.0)
      return second.0
    }
    return Sound.scaled(sound, to: -22)
  }

  @Test(
    "noise: clean speech of any voice has none", arguments: ["en", "fr", "de", "es", "en+f3", "fr+f2", "ru", "cmn"])
  func clean(voice: String) throws {
    #expect(TelephoneMeasures(try Sound.speech(voice: voice))?.signalToNoise == nil)
  }

  @Test("noise: what sounds for less than 1.3 s is not judged", arguments: [(1.2, false), (1.4, true)])
  func brief(seconds: Double, isJudged: Bool) throws {
    let noise = Sound.whiteNoise(Sound.samples(seconds), level: -22)
    #expect((try #require(TelephoneMeasures(noise)).signalToNoise != nil) == isJudged)
  }

  @Test("noise: 36 dB below the words it does not matter", arguments: [(-56.0, true), (-61, false)])
  func faint(level: Double, isFound: Bool) throws {
    let measured = try #require(TelephoneMeasures(behindTwoWords(level)))
    #expect((measured.signalToNoise != nil) == isFound)
  }

  @Test("noise: a thump between the words, too low for a telephone, is not counted as the hiss")
  func thump() throws {
    var sound = behindTwoWords(-42)
    for (index, sample) in Sound.sine(60, 0.3, level: -20).enumerated() { sound[11_200 + index] += sample }
    let ratio = try #require(TelephoneMeasures(sound)?.signalToNoise)
    #expect(abs(ratio - 20) < 1)
  }

  private func behindTwoWords(_ level: Double) -> [Float] {
    let words = Sound.sine(700, 1) + Sound.silence(1) + Sound.sine(500, 1)
    return Sound.mix(words, Sound.whiteNoise(words.count, level: level))
  }

  @Test("noise: a breathy vowel is none, while its voice is 10 dB above the breath")
  func breathy() throws {
    let breathy = Sound.mix(vowel(32_000), Sound.whiteNoise(32_000, level: -32))
    #expect(try #require(TelephoneMeasures(breathy)).signalToNoise == nil)
  }
}
