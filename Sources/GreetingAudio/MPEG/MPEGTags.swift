/// The labels that surround the frames of an MP3: ID3v1, ID3v2, APE, Lyrics3.
enum MPEGTags {
  /// Where the tags at the head end; 0 without any. A tag that claims more than the file has is no tag.
  static func endOfLeadingTags(in bytes: [UInt8]) -> Int {
    var position = 0
    while let length = length(at: position, in: bytes, to: bytes.count) { position += length }
    return position
  }

  /// Length of the tag that stands at `position`, always above 0; nil without one that ends by `end`.
  ///
  /// Tags stand in the middle where files were joined, too.
  static func length(at position: Int, in bytes: [UInt8], to end: Int) -> Int? {
    guard
      let length = id3v2(at: position, in: bytes) ?? apeHead(at: position, in: bytes) ?? id3v1(at: position, in: bytes)
    else { return nil }
    return length <= end - position ? length : nil
  }

  /// Where the tags at the tail begin: the end of the file without any.
  static func startOfTrailingTags(in bytes: [UInt8], after start: Int) -> Int {
    var end = bytes.count
    while let length = trailing(endingAt: end, in: bytes), length <= end - start { end -= length }
    return end
  }

  /// ID3v2.2 to 2.4: ten bytes, the content, and ten more when the flags announce a footer.
  private static func id3v2(at position: Int, in bytes: [UInt8]) -> Int? {
    guard bytes.has("ID3", at: position), let flags = bytes.field(at: position + 5, length: 1)?.first,
      let size = bytes.syncsafe32(at: position + 6)
    else { return nil }
    return 10 + size + (flags & 0x10 != 0 ? 10 : 0)
  }

  private static func id3v1(at position: Int, in bytes: [UInt8]) -> Int? {
    bytes.has("TAG", at: position) && !bytes.has("TAG+", at: position) ? 128 : nil
  }

  /// APEv2 with its header first: the stated size leaves the header out.
  private static func apeHead(at position: Int, in bytes: [UInt8]) -> Int? {
    guard bytes.has("APETAGEX", at: position), let size = bytes.littleEndian32(at: position + 12) else { return nil }
    return 32 + size
  }

  private static func trailing(endingAt end: Int, in bytes: [UInt8]) -> Int? {
    if bytes.has("TAG", at: end - 128) { return 128 }
    if bytes.has("TAG+", at: end - 227) { return 227 }
    if bytes.has("3DI", at: end - 10), let size = bytes.syncsafe32(at: end - 4) { return 20 + size }
    if bytes.has("LYRICS200", at: end - 9) { return lyrics(endingAt: end, in: bytes) }
    return apeTail(endingAt: end, in: bytes)
  }

  /// The stated size holds the footer; bit 31 of the flags announces a header before the items.
  private static func apeTail(endingAt end: Int, in bytes: [UInt8]) -> Int? {
    guard bytes.has("APETAGEX", at: end - 32), let size = bytes.littleEndian32(at: end - 20), size >= 32,
      let flags = bytes.littleEndian32(at: end - 12)
    else { return nil }
    return size + (flags >> 31 == 1 ? 32 : 0)
  }

  /// Lyrics3 v2: six digits of size before the closing word, leaving both out.
  private static func lyrics(endingAt end: Int, in bytes: [UInt8]) -> Int? {
    guard let digits = bytes.field(at: end - 15, length: 6) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self)).flatMap { $0 >= 0 ? $0 + 15 : nil }
  }
}
