import Foundation
import GreetingAudio
import Testing
import VerificationCore

@Suite("A greeting mended")
struct GreetingMenderTests {
  private func kinds(_ mended: MendedGreeting) -> [Mend.Kind] { mended.changes.map(\.kind) }

  private func message(_ kind: Mend.Kind, _ mended: MendedGreeting) -> String? {
    mended.changes.first { $0.kind == kind }?.message
  }

  private func length(_ mended: MendedGreeting) -> Double { (mended.after.duration ?? .zero) / .seconds(1) }

  /// The root of the mean square where somebody speaks, in dBov, by frames of 20 ms.
  private func speechLevel(_ bytes: [UInt8]) throws -> Double {
    let samples = try SoundDecoder.decode(bytes).samples.map(Double.init)
    let powers = stride(from: 0, to: samples.count - 160, by: 160).map { start in
      samples[start..<start + 160].reduce(0) { $0 + $1 * $1 } / 160
    }
    let loud = powers.filter { $0 > (powers.max() ?? 0) / 300 }
    return 10 * log10(loud.reduce(0, +) / Double(loud.count))
  }

  private func refusal(_ bytes: [UInt8], _ name: String = "a.wav", _ options: MendingOptions = MendingOptions())
    -> UnmendableGreeting?
  {
    do throws(UnmendableGreeting) {
      _ = try GreetingMender.mend(bytes, name: name, options)
      return nil
    } catch {
      return error
    }
  }

  @Test("A quiet stereo MP3 with an offset and three seconds of silence is accepted without a warning")
  func neglected() throws {
    let mended = try GreetingMender.mend(try Speech.neglected(), name: "a.mp3")
    #expect(mended.before.findings.contains { $0.id == .offset })
    #expect(kinds(mended) == [.channels, .offset, .lead, .tail, .level, .format])
    #expect(mended.after.ids == [])
    #expect(mended.after.verdict == .accepted)
    #expect(mended.after.file == "a.wav")
    #expect(check(mended.bytes).ids == [])
    #expect(message(.format, mended) == "MP3, MPEG-1 Layer III, 44.1 kHz stereo becomes WAV, PCM 16-bit, 8 kHz mono")
    #expect(message(.channels, mended) == "the two channels are mixed to one")
    // The encoder takes a little of it away itself.
    #expect(message(.offset, mended)?.wholeMatch(of: /a shift of (4\.[5-9]|5\.0) % of full scale is removed/) != nil)
    let sound = try SoundDecoder.decode(mended.bytes)
    #expect(sound.rate == 8_000)
    #expect(abs(sound.samples.reduce(0, +) / Float(sound.samples.count)) < 0.001)
    // An independent and coarser measure than that of the meter.
    #expect(abs(try speechLevel(mended.bytes) + 22) < 1.5)
    let original = Double(try Speech.samples().count) / 16_000
    #expect(abs(sound.duration / .seconds(1) - original) < 0.6)
  }

  @Test(
    "What is mended is not changed again: short sounds, shifted ones, long pauses around them",
    arguments: [
      "fr/digit-1.mp3", "de/digit-6.mp3", "es/digit-2.mp3", "it/digit-7.mp3", "de/authenticationSuccessful.mp3",
    ])
  func idempotentAlways(name: String) throws {
    let silence = [Float](repeating: 0, count: 8_000)
    let speech = try Speech.samples(name)
    let encoded = try GreetingMender.mend(Speech.wav(speech), name: "a.wav", MendingOptions(format: .mp3))
    #expect(try GreetingMender.mend(encoded.bytes, name: "a.mp3", MendingOptions(format: .mp3)).changes == [])
    for bytes in [Speech.wav(speech), Speech.wav((silence + speech + silence).map { $0 * 2 + 0.0008 })] {
      let once = try GreetingMender.mend(bytes, name: "a.wav")
      let twice = try GreetingMender.mend(once.bytes, name: "a.wav")
      #expect(twice.changes == [])
      #expect(twice.bytes == once.bytes)
      #expect(once.after.ids == [])
    }
  }

