/// The bytes of a plain WAV file.
enum WAVLayout {
  /// - Parameters:
  ///   - tail: what follows the sixteen bytes common to all formats, its size first; empty for PCM.
  ///   - frames: for the `fact` chunk, which every format but PCM has.
  static func file(
    tag: Int, channels: Int, rate: Int, bytesPerSecond: Int, blockAlign: Int, bits: Int, tail: [UInt8],
    frames: Int, data: ArraySlice<UInt8>
  ) -> [UInt8] {
    var chunks = Array("WAVEfmt ".utf8)
    chunks.appendLittleEndian(16 + tail.count, bytes: 4)
    chunks.appendLittleEndian(tag, bytes: 2)
    chunks.appendLittleEndian(channels, bytes: 2)
    chunks.appendLittleEndian(rate, bytes: 4)
    chunks.appendLittleEndian(bytesPerSecond, bytes: 4)
    chunks.appendLittleEndian(blockAlign, bytes: 2)
    chunks.appendLittleEndian(bits, bytes: 2)
    chunks += tail
    if !tail.isEmpty {
      chunks += Array("fact".utf8)
      chunks.appendLittleEndian(4, bytes: 4)
      chunks.appendLittleEndian(frames, bytes: 4)
    }
    chunks += Array("data".utf8)
    chunks.appendLittleEndian(data.count, bytes: 4)
    chunks += data
    if data.count % 2 == 1 { chunks.append(0) }

    var file = Array("RIFF".utf8)
    file.reserveCapacity(chunks.count + 8)
    file.appendLittleEndian(chunks.count, bytes: 4)
    return file + chunks
  }
}
