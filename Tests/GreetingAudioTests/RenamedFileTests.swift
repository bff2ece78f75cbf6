import GreetingAudio
import Testing
import VerificationCore

@Suite("Files under a name that is not theirs")
struct RenamedFileTests {
  @Test(
    "format.mismatch: what other encoders write is recognised under both names",
    arguments: [
      ("aiff", "AIFF"), ("aifc", "AIFF-C"), ("au", "AU"), ("caf", "CAF"), ("voc", "VOC"), ("w64", "W64 (64-bit WAV)"),
      ("ogg", "Ogg Vorbis"), ("flac", "FLAC"), ("wv", "WavPack"), ("amr-nb", "AMR"),
    ])
  func bySox(suffix: String, name: String) throws {
    try isRefused(Tools.sox([], to: suffix), name)
  }

  @Test("format.mismatch: RIFX is WAV with its bytes the other way round")
  func rifx() throws { try isRefused(Tools.sox(["-B"], to: "wav"), "RIFX (big-endian WAV)") }

  @Test("format.mismatch: FLAC in Ogg")
  func oggFLAC() throws {
    let bytes = try Tools.convert(
      "flac", ["--silent", "--ogg", "-o", "OUT", "IN"], input: Tone.wav(), from: "wav", to: "oga")
    isRefused(bytes, "Ogg FLAC")
  }

  @Test(
    "format.mismatch: Opus and Speex by the head of their first packet",
    arguments: [("OpusHead", "Ogg Opus"), ("Speex   ", "Ogg Speex")])
  func oggPackets(head: String, name: String) {
    // A page with one segment (RFC 3533 section 6).
    let page = Array("OggS".utf8) + [0, 2] + [UInt8](repeating: 0, count: 20) + [1, 19]
    isRefused(page + Array(head.utf8) + [UInt8](repeating: 1, count: 300), name)
  }

  @Test("format.mismatch: M4A by its brand", arguments: [("M4A ", "M4A/MP4"), ("qt  ", "QuickTime"), ("3gp4", "3GP")])
  func brands(brand: String, name: String) {
    isRefused(
      le32(0x1800_0000) + Array("ftyp\(brand)".utf8) + [0, 0, 2, 0] + [UInt8](repeating: 1, count: 300), name)
  }

  @Test("format.mismatch: RF64 and BW64", arguments: ["RF64", "BW64"])
  func wide(form: String) {
    let sizes = [UInt8](repeating: 0, count: 28)
    let bytes = WAVBuilder(form: form, riffSize: .max).chunk("ds64", sizes).fmt().data(Tone.pcm16(8_000), size: .max)
    isRefused(bytes.bytes, "\(form) (64-bit WAV)")
  }

  private func isRefused(_ bytes: [UInt8], _ name: String) {
    for (file, expected) in [("a.wav", "WAV"), ("a.mp3", "MP3")] {
      let report = check(bytes, as: file)
      #expect(report.ids == ["format.mismatch"])
      #expect(report.message(.formatMismatch) == "this is \(name), not \(expected)")
      #expect(report.container == name)
      #expect(report.duration == nil)
    }
  }
}
