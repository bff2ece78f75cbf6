import Glibc
import GreetingAudio
import Testing
import VerificationCore

@Suite("Decoding for playing, and writing WAV")
struct DecoderTests {
  @Test("What is written as 16-bit WAV is read back unchanged")
  func roundTrip() throws {
    let steps = (Int(Int16.min)...Int(Int16.max)).map { Int16($0) }
    let sound = try SoundDecoder.decode(WAVBuilder().fmt(rate: 44_100).data(Tone.pcm16(steps)).bytes)
    #expect(sound.rate == 44_100)
    #expect(WAVWriter.pcm16(sound) == WAVBuilder().fmt(rate: 44_100).data(Tone.pcm16(steps)).bytes)
  }

  @Test("Beyond full scale is clipped, and what is no number becomes silence")
  func clipping() {
    let sound = MonoSound(samples: [2, -2, .nan, .infinity, -.infinity, 0.5], rate: 8_000)
    let expected: [Int16] = [32_767, -32_768, 0, 32_767, -32_768, 16_384]
    #expect(WAVWriter.pcm16(sound) == WAVBuilder().fmt().data(Tone.pcm16(expected)).bytes)
  }

  @Test("A written WAV is accepted by the checker")
  func accepted() throws {
    let sound = try SoundDecoder.decode(try Tools.lame())
    #expect(sound.duration == .seconds(2))
    #expect(check(WAVWriter.pcm16(sound)).findings.isEmpty)
  }

  @Test("An MP3 decodes to the tone that went in")
  func mp3Tone() throws {
    let sound = try SoundDecoder.decode(try Tools.lame(["-b", "64"]))
    let original = Tone.samples(16_000).map { Float($0) / 32_768 }
    let error = zip(sound.samples, original).dropFirst(1_000).dropLast(1_000).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(error < 0.05)
  }

  @Test("What is no WAV or MP3 is refused with the reason")
  func undecodable() {
    #expect {
      try SoundDecoder.decode(Array("fLaC".utf8))
    } throws: { error in
      (error as? UndecodableSound)?.findings.map(\.message) == ["this is FLAC, not WAV or MP3"]
    }
    #expect {
      try SoundDecoder.decode([])
    } throws: { error in (error as? UndecodableSound)?.findings.isEmpty == false }
  }

  @Test("Length and level do not matter for playing, damage leaves what is left")
  func lenient() throws {
    #expect(try SoundDecoder.decode(Tone.wav(samples: 200_000)).samples.count == 200_000)
    #expect(try SoundDecoder.decode(Array(Tone.wav().prefix(16_044))).samples.count == 8_000)
  }

  @Test("Many threads may decode at once")
  func concurrently() async throws {
    let mp3 = try Tools.lame()
    let broken = mp3.enumerated().map {
      $0.offset > 400 && $0.offset % 97 > 60 && $0.offset % 288 > 4 ? 0xA5 : $0.element
    }
    let durations = await withTaskGroup(of: Duration?.self) { group in
      for turn in 0..<64 {
        group.addTask { check(turn % 3 == 0 ? Tone.wav() : turn % 3 == 1 ? mp3 : broken, as: "a.mp3").duration }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(durations == [Duration?](repeating: .seconds(2), count: 64))
  }

  @Test("The decoder's complaints do not reach standard error, and later ones of others do")
  func quiet() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      let frame: [UInt8] = [0xFF, 0xFB, 0x50, 0xC0] + [UInt8](repeating: 0xA5, count: 204)
      #expect(check([UInt8]([[UInt8]](repeating: frame, count: 40).joined()), as: "a.mp3").container == "MP3")
      errno = 0
      perror("still heard")
    }
    let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
    #expect(text == "still heard: Success\n")
  }
}
