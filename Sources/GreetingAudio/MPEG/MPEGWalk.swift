/// The frames of an MPEG audio stream, one by one, whatever an index claims.
struct MPEGWalk: Hashable, Sendable {
  /// Bytes between two frames that belong to none.
  struct Gap: Hashable, Sendable {
    /// Samples before it.
    var at: Int
    var bytes: Int
    /// What frames of the preceding bitrate would have held in these bytes.
    var samples: Int
  }

  struct FormatChange: Hashable, Sendable {
    /// Samples before it.
    var at: Int
    var to: MPEGHeader
  }

  let first: MPEGHeader
  /// The first frame's index, if it has one; that frame is not among ``frames``.
  let index: MPEGIndex?
  /// Bytes before the first frame that are no tag.
  let leadingJunk: Int
  /// Where the first frame begins and the last tag starts.
  let extent: Range<Int>
  /// Whole frames of sound, in bytes of the file.
  private(set) var frames: [Range<Int>] = []
  private(set) var samples = 0
  private(set) var gaps: [Gap] = []
  private(set) var change: FormatChange?
  /// Bytes that the last frame lacks.
  private(set) var missingBytes = 0
  /// Bytes after the last frame that are neither frame nor tag.
  private(set) var trailingBytes = 0

  /// `start` is where the sniff found the first frame.
  init?(_ bytes: [UInt8], start: Int) {
    guard let first = MPEGHeader(bytes, at: start), let length = first.length else { return nil }
    self.first = first
    index = MPEGIndex.read(bytes, at: start, header: first)
    leadingJunk = start - MPEGTags.endOfLeadingTags(in: bytes)
    extent = start..<max(start, MPEGTags.startOfTrailingTags(in: bytes, after: start))
    walk(bytes, from: index == nil ? start : min(start + length, extent.upperBound))
  }

  /// Frames that may have stood in the gaps.
  var lostFrames: Int {
    gaps.reduce(0) { $0 + ($1.samples + first.samples - 1) / first.samples }
  }

  /// What a decoder of layer III is late by; libmpg123 takes it away with the encoder's delay.
  private var late: Int { first.layer == 3 ? 529 : 0 }

  /// Samples that the index has the decoder take away at either end; none where that would leave nothing.
  var trim: (delay: Int, padding: Int) {
    let delay = index?.delay ?? 0
    // The padding is at the end that the index knew; where the file ends elsewhere, there is none.
    let padding = index?.frames == frames.count ? index?.padding ?? 0 : 0
    return delay + max(padding, late) < samples ? (delay, padding) : (0, 0)
  }

  /// When sample `position` of the frames is heard; what is taken away, at the end that it is nearer to.
  func place(of position: Int) -> Duration {
    let (delay, padding) = trim
    let heard = samples - delay - max(padding, late)
    return Figures.time(frames: max(0, min(position - delay - late, heard)), rate: first.rate)
  }

  /// Every turn moves on by at least one byte.
  private mutating func walk(_ bytes: [UInt8], from start: Int) {
    var position = start
    while position < extent.upperBound {
      if let header = MPEGHeader(bytes, at: position), header.matches(first), let length = header.length {
        guard length <= extent.upperBound - position else {
          missingBytes = length - (extent.upperBound - position)
          return
        }
        frames.append(position..<position + length)
        samples += header.samples
        position += length
      } else if let length = MPEGTags.length(at: position, in: bytes, to: extent.upperBound) {
        position += length
      } else if let next = resume(bytes, after: position) {
        position = next
      } else {
        return
      }
    }
  }

  /// Where the stream goes on after something that is no frame of it; nil when it does not.
  private mutating func resume(_ bytes: [UInt8], after position: Int) -> Int? {
    guard let next = MPEGSync.nextFrame(in: bytes, from: position, to: extent.upperBound, like: first),
      let header = MPEGHeader(bytes, at: next)
    else {
      trailingBytes = extent.upperBound - position
      return nil
    }
    guard header.matches(first) else {
      change = FormatChange(at: samples, to: header)
      return nil
    }
    let lost = next - position
    gaps.append(
      Gap(at: samples, bytes: lost, samples: lost * first.samples / max(1, frames.last?.count ?? first.length ?? 1)))
    return next
  }
}
