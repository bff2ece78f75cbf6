import Foundation
import GreetingAudio
import Testing
import VerificationCore

/// Work that another process does: what comes back is what the same work gives here.
@Suite("Greetings in another process")
struct JobTests {
  private let good = Tone.wav()

  @Test("A check is the same by way of a job, whatever it found")
  func check() {
    let checker = GreetingChecker(limits: GreetingLimits(maxSeconds: 1))
    for bytes in [good, Array("<html>".utf8), Tone.wav(samples: 400), []] {
      let answer = GreetingJobs.perform(checker.job(name: "a.wav", bytes: bytes))
      #expect(
        checker.report(name: "a.wav", size: bytes.count, answer: .success(answer))
          == checker.check(bytes: bytes, name: "a.wav"))
    }
  }

  @Test("decode.crashed: a process that died is a verdict, with its signal where it has one")
  func crashed() {
    let report = GreetingChecker().report(name: "a.xyz", size: 9, answer: .failure(.crashed(signal: 11)))
    #expect(report.ids == ["name.extension", "decode.crashed"])
    #expect(report.message(.decodeCrashed) == "the decoder crashed on this file (signal 11)")
    #expect(report.verdict == .rejected && report.bytes == 9)
    let other = GreetingChecker().report(name: "a.wav", size: 9, answer: .failure(.crashed(signal: nil)))
    #expect(other.message(.decodeCrashed) == "the decoder crashed on this file")
  }

  @Test("decode.timeout: a process that was stopped is a verdict")
  func outOfTime() {
    let report = GreetingChecker().report(name: "a.wav", size: 1_048_576, answer: .failure(.outOfTime(seconds: 20)))
    #expect(report.ids == ["size.near", "decode.timeout"])
    #expect(report.message(.decodeTimeout) == "the decoder did not come to an end within 20 s")
  }

  @Test("An answer that is none is taken for a crash, and what is no job gives none")
  func garbage() {
    for answer: [UInt8] in [[], [1], [255, 255, 255, 255], [2, 0, 0, 0, 0x7B, 0x7D]] {
      #expect(
        GreetingChecker().report(name: "a.wav", size: 1, answer: .success(answer)).ids == ["decode.crashed"])
      #expect(throws: UndecodableSound.self) { try SoundDecoder.sound(answer: .success(answer)) }
      #expect(throws: UnmendableGreeting.self) {
        try GreetingMender.mended(name: "a", size: 1, answer: .success(answer))
      }
      #expect(PortraitPainter.portrait(name: "a.wav", size: 1, answer: .success(answer)).waveform == nil)
      #expect(GreetingJobs.perform(answer) == [])
    }
  }

  @Test("Decoding, preview, portrait and mending are the same by way of a job")
  func others() throws {
    let quiet = WAVBuilder().fmt().data(Tone.pcm16(Tone.samples(16_000).map { $0 / 16 })).bytes
    for bytes in [good, quiet] {
      #expect(
        try SoundDecoder.sound(answer: .success(GreetingJobs.perform(SoundDecoder.job(bytes))))
          == SoundDecoder.decode(bytes))
      #expect(
        try TelephonePreview.sound(answer: .success(GreetingJobs.perform(TelephonePreview.job(bytes, law: .a))))
          == TelephonePreview.render(bytes, law: .a))
      #expect(
        PortraitPainter.portrait(
          name: "a.wav", size: bytes.count,
          answer: .success(GreetingJobs.perform(PortraitPainter.job(bytes, name: "a.wav", columns: 50))))
          == PortraitPainter.portrait(of: bytes, name: "a.wav", columns: 50))
      let options = MendingOptions(format: .mulaw, level: -20)
      #expect(
        try GreetingMender.mended(
          name: "a.wav", size: bytes.count,
          answer: .success(GreetingJobs.perform(GreetingMender.job(bytes, name: "a.wav", options))))
          == GreetingMender.mend(bytes, name: "a.wav", options))
    }
  }

  @Test("What cannot be decoded or mended is refused with the same findings by way of a job")
  func refused() {
    let page = Array("<html>".utf8)
    let direct = #expect(throws: UndecodableSound.self) { try SoundDecoder.decode(page) }
    let carried = #expect(throws: UndecodableSound.self) {
      try SoundDecoder.sound(answer: .success(GreetingJobs.perform(SoundDecoder.job(page))))
    }
    #expect(direct == carried)
    let refusal = #expect(throws: UnmendableGreeting.self) { try GreetingMender.mend(page, name: "a.wav") }
    let carriedRefusal = #expect(throws: UnmendableGreeting.self) {
      try GreetingMender.mended(
        name: "a.wav", size: page.count,
        answer: .success(GreetingJobs.perform(GreetingMender.job(page, name: "a.wav"))))
    }
    #expect(refusal == carriedRefusal)
  }
}