  @Test("What is mended is not changed again, in any format", arguments: GreetingFormat.allCases)
  func idempotent(format: GreetingFormat) throws {
    let options = MendingOptions(format: format)
    let once = try GreetingMender.mend(try Speech.neglected(), name: "a.mp3", options)
    let twice = try GreetingMender.mend(once.bytes, name: once.after.file, options)
    #expect(twice.changes == [])
    #expect(twice.bytes == once.bytes)
    #expect(once.after.ids == [])
  }

  @Test(
    "The copy is what the format says",
    arguments: [(GreetingFormat.wav, "PCM"), (.mulaw, "mu-law"), (.mp3, "MPEG-2.5 Layer III")])
  func formats(format: GreetingFormat, codec: String) throws {
    let mended = try GreetingMender.mend(
      Speech.wav(try Speech.samples()), name: "a.wav", MendingOptions(format: format))
    #expect(mended.after.codec == codec)
    #expect((mended.after.sampleRate, mended.after.channels) == (8_000, 1))
    #expect(mended.after.file == "a.\(format.ending)")
    // 32 kbit/s, where it is MP3: 4,000 bytes a second.
    let rate: Double =
      switch format {
      case .wav: 16_000
      case .mulaw: 8_000
      case .mp3: 4_000
      }
    #expect(abs(Double(mended.bytes.count) / length(mended) / rate - 1) < 0.12)
  }

  @Test("The level that is asked for is reached, from above and from below", arguments: [(-30.0, 2.0), (-18, 0.05)])
  func level(target: Double, factor: Float) throws {
    let bytes = Speech.wav(try Speech.samples().map { $0 * factor })
    let mended = try GreetingMender.mend(bytes, name: "a.wav", MendingOptions(level: target))
    #expect(abs(try speechLevel(mended.bytes) - target) < 1.5)
  }

  @Test("A level within 1 dB is left where nothing else is to be changed, and set where the file is written anew")
  func tolerance() throws {
    let mended = try GreetingMender.mend(Speech.wav(try Speech.samples()), name: "a.wav")
    let samples = try SoundDecoder.decode(mended.bytes).samples
    let kinds = { (factor: Float, format: GreetingFormat) in
      let bytes = Speech.wav(samples.map { $0 * factor }, rate: 8_000)
      return try GreetingMender.mend(bytes, name: "a.wav", MendingOptions(format: format)).changes.map(\.kind)
    }
    // 0.9 dB and 1.1 dB.
    #expect(try kinds(0.9016, .wav) == [])
    #expect(try kinds(0.8810, .wav) == [.level])
    #expect(try kinds(0.9016, .mulaw) == [.level, .format])
    // 0.3 dB.
    #expect(try kinds(0.9661, .mulaw) == [.level, .format])
  }

  @Test("No sample comes above -1 dBFS: where the peaks leave no room, the speech stays quieter, and it is said")
  func peaks() throws {
    var samples = try Speech.samples().map { $0 * 0.05 }
    // A knock on the microphone.
    for index in 20_000..<20_040 { samples[index] = index % 2 == 0 ? 0.4 : 0.35 }
    let mended = try GreetingMender.mend(Speech.wav(samples), name: "a.wav")
    #expect(message(.level, mended)?.hasSuffix(": more would bring the peaks above -1 dBFS") == true)
    let peak = try SoundDecoder.decode(mended.bytes).samples.map(abs).max() ?? 0
    #expect(peak < 0.8914 && peak > 0.85)
    #expect(try GreetingMender.mend(mended.bytes, name: "a.wav").changes == [])
  }

  @Test("Silence at the ends is cut to 0.20 s, silence within is left")
  func trimming() throws {
    let speech = try Speech.samples()
    let gap = [Float](repeating: 0, count: 32_000)
    let bytes = Speech.wav(gap + speech + gap + speech + gap)
    let mended = try GreetingMender.mend(bytes, name: "a.wav")
    let kept = try GreetingMender.mend(bytes, name: "a.wav", MendingOptions(keepsSilence: true))
    let whole = Double(bytes.count / 2) / 16_000
    #expect(abs(length(kept) - whole) < 0.01)
    #expect(abs(whole - length(mended) - 3.6) < 0.4)
    #expect(kinds(mended).contains(.lead) && kinds(mended).contains(.tail))
    #expect(!kinds(kept).contains(.lead) && !kinds(kept).contains(.tail))
    let samples = try SoundDecoder.decode(mended.bytes).samples
    #expect(samples[..<1_200].allSatisfy { abs($0) < 0.01 })
    #expect(samples[1_200..<4_000].contains { abs($0) > 0.02 })
  }

