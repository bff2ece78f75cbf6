/// Finding frames among other bytes. Eleven set bits are common in any data, so one header alone proves nothing.
enum MPEGSync {
  /// How far behind the tags the first frame may stand.
  private static let maxLeadingJunk = 65_536
  /// Frame headers in a row that make an MP3.
  private static let provingChain = 3

  /// Three headers in a row that agree, or all frames up to `end` where there are fewer; those must begin at `start`.
  static func firstFrame(in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    let last = min(end, start + maxLeadingJunk)
    for position in stride(from: start, to: last, by: 1) where bytes[position] == 0xFF {
      guard let header = MPEGHeader(bytes, at: position) else { continue }
      let chain = chain(in: bytes, from: position, to: end, matching: header, upTo: provingChain)
      if chain.count == provingChain || position == start && chain.count > 0 && chain.reachesEnd { return position }
    }
    return nil
  }

  /// Where the sound goes on after `start`: two frames like `reference`, or the last one, or three of another format.
  static func nextFrame(in bytes: [UInt8], from start: Int, to end: Int, like reference: MPEGHeader) -> Int? {
    for position in stride(from: start, to: end, by: 1) where bytes[position] == 0xFF {
      guard let header = MPEGHeader(bytes, at: position) else { continue }
      let needed = header.matches(reference) ? 2 : provingChain
      let chain = chain(in: bytes, from: position, to: end, matching: header, upTo: needed)
      if chain.count == needed || needed == 2 && chain.endsExactly { return position }
    }
    return nil
  }

  /// How many frames follow one another from `start`.
  private static func chain(
    in bytes: [UInt8], from start: Int, to end: Int, matching reference: MPEGHeader, upTo limit: Int
  ) -> (count: Int, reachesEnd: Bool, endsExactly: Bool) {
    var position = start
    var count = 0
    while count < limit, let header = MPEGHeader(bytes, at: position), header.matches(reference),
      let length = header.length
    {
      count += 1
      position += length
      if position >= end { return (count, true, position == end) }
    }
    return (count, false, false)
  }

  /// Whether three free-format headers stand at equal distances, give or take the padding.
  static func isFreeFormat(_ bytes: [UInt8], at start: Int, to end: Int) -> Bool {
    guard let first = freeHeader(bytes, at: start) else { return false }
    for distance in 24...8_192 where start + distance < end {
      guard let second = freeHeader(bytes, at: start + distance), second.matches(first) else { continue }
      let slot = first.layer == 1 ? 4 : 1
      if [0, slot, -slot].contains(where: { freeHeader(bytes, at: start + 2 * distance + $0)?.matches(first) == true })
      {
        return true
      }
    }
    return false
  }

  private static func freeHeader(_ bytes: [UInt8], at position: Int) -> MPEGHeader? {
    MPEGHeader(bytes, at: position).flatMap { $0.length == nil ? $0 : nil }
  }
}
