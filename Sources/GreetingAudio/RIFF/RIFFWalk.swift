/// The chunks of a RIFF/WAVE file, found without believing their sizes.
///
/// Only the outermost chunks are walked: what is inside `LIST` concerns no greeting, and a size of 0xFFFFFFF8 in there
/// is a known trap for decoders.
struct RIFFWalk: Hashable, Sendable {
  struct Chunk: Hashable, Sendable {
    var id: String
    /// Where its eight bytes of header begin.
    var position: Int
    /// As the file states it.
    var size: Int
    /// The part of its content that the file really has.
    var body: Range<Int>

    var isCut: Bool { body.count < size }
  }

  /// In the order of the file. Only a `data` chunk may be cut; any other such chunk ends the walk as ``broken``.
  private(set) var chunks: [Chunk] = []
  /// A chunk that runs past the end of the file, where the walk had to stop.
  private(set) var broken: Chunk?
  /// The size in the RIFF header.
  let riffSize: Int
  /// Where the last good chunk ends; bytes behind it belong to none.
  private(set) var end = 12
  let fileSize: Int

  /// `bytes` begin with `RIFF....WAVE`.
  init(_ bytes: [UInt8]) {
    fileSize = bytes.count
    riffSize = bytes.littleEndian32(at: 4) ?? 0
    while let chunk = Self.chunk(in: bytes, at: end) {
      if chunk.isCut, chunk.id != "data" || data != nil {
        broken = chunk
        return
      }
      chunks.append(chunk)
      // RIFF pads to even positions; the pad byte may be missing at the very end.
      end = min(chunk.body.upperBound + chunk.body.count % 2, fileSize)
    }
  }

  /// Where another file begins behind this one, as where two were joined byte by byte.
  var second: Int? { (chunks + [broken].compactMap { $0 }).first { $0.id == "RIFF" }?.position }

  var data: Chunk? { chunks.first { $0.id == "data" } }

  /// Whether a recorder that wrote to a pipe left the placeholder for "not known yet" in the data size.
  var isStreamed: Bool { data.map { Self.isPlaceholder($0.size) } ?? false }

  /// Whether the data size was left at zero although bytes follow that are no chunk.
  var isUnfinished: Bool {
    guard let data, data.size == 0 else { return false }
    return end == data.body.upperBound && end < fileSize
  }

  /// 0xFFFFFFFF, or 0x7FFFFFFF, or a little less where the header was subtracted or the size rounded to blocks.
  static func isPlaceholder(_ size: Int) -> Bool {
    size >= 0xFFFF_FF00 || (0x7FFF_0000...0x8000_0000).contains(size)
  }

  /// nil at the end of the file and where no chunk name stands.
  private static func chunk(in bytes: [UInt8], at position: Int) -> Chunk? {
    guard let name = bytes.field(at: position, length: 4), let size = bytes.littleEndian32(at: position + 4),
      name.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    let start = position + 8
    let id = String(decoding: name, as: UTF8.self)
    return Chunk(id: id, position: position, size: size, body: start..<start + min(size, bytes.count - start))
  }
}
