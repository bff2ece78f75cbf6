/// What the first frame of many MP3s holds instead of sound: how long the stream is. Written by encoders as `Xing`,
/// `Info` or `VBRI`; decoders believe it.
struct MPEGIndex: Hashable, Sendable {
  /// Frames that follow this one; nil where the index leaves it out.
  var frames: Int?
  /// Bytes of the stream with this frame; nil where the index leaves it out.
  var bytes: Int?
  /// Samples that the encoder put before the sound and after it, for the decoder to take away.
  var delay = 0
  var padding = 0

  /// The index in the frame at `position`; nil when that frame is an ordinary one.
  static func read(_ file: [UInt8], at position: Int, header: MPEGHeader) -> MPEGIndex? {
    guard header.layer == 3 else { return nil }
    // A checksum of two bytes may stand before the side information.
    let places = [position + 4 + header.sideInformation, position + 6 + header.sideInformation]
    if let place = places.first(where: { file.has("Xing", at: $0) || file.has("Info", at: $0) }) {
      return MPEGIndex(xingIn: file, at: place)
    }
    guard file.has("VBRI", at: position + 36) else { return nil }
    return MPEGIndex(frames: file.bigEndian32(at: position + 50), bytes: file.bigEndian32(at: position + 46))
  }

  private init(frames: Int?, bytes: Int?) {
    self.frames = frames
    self.bytes = bytes
  }

  /// Flags announce the fields that follow: 1 frames, 2 bytes, 4 a table of 100 bytes, 8 quality.
  private init(xingIn file: [UInt8], at place: Int) {
    let flags = file.bigEndian32(at: place + 4) ?? 0
    var next = place + 8
    if flags & 1 != 0 {
      frames = file.bigEndian32(at: next)
      next += 4
    }
    if flags & 2 != 0 {
      bytes = file.bigEndian32(at: next)
      next += 4
    }
    if flags & 4 != 0 { next += 100 }
    if flags & 8 != 0 { next += 4 }
    guard file.has("LAME", at: next) || file.has("Lavc", at: next) || file.has("Lavf", at: next) else { return }
    let trim = file.bigEndian24(at: next + 21) ?? 0
    delay = trim >> 12
    padding = trim & 0xFFF
  }
}

extension MPEGIndex {
  /// A first frame for a stream of `frames` frames like `header`: its index says the truth, whatever the file's said.
  static func frame(like header: MPEGHeader, word: Int, frames: Int, bytes: Int, delay: Int, padding: Int) -> [UInt8] {
    var frame: [UInt8] = []
    // Checksum off, smallest bitrate that has room, no padding.
    let base = word & ~0xF200 | 0x1_0000
    var length = 0
    for index in 1...14 where length < header.sideInformation + 64 {
      frame = []
      frame.appendBigEndian(base | index << 12, bytes: 4)
      length = MPEGHeader(frame, at: 0)?.length ?? 0
    }
    frame += [UInt8](repeating: 0, count: header.sideInformation)
    frame += Array("Info".utf8)
    frame.appendBigEndian(3, bytes: 4)
    frame.appendBigEndian(frames, bytes: 4)
    frame.appendBigEndian(length + bytes, bytes: 4)
    if delay + padding > 0 {
      frame += Array("LAME3.100".utf8) + [UInt8](repeating: 0, count: 12)
      frame.appendBigEndian(delay << 12 | padding, bytes: 3)
    }
    return frame + [UInt8](repeating: 0, count: max(0, length - frame.count))
  }
}