  @Test("0.30 s of silence before the first word are cut, 0.23 s stay", arguments: [(0.3, true), (0.23, false)])
  func spare(seconds: Double, isCut: Bool) throws {
    let bytes = Speech.wav(Sound.silence(seconds) + Sound.sine(700, 2) + Sound.silence(0.1), rate: 8_000)
    #expect(kinds(try GreetingMender.mend(bytes, name: "a.wav")).contains(.lead) == isCut)
  }

  @Test("A shift of 0.2 % is removed, one of 0.08 % is left", arguments: [(Float(0.002), true), (0.0008, false)])
  func smallShift(shift: Float, isRemoved: Bool) throws {
    let bytes = Speech.wav(Sound.sine(700, 2).map { $0 + shift }, rate: 8_000)
    #expect(kinds(try GreetingMender.mend(bytes, name: "a.wav")) == (isRemoved ? [.offset] : []))
  }

  @Test("What was lost in a damaged MP3 stays lost: the warning stays")
  func damagedFrame() throws {
    var bytes = try Tools.lame()
    bytes[10 * MP3Odds.frameLength] = 0
    let mended = try GreetingMender.mend(bytes, name: "a.mp3")
    #expect(!check(mended.bytes).ids.contains("mp3.corrupt"))
    #expect(mended.after.message(.mp3Corrupt)?.hasPrefix("was in the original and stays: ") == true)
  }

