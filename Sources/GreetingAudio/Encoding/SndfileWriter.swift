import CSndfile
import Glibc
import Synchronization

/// libsndfile writing to memory: G.711 and MP3, one channel at 8 kHz.
enum SndfileWriter {
  enum Kind: Hashable, Sendable {
    case muLaw, aLaw, mp3

    fileprivate var format: CInt {
      switch self {
      case .muLaw: CInt(SF_FORMAT_WAV | SF_FORMAT_ULAW)
      case .aLaw: CInt(SF_FORMAT_WAV | SF_FORMAT_ALAW)
      case .mp3: CInt(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
      }
    }
  }

  /// The content of a WAV or MP3 file.
  ///
  /// - Parameter samples: at 8 kHz; 16 bits are what the tables of G.711 and the MP3 encoder are made for.
  /// - Returns: nil where libsndfile was built without this encoder.
  static func encode(_ samples: [Int16], as kind: Kind) -> [UInt8]? {
    // Encoder and decoder of MP3 may both say something: nobody asked them.
    QuietStandardError.during { write(samples, kind) }
  }

  private static func write(_ samples: [Int16], _ kind: Kind) -> [UInt8]? {
    var target = MemoryTarget()
    let isWritten = withUnsafeMutablePointer(to: &target) { target in
      guard let handle = open(target, kind) else { return false }
      if kind == .mp3 { setBitrate(handle) }
      // The loudest negative sample is one more than the tables of G.711 reach.
      let samples = samples.map { max(-32_767, $0) }
      let count = sf_writef_short(handle, samples, sf_count_t(samples.count))
      return SndfileReader.close(handle) && Int(count) == samples.count
    }
    return isWritten ? target.bytes : nil
  }

  /// The lock's closure runs on this thread while the caller waits: nothing is shared, though the compiler cannot tell.
  private static func open(_ target: UnsafeMutablePointer<MemoryTarget>, _ kind: Kind) -> OpaquePointer? {
    nonisolated(unsafe) let target = target
    nonisolated(unsafe) var handle: OpaquePointer?
    var info = SF_INFO()
    info.samplerate = CInt(Telephone.rate)
    info.channels = 1
    info.format = kind.format
    var callbacks = MemoryTarget.callbacks
    SndfileReader.opening.withLock { _ in handle = sf_open_virtual(&callbacks, CInt(SFM_WRITE), &info, target) }
    return handle
  }

  /// 32 kbit/s, all the same: at 8 kHz libsndfile maps 0 to 64 kbit/s and 1 to 8, and LAME takes the next rate there is.
  private static func setBitrate(_ handle: OpaquePointer) {
    var mode = CInt(SF_BITRATE_MODE_CONSTANT)
    var level = 4.0 / 7
    sf_command(handle, CInt(SFC_SET_BITRATE_MODE), &mode, CInt(MemoryLayout.size(ofValue: mode)))
    sf_command(handle, CInt(SFC_SET_COMPRESSION_LEVEL), &level, CInt(MemoryLayout.size(ofValue: level)))
  }
}

/// A file in memory that is being written, for libsndfile's callbacks. Headers are written again at the end.
private struct MemoryTarget {
  var bytes: [UInt8] = []
  var position = 0

  mutating func seek(_ offset: Int, _ whence: CInt) -> Int {
    guard let target = MemorySeek.target(offset, whence, from: position, count: bytes.count) else { return -1 }
    position = target
    return target
  }

  mutating func write(_ source: UnsafeRawBufferPointer) -> Int {
    let replaced = position..<min(position + source.count, bytes.count)
    bytes.replaceSubrange(replaced, with: source)
    position += source.count
    return source.count
  }

  mutating func read(into target: UnsafeMutableRawPointer, _ wanted: Int) -> Int {
    let part = bytes[position..<min(position + max(0, wanted), bytes.count)]
    part.withUnsafeBytes { if let base = $0.baseAddress { memcpy(target, base, $0.count) } }
    position += part.count
    return part.count
  }

  static let callbacks = SF_VIRTUAL_IO(
    get_filelen: { target in sf_count_t(target.map { at($0).pointee.bytes.count } ?? 0) },
    seek: { offset, whence, target in sf_count_t(target.map { at($0).pointee.seek(Int(offset), whence) } ?? -1) },
    read: { buffer, count, target in
      guard let buffer, let target else { return 0 }
      return sf_count_t(at(target).pointee.read(into: buffer, Int(count)))
    },
    write: { buffer, count, target in
      guard let buffer, let target, count > 0 else { return 0 }
      return sf_count_t(at(target).pointee.write(UnsafeRawBufferPointer(start: buffer, count: Int(count))))
    },
    tell: { target in sf_count_t(target.map { at($0).pointee.position } ?? 0) })

  private static func at(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MemoryTarget> {
    pointer.assumingMemoryBound(to: MemoryTarget.self)
  }
}
