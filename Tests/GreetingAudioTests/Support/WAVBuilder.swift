import Foundation

/// Builds WAV files chunk by chunk, right or wrong, without any of the code under test.
struct WAVBuilder {
  var form = "RIFF"
  var riffSize: UInt32?
  private var body: [UInt8] = []

  init(form: String = "RIFF", riffSize: UInt32? = nil) {
    self.form = form
    self.riffSize = riffSize
  }

  /// `size` is what the header states, the true size unless given.
  func chunk(_ id: String, _ content: [UInt8], size: UInt32? = nil, padded: Bool = true) -> WAVBuilder {
    var copy = self
    copy.body += Array(id.utf8) + le32(size ?? UInt32(content.count)) + content
    if padded, content.count % 2 == 1 { copy.body.append(0) }
    return copy
  }

  func raw(_ bytes: [UInt8]) -> WAVBuilder {
    var copy = self
    copy.body += bytes
    return copy
  }

  func fmt(
    tag: UInt16 = 1, channels: UInt16 = 1, rate: UInt32 = 8_000, blockAlign: UInt16? = nil, bits: UInt16 = 16,
    tail: [UInt8] = []
  ) -> WAVBuilder {
    let align = blockAlign ?? channels &* (bits / 8)
    return chunk(
      "fmt ",
      le16(tag) + le16(channels) + le32(rate) + le32(rate &* UInt32(align)) + le16(align) + le16(bits) + tail)
  }

  func data(_ content: [UInt8], size: UInt32? = nil) -> WAVBuilder { chunk("data", content, size: size) }

  var bytes: [UInt8] {
    Array(form.utf8) + le32(riffSize ?? UInt32(body.count + 4)) + Array("WAVE".utf8) + body
  }
}

func le16(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
func le32(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

/// Sounds as 16-bit samples.
enum Tone {
  /// A sine of -22 dBov, the level that greetings should have.
  static func samples(_ count: Int, rate: Int = 8_000, hertz: Double = 440) -> [Int16] {
    (0..<count).map { Int16(3_681 * sin(2 * .pi * hertz * Double($0) / Double(rate))) }
  }

  static func pcm16(_ samples: [Int16]) -> [UInt8] { samples.flatMap { le16(UInt16(bitPattern: $0)) } }
  static func pcm16(_ count: Int) -> [UInt8] { pcm16(samples(count)) }

  static func floats(_ samples: [Float]) -> [UInt8] { samples.flatMap { le32($0.bitPattern) } }

  /// A good greeting: 8 kHz, mono, 16 bits.
  static func wav(samples count: Int = 16_000) -> [UInt8] { WAVBuilder().fmt().data(pcm16(count)).bytes }
}