  @Test("Channels that cancel are turned, a silent one is left out, of many the loudest is kept")
  func channels() throws {
    let speech = try Speech.samples()
    let turned = try GreetingMender.mend(Speech.wav(speech.flatMap { [$0, -$0] }, channels: 2), name: "a.wav")
    #expect(turned.before.verdict == .rejected)
    #expect(
      message(.channels, turned)
        == "the right channel is turned upside down and mixed with the left: as they were, they cancelled")
    #expect(turned.after.ids == [])
    let left = try GreetingMender.mend(Speech.wav(speech.flatMap { [$0, 0] }, channels: 2), name: "a.wav")
    #expect(message(.channels, left) == "the left channel is kept: the other one is silent")
    #expect(left.after.ids == [])
    let many = try GreetingMender.mend(
      Speech.wav(speech.flatMap { [$0 * 0.01, $0 * 0.1, $0] }, channels: 3), name: "a.wav")
    #expect(message(.channels, many) == "channel 3 of 3, the loudest, is kept")
    #expect(many.after.ids == [])
  }

  @Test("A file is mended whose size or name alone rejects it, under the name that fits")
  func sizeAndName() throws {
    let large = Speech.wav(
      try Speech.samples("en/greetingStandard.mp3").flatMap { [$0, $0, $0, $0, $0, $0] }, channels: 2, rate: 48_000)
    #expect(large.count > 1_048_576)
    let mended = try GreetingMender.mend(large, name: "a.wav")
    #expect(mended.before.ids.contains("size.limit"))
    #expect(mended.after.ids == [])
    let renamed = try GreetingMender.mend(Speech.wav(try Speech.samples()), name: "dir.d/hello.mp3")
    #expect(renamed.before.ids == ["format.mismatch"])
    #expect(renamed.after.file == "hello.wav")
    #expect(try GreetingMender.mend(Speech.wav(try Speech.samples()), name: "hello").after.file == "hello.wav")
  }

  @Test("What clipping cut off cannot be brought back: the rest is mended, and the warning stays")
  func clipped() throws {
    let loud = try Speech.samples().map { $0 * 8 }
    let mended = try GreetingMender.mend(Speech.wav(loud), name: "a.wav")
    #expect(mended.before.ids.contains("clip"))
    #expect(!check(mended.bytes).ids.contains("clip"))
    #expect(mended.after.ids.contains("clip"))
    #expect(mended.after.message(.clip)?.hasPrefix("was in the original and stays: ") == true)
    #expect(mended.after.findings.allSatisfy { $0.id != .clip || $0.at == nil })
  }

  @Test("A header that does not know the length is written anew")
  func streamed() throws {
    var bytes = Speech.wav(try Speech.samples())
    bytes.replaceSubrange(40..<44, with: [0xFF, 0xFF, 0xFF, 0xFF])
    let mended = try GreetingMender.mend(bytes, name: "a.wav")
    #expect(message(.structure, mended) == "the file is written anew, without wav.streamed")
    #expect(mended.after.ids == [])
  }

  // Refusals

  @Test("26 s of sound are refused with what must go; 26 s of which 7 are silence at the ends are mended")
  func tooLong() throws {
    let speech = try Speech.samples("en/fraudGreetingStandard.mp3")
    let refused = try #require(refusal(Speech.wav(Array((speech + speech + speech).prefix(26 * 16_000)))))
    #expect(refused.findings.map(\.id) == [.durationLimit])
    let message = try #require(refused.findings.first?.message)
    // How much of it is silence is the meter's word, so the sum is what is tested.
    let figures = message.split(separator: " ").compactMap { Double($0) }
    #expect(
      message.contains(" s are left once the silence at both ends is cut: ") && message.hasSuffix(" s more must go"))
    #expect(figures.count == 2 && abs(figures[0] - 20 - figures[1]) <= 0.1 && figures[0] > 25)
    let silence = [Float](repeating: 0, count: 16_000 * 7 / 2)
    let long = silence + (speech + speech).prefix(19 * 16_000) + silence
    let mended = try GreetingMender.mend(Speech.wav(long), name: "a.wav")
    #expect(mended.before.ids.contains("duration.limit"))
    #expect(mended.after.verdict == .accepted)
    let kept = try #require(refusal(Speech.wav(long), "a.wav", MendingOptions(keepsSilence: true)))
    #expect(kept.findings.first?.message == "26.00 s with its silence kept: 6.1 s must go")
  }

  @Test("Two minutes and more are refused for their length")
  func minutes() throws {
    let bytes = WAVBuilder().fmt(tag: 7, bits: 8).data((0..<965_000).map { $0 % 9 < 4 ? 0x9A : 0x1A }).bytes
    let refused = try #require(refusal(bytes))
    #expect(refused.findings.map(\.id) == [.durationLimit])
  }

  @Test("What is said after two minutes is not lost for the silence before it: the file is refused")
  func afterTwoMinutes() throws {
    let word = Sound.sine(700, 1)
    let refused = refusal(Speech.wav(word + Sound.silence(121) + word, rate: 8_000))
    #expect(refused?.findings.map(\.id) == [.durationLimit])
  }

  @Test("Channels that cancel are refused as silent where each is below -70 dBov, and mended above")
  func faintChannels() {
    let bytes = { (level: Double) in
      let both = Sound.sine(700, 2, level: level).flatMap { [$0, -$0] }
      return WAVBuilder().fmt(tag: 3, channels: 2, bits: 32).data(Tone.floats(both)).bytes
    }
    #expect(refusal(bytes(-72))?.findings.map(\.id) == [.levelSilent])
    #expect(refusal(bytes(-66)) == nil)
  }

  @Test("Silence is refused, also where it is only shifted")
  func silent() throws {
    #expect(refusal(Speech.wav([Float](repeating: 0, count: 16_000)))?.findings.map(\.id) == [.levelSilent])
    #expect(refusal(Speech.wav([Float](repeating: 0.2, count: 16_000)))?.findings.map(\.id) == [.levelSilent])
    let both = [Float](repeating: 0, count: 32_000)
    #expect(refusal(Speech.wav(both, channels: 2))?.findings.map(\.id) == [.levelSilent])
  }

  @Test("Cut, damaged and unfinished files are refused for that")
  func damaged() throws {
    let speech = try Speech.samples()
    let good = Speech.wav(speech)
    #expect(refusal(Array(good.dropLast(9_999)))?.findings.map(\.id) == [.wavTruncated])
    let unfinished = WAVBuilder().fmt(rate: 16_000).data([], size: 0).bytes + Tone.pcm16(8_000)
    #expect(refusal(unfinished)?.findings.map(\.id) == [.wavUnfinished])
    let mp3 = try Tools.lame()
    #expect(refusal(Array(mp3.dropLast(3_000)), "a.mp3")?.findings.map(\.id) == [.mp3Truncated])
    let holes = WAVBuilder().fmt(tag: 3, rate: 16_000, bits: 32).data(Tone.floats(speech + [.nan])).bytes
    #expect(refusal(holes)?.findings.map(\.id) == [.levelNonfinite])
  }

  @Test("What is no sound is refused for what it is")
  func noSound() throws {
    #expect(refusal([])?.findings.map(\.id) == [.sizeEmpty])
    #expect(
      refusal(Array("<!DOCTYPE html><title>404</title>".utf8))?.findings.first?.message == "this is HTML, not WAV")
    #expect(refusal(try Tools.sox([], to: "flac"))?.findings.first?.message == "this is FLAC, not WAV")
    #expect(refusal([UInt8](repeating: 7, count: 5_000))?.findings.map(\.id) == [.formatMismatch])
  }

  @Test("More than 32 MB are refused unread")
  func huge() throws {
    let bytes = [UInt8](repeating: 0, count: GreetingMender.maxBytes + 1)
    #expect(refusal(bytes)?.findings.map(\.id) == [.sizeLimit])
  }

  @Test("Floats on another scale are refused: what is beyond 8 times full scale would be lost")
  func otherScale() {
    let samples = Tone.samples(16_000).map { Float($0) }
    let refused = refusal(WAVBuilder().fmt(tag: 3, bits: 32).data(Tone.floats(samples)).bytes)
    let finding = refused?.findings.first
    #expect(finding?.id == .clip)
    #expect(finding?.message.hasSuffix("go beyond 8 times full scale: these floats are on another scale") == true)
    #expect(finding?.remedy == "Export it again as 16-bit PCM: in a float WAV full scale is 1.")
  }

  @Test("Floats up to 8 times full scale come back whole at a lower level, and nothing of clipping stays")
  func loudFloats() throws {
    let samples = Tone.samples(16_000).map { Float($0) / 32_768 * 40 }
    #expect(samples.max() ?? 0 > 1.5)
    let mended = try GreetingMender.mend(
      WAVBuilder().fmt(tag: 3, bits: 32).data(Tone.floats(samples)).bytes, name: "a.wav")
    #expect(mended.before.ids.contains("clip"))
    #expect(mended.after.ids == [])
    let copy = try SoundDecoder.decode(mended.bytes).samples
    let scale = zip(copy, samples).reduce(0) { $0 + $1.0 * $1.1 } / samples.reduce(0) { $0 + $1 * $1 }
    let rest = zip(copy, samples).reduce(0) { max($0, abs($1.0 - scale * $1.1)) }
    #expect(rest < 0.001)
  }

  @Test("A click at full scale is no reason to make quiet speech quieter")
  func quietWithClick() throws {
    var samples = Tone.samples(16_000).map { $0 / 16 }
    for index in 8_000..<8_004 { samples[index] = 32_767 }
    let mended = try GreetingMender.mend(WAVBuilder().fmt().data(Tone.pcm16(samples)).bytes, name: "a.wav")
    #expect(kinds(mended) == [])
  }

  @Test("The cut last frame of an MP3 is gone with the rewriting, and not said to stay")
  func cutTail() throws {
    let mp3 = try Tools.lame(["-b", "32", "-t"])
    let mended = try GreetingMender.mend(Array(mp3.dropLast(40)), name: "a.mp3")
    #expect(mended.before.ids.contains("mp3.tail"))
    #expect(!mended.after.ids.contains("mp3.tail"))
  }
}
