/// What a file is, judged by its content and never by its name.
enum Content: Hashable, Sendable {
  case wav
  /// `start` is where the first frame header stands.
  case mp3(start: Int)
  /// MPEG frames whose length only a search can tell.
  case freeFormatMP3
  /// Recognised, and neither WAV nor MP3.
  case other(String)
  case unknown
}

/// Signatures of the formats that people rename to `.wav` and `.mp3`.
enum ContentSniff {
  static func sniff(_ bytes: [UInt8]) -> Content {
    if bytes.has("RIFF", at: 0), bytes.has("WAVE", at: 8) { return .wav }
    if let name = container(bytes, at: 0) { return .other(name) }
    let start = MPEGTags.endOfLeadingTags(in: bytes)
    if start > 0, let name = container(bytes, at: start) { return .other(name) }
    let end = MPEGTags.startOfTrailingTags(in: bytes, after: start)
    if let first = MPEGSync.firstFrame(in: bytes, from: start, to: end) { return .mp3(start: first) }
    if MPEGSync.isFreeFormat(bytes, at: start, to: end) { return .freeFormatMP3 }
    if bytes.has("version https://git-lfs", at: 0) { return .other("a Git LFS pointer") }
    return isText(bytes) ? .other(markup(bytes) ?? "text") : .unknown
  }

  private static let signatures: [(at: Int, magic: StaticString, name: String)] = [
    (0, "fLaC", "FLAC"), (0, "RIFX", "RIFX (big-endian WAV)"), (0, "RF64", "RF64 (64-bit WAV)"),
    (0, "BW64", "BW64 (64-bit WAV)"), (0, "riff\u{2E}", "W64 (64-bit WAV)"), (0, ".snd", "AU"), (0, "caff", "CAF"),
    (0, "Creative Voice File", "VOC"), (0, "#!AMR", "AMR"), (0, "MThd", "MIDI"), (0, "wvpk", "WavPack"),
    (0, "MAC ", "Monkey's Audio"), (0, "ADIF", "AAC"), (0, "DSD ", "DSF"), (0, "%PDF", "PDF"), (0, "{\\rtf", "RTF"),
    (0, "PK\u{03}\u{04}", "ZIP"), (0, "GIF8", "GIF"), (1, "PNG\r\n", "PNG"), (0, "Rar!", "RAR"),
    (8, "AVI ", "AVI"), (8, "RMID", "MIDI"), (4, "ftypqt", "QuickTime"), (4, "ftyp3g", "3GP"), (4, "ftyp", "M4A/MP4"),
  ]

  /// Formats whose signature is no text.
  private static let binarySignatures: [(magic: [UInt8], name: String)] = [
    ([0x1A, 0x45, 0xDF, 0xA3], "WebM or Matroska"), ([0x30, 0x26, 0xB2, 0x75], "WMA (ASF)"),
    ([0xFF, 0xD8, 0xFF], "JPEG"), ([0x1F, 0x8B], "gzip"),
    ([0xFF, 0xF1], "AAC (ADTS)"), ([0xFF, 0xF9], "AAC (ADTS)"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
  ]

  private static func container(_ bytes: [UInt8], at start: Int) -> String? {
    if bytes.has("OggS", at: start) { return oggCodec(bytes, at: start) }
    if bytes.has("FORM", at: start) { return bytes.has("AIFC", at: start + 8) ? "AIFF-C" : "AIFF" }
    for (offset, magic, name) in signatures where bytes.has(magic, at: start + offset) { return name }
    for (magic, name) in binarySignatures {
      if let head = bytes.field(at: start, length: magic.count), head.elementsEqual(magic) { return name }
    }
    return bytes.has("RIFF", at: start) ? "RIFF without WAVE" : nil
  }

  /// The first packet of the first page names the codec; a page header is 27 bytes and one for each segment.
  private static func oggCodec(_ bytes: [UInt8], at start: Int) -> String {
    let packet = start + 28
    if bytes.has("OpusHead", at: packet) { return "Ogg Opus" }
    if bytes.has("vorbis", at: packet + 1) { return "Ogg Vorbis" }
    if bytes.has("Speex", at: packet) { return "Ogg Speex" }
    if bytes.has("FLAC", at: packet + 1) { return "Ogg FLAC" }
    return "Ogg"
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(512).allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || (0x09...0x0D).contains($0) }
  }

  /// A failed download is often the error page under the sound's name.
  private static func markup(_ bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(64), as: UTF8.self).lowercased().drop { $0.isWhitespace }
    if head.hasPrefix("<!doctype html") || head.hasPrefix("<html") { return "HTML" }
    return head.hasPrefix("<?xml") ? "XML" : nil
  }
}
