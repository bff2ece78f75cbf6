/// What the decoder is given: a stream written anew from what the walk understood, with true sizes and nothing else.
///
/// The decoder never sees the file itself, so that none of its lies and oddities reach C code.
struct SoundStream: Hashable, Sendable {
  var bytes: [UInt8]
  var rate: Int
  var channels: Int
  /// Sample frames the walk counted.
  var frames: Int
  /// How far the decoder may differ: blocks that it fills up, delays that it takes away.
  var tolerance: Int
  /// Whether the decoder's MPEG part will be at work, which is talkative.
  var isMPEG: Bool
  /// Whether the stream says how long it is. Layers I and II have no index for that; a decoder that knows the size of
  /// such a stream guesses its length from the first bitrate, and stops there.
  var statesLength: Bool
  /// The largest sample that the codec holds; 1 for those that know no end.
  var fullScale: Float

  /// RIFF, `fmt `, `fact` where the codec is not PCM, `data`.
  static func wav(_ format: WAVFormat, data: ArraySlice<UInt8>) -> SoundStream {
    let frames = format.frames(inBytes: data.count)
    let perBlock = format.framesPerBlock ?? 1
    let isBlocked = perBlock > 1
    let bytes = WAVLayout.file(
      tag: format.tag, channels: format.channels, rate: format.rate,
      bytesPerSecond: format.rate * format.blockAlign / perBlock, blockAlign: format.blockAlign,
      bits: isBlocked ? format.bits : format.blockAlign / max(1, format.channels) * 8,
      tail: format.decoderTail, frames: frames,
      data: format.hasWholeBlocksOnly ? data.prefix(frames / perBlock * format.blockAlign) : data)
    return SoundStream(
      bytes: bytes, rate: format.rate, channels: format.channels, frames: frames,
      tolerance: format.hasWholeBlocksOnly ? 0 : perBlock,
      isMPEG: false, statesLength: true, fullScale: format.fullScale)
  }

  /// A true index, then the whole frames without anything between them.
  static func mp3(_ walk: MPEGWalk, in file: [UInt8]) -> SoundStream {
    var sound: [UInt8] = []
    sound.reserveCapacity(walk.extent.count)
    for frame in walk.frames { sound += file[frame] }
    let (delay, padding) = walk.trim
    if walk.first.layer == 3, let word = file.bigEndian32(at: walk.extent.lowerBound) {
      sound =
        MPEGIndex.frame(
          like: walk.first, word: word, frames: walk.frames.count, bytes: sound.count, delay: delay, padding: padding)
        + sound
    }
    return SoundStream(
      bytes: sound, rate: walk.first.rate, channels: walk.first.channels, frames: walk.samples,
      tolerance: delay + padding + 2 * walk.first.samples, isMPEG: true, statesLength: walk.first.layer == 3,
      fullScale: 1)
  }
}
