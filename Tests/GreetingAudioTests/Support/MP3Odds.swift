/// MP3s taken apart and put together wrongly, by a reading of their headers that is independent of the walk.
enum MP3Odds {
  /// Bytes of each frame of a constant-bitrate file without padding: MPEG-2.5, 8 kHz, 32 kbit/s.
  static let frameLength = 288

  static func frames(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count - bytes.count % frameLength, by: frameLength).map {
      Array(bytes[$0..<$0 + frameLength])
    }
  }

  /// The file with another frame count in its Info frame: mono, low rates, so nine bytes of side information.
  static func claiming(_ frames: UInt32, _ bytes: [UInt8]) -> [UInt8] {
    var copy = bytes
    copy.replaceSubrange(21..<25, with: le32(frames).reversed())
    return copy
  }

  static let id3v1 = Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125)

  static func id3v2(version: UInt8, content: Int, footer: Bool = false) -> [UInt8] {
    let rest: [UInt8] = [version, 0, footer ? 0x10 : 0, 0, 0, UInt8(content >> 7), UInt8(content & 127)]
    return Array("ID3".utf8) + rest + [UInt8](repeating: 0xFF, count: content)
      + (footer ? Array("3DI".utf8) + rest : [])
  }

  /// APEv2 with one item of `content` bytes, header and footer.
  static func ape(content: Int) -> [UInt8] {
    func edge(_ flags: UInt32) -> [UInt8] {
      Array("APETAGEX".utf8) + le32(2_000) + le32(UInt32(content + 32)) + le32(1) + le32(flags)
        + [UInt8](repeating: 0, count: 8)
    }
    return edge(0xA000_0000) + [UInt8](repeating: 0xFF, count: content) + edge(0x8000_0000)
  }
}
