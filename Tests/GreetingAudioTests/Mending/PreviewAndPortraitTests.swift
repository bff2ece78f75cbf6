import Foundation
import GreetingAudio
import Testing
import VerificationCore

@Suite("A greeting as a caller hears it")
struct TelephonePreviewTests {
  @Test("It is 8 kHz through G.711: few values, near the sound", arguments: TelephonePreview.Law.allCases)
  func quantised(law: TelephonePreview.Law) throws {
    let samples = (0..<16_000).map { Float(0.5 * sin(2 * Double.pi * 437 * Double($0) / 8_000)) }
    let heard = try TelephonePreview.render(Speech.wav(samples, rate: 8_000), law: law)
    #expect(heard.rate == 8_000)
    #expect(heard.samples.count == samples.count)
    // 128 steps to either side, of which half scale needs 112.
    #expect((150...226).contains(Set(heard.samples).count))
    let error = zip(samples, heard.samples).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
    let power = samples.map { $0 * $0 }.reduce(0, +)
    // G.711 keeps speech some 38 dB above its noise.
    #expect((35.0...41).contains(10 * log10(Double(power / error))))
  }

  @Test("The two laws differ")
  func laws() throws {
    let bytes = Speech.wav(try Speech.samples())
    #expect(
      try TelephonePreview.render(bytes, law: .mu).samples != TelephonePreview.render(bytes, law: .a).samples)
  }

  @Test("Full scale to either side stays in range")
  func fullScale() throws {
    let samples: [Float] = (0..<8_000).map { $0 / 10 % 2 == 0 ? 1 : -1 }
    let heard = try TelephonePreview.render(Speech.wav(samples, rate: 8_000))
    #expect(heard.samples.allSatisfy { abs($0) > 0.97 && abs($0) <= 1 })
  }

  @Test("What is no sound has no preview")
  func noSound() {
    #expect(throws: UndecodableSound.self) { try TelephonePreview.render(Array("%PDF-1.7".utf8)) }
  }
}

@Suite("A greeting as values for drawing it")
struct PortraitTests {
  @Test("Columns have the lowest and the highest sample and the root of the mean square of their time")
  func columns() throws {
    let samples: [Float] = (0..<8_000).map { $0 < 4_000 ? 0 : $0 % 2 == 0 ? 0.5 : -0.25 }
    let portrait = PortraitPainter.portrait(of: Speech.wav(samples, rate: 8_000), name: "a.wav", columns: 4)
    let waveform = try #require(portrait.waveform)
    #expect(waveform.columns.map(\.low) == [0, 0, -0.25, -0.25])
    #expect(waveform.columns.map(\.high) == [0, 0, 0.5, 0.5])
    #expect(waveform.columns[..<2].allSatisfy { $0.rms == 0 })
    #expect(waveform.columns[2...].allSatisfy { abs($0.rms - 0.375) < 1e-6 && $0.mean == 0.125 })
    #expect(waveform.duration == .seconds(1))
    #expect(waveform.peak == 0.5)
    #expect(abs((waveform.peakLevel ?? 0) + 6.02) < 0.01)
  }

  @Test("Speech has its place and its level")
  func speech() throws {
    let silence = [Float](repeating: 0, count: 16_000)
    let speech = try Speech.samples()
    let portrait = PortraitPainter.portrait(of: Speech.wav(silence + speech + silence), name: "a.wav")
    let waveform = try #require(portrait.waveform)
    let first = try #require(waveform.speech.first)
    let last = try #require(waveform.speech.last)
    #expect((1.0...1.3).contains(first.lowerBound / .seconds(1)))
    let end = 1 + Double(speech.count) / 16_000
    #expect((end - 0.4...end).contains(last.upperBound / .seconds(1)))
    #expect(abs((waveform.speechLevel ?? 0) + 22) < 2.5)
  }

  @Test("A file without sound has a report and no waveform, one that is too large has both")
  func odd() throws {
    let page = PortraitPainter.portrait(of: Array("<html>".utf8), name: "a.wav")
    #expect(page.waveform == nil && page.report.verdict == .rejected)
    let large = Speech.wav([Float](repeating: 0.1, count: 600_000), rate: 48_000)
    let portrait = PortraitPainter.portrait(of: large, name: "a.wav")
    #expect(portrait.waveform?.columns.count == 1_920)
    #expect(portrait.report.ids.contains("size.limit"))
  }
}
