import GreetingAudio
import Testing
import VerificationCore

@Suite("The content against the name")
struct ContentTests {
  @Test("format.mismatch: FLAC renamed to .wav is named for what it is")
  func flac() throws {
    let flac = try Tools.convert("flac", ["--silent", "-o", "OUT", "IN"], input: Tone.wav(), from: "wav", to: "flac")
    let report = check(flac)
    #expect(report.ids == ["format.mismatch"])
    #expect(report.message(.formatMismatch) == "this is FLAC, not WAV")
    #expect(report.findings.first?.remedy == "Convert it to WAV or MP3: renaming does not change what it is.")
    #expect(report.container == "FLAC")
    #expect(report.duration == nil)
  }

  @Test("format.mismatch: M4A renamed to .mp3")
  func m4a() {
    let m4a: [UInt8] =
      [0, 0, 0, 0x18] + Array("ftypM4A ".utf8) + [0, 0, 2, 0] + Array("M4A mp42".utf8)
      + [0, 0, 0, 8] + Array("moov".utf8) + [0, 0, 16, 8] + Array("mdat".utf8) + [UInt8](repeating: 0xFF, count: 4_096)
    #expect(check(m4a, as: "a.mp3").message(.formatMismatch) == "this is M4A/MP4, not MP3")
  }

  @Test("format.mismatch: MP3 renamed to .wav, and the reverse; all else is known")
  func swapped() throws {
    let mp3 = check(try Tools.lame(), as: "a.wav")
    #expect(mp3.ids == ["format.mismatch"])
    #expect(mp3.message(.formatMismatch) == "this is MP3, not WAV")
    #expect(mp3.findings.first?.remedy == "Rename it to .mp3.")
    #expect(mp3.duration == .seconds(2))
    let wav = check(Tone.wav(), as: "a.mp3")
    #expect(wav.ids == ["format.mismatch"])
    #expect(wav.message(.formatMismatch) == "this is WAV, not MP3")
    #expect(wav.codec == "PCM")
  }

  @Test(
    "format.mismatch: what other encoders write is recognised",
    arguments: [
      ("ogg", "Ogg Vorbis"), ("aiff", "AIFF"), ("au", "AU"), ("caf", "CAF"), ("voc", "VOC"),
      ("w64", "W64 (64-bit WAV)"),
    ])
  func containers(suffix: String, name: String) throws {
    #expect(check(try Tools.sox([], to: suffix)).message(.formatMismatch) == "this is \(name), not WAV")
  }

  @Test(
    "format.mismatch: signatures",
    arguments: [
      ("#!AMR\n", "AMR"), ("MThd\0\0\0\u{6}", "MIDI"), ("%PDF-1.7", "PDF"), ("\u{1A}", "?"), ("OggS", "Ogg"),
      ("Bonjour et bienvenue.", "text"), ("<!DOCTYPE html><html>", "HTML"), ("PK\u{3}\u{4}", "ZIP"),
      ("RIFF\0\0\0\0AVI LIST", "AVI"), ("FORM\0\0\0\0AIFC", "AIFF-C"), ("\0\0\0\u{20}ftypqt  ", "QuickTime"),
    ])
  func signatures(head: String, name: String) {
    let report = check(Array(head.utf8) + [UInt8](repeating: name == "text" || name == "HTML" ? 0x20 : 1, count: 600))
    #expect(report.ids == ["format.mismatch"])
    #expect(
      report.message(.formatMismatch)
        == (name == "?" ? "this is not WAV: it does not begin with RIFF and WAVE" : "this is \(name), not WAV"))
  }

  @Test("format.mismatch: signatures that are no text")
  func binarySignatures() {
    let filler = [UInt8](repeating: 1, count: 100)
    #expect(check([0x1A, 0x45, 0xDF, 0xA3] + filler).container == "WebM or Matroska")
    #expect(
      check([0xFF, 0xF1, 0x50, 0x80] + filler, as: "a.mp3").message(.formatMismatch) == "this is AAC (ADTS), not MP3")
  }

  @Test("format.mismatch: big-endian and 64-bit WAV are no WAV here", arguments: ["RIFX", "RF64"])
  func otherForms(form: String) {
    let report = check(WAVBuilder(form: form).fmt().data(Tone.pcm16(8_000)).bytes)
    #expect(report.ids == ["format.mismatch"])
    #expect(report.container?.hasPrefix(form) == true)
  }

  @Test("format.mismatch: FLAC behind an ID3 tag is still FLAC")
  func taggedFLAC() {
    let bytes = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 4] + [1, 2, 3, 4] + Array("fLaC".utf8) + [0, 0, 0, 34]
    #expect(check(bytes, as: "a.mp3").message(.formatMismatch) == "this is FLAC, not MP3")
  }

  @Test("format.mismatch: two frame headers in a row do not make an MP3, three do")
  func threeHeaders() {
    let frame: [UInt8] = [0xFF, 0xFB, 0x50, 0xC0] + [UInt8](repeating: 0, count: 204)
    let junk = [UInt8](repeating: 1, count: 300)
    #expect(
      check(frame + frame + junk, as: "a.mp3").message(.formatMismatch)
        == "this is not MP3: it does not have three frame headers in a row")
    #expect(check(frame + frame + frame + junk, as: "a.mp3").container == "MP3")
  }

  @Test("format.mismatch: fewer than three frames are an MP3 when they are all of the file")
  func shortMP3() {
    let frame: [UInt8] = [0xFF, 0xFB, 0x50, 0xC0] + [UInt8](repeating: 0, count: 204)
    #expect(check(frame, as: "a.mp3").container == "MP3")
    #expect(check(frame + frame, as: "a.mp3").container == "MP3")
    #expect(check([1] + frame, as: "a.mp3").container == nil)
  }

  @Test("mp3.free-format: refused by its own name")
  func freeFormat() throws {
    let report = check(try Tools.lame(["--freeformat", "-b", "64"]), as: "a.mp3")
    #expect(report.ids == ["mp3.free-format"])
    #expect(
      report.message(.mp3FreeFormat)
        == "this MP3 is in free format: its frames do not state their length, and few players read it")
  }
}
