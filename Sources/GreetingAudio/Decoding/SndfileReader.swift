import CSndfile
import Glibc
import Synchronization

/// libsndfile reading a stream in memory. Only this and ``SndfileWriter`` call it.
enum SndfileReader {
  /// libsndfile keeps the error of a failed open in one global variable, and libmpg123 initialises itself on first use:
  /// opening and closing are done by one thread at a time.
  static let opening = Mutex<Void>(())

  /// Frames decoded at a time.
  static let blockFrames = 4_096

  /// Decodes everything, up to one block beyond what the walk allows, and hands it on block by block.
  ///
  /// - Parameter take: gets interleaved samples of whole frames.
  /// - Returns: false when libsndfile does not open the stream or finds other channels or another rate in it.
  static func read(_ stream: SoundStream, _ take: (UnsafeBufferPointer<Float>) -> Void) -> Bool {
    stream.isMPEG ? QuietStandardError.during { decode(stream, take) } : decode(stream, take)
  }

  private static func decode(_ stream: SoundStream, _ take: (UnsafeBufferPointer<Float>) -> Void) -> Bool {
    // The callbacks get pointers to the bytes and to the cursor, both alive until the closure returns.
    stream.bytes.withUnsafeBytes { bytes in
      var cursor = MemoryCursor(bytes: bytes, hidesEnd: !stream.statesLength)
      return withUnsafeMutablePointer(to: &cursor) { cursor in
        var info = SF_INFO()
        guard let handle = open(cursor, &info) else { return false }
        defer { close(handle) }
        guard Int(info.channels) == stream.channels, Int(info.samplerate) == stream.rate else { return false }
        readBlocks(from: handle, of: stream, take)
        return true
      }
    }
  }

  /// The lock's closure runs on this thread while the caller waits: nothing is shared, though the compiler cannot tell.
  private static func open(_ cursor: UnsafeMutablePointer<MemoryCursor>, _ info: inout SF_INFO) -> OpaquePointer? {
    nonisolated(unsafe) let cursor = cursor
    nonisolated(unsafe) var handle: OpaquePointer?
    var callbacks = MemoryCursor.callbacks
    opening.withLock { _ in handle = sf_open_virtual(&callbacks, CInt(SFM_READ), &info, cursor) }
    return handle
  }

  /// - Returns: whether all that was written arrived.
  @discardableResult
  static func close(_ handle: OpaquePointer) -> Bool {
    nonisolated(unsafe) let handle = handle
    return opening.withLock { _ in sf_close(handle) == 0 }
  }

  /// Floats are asked for because integers of hot MP3s would wrap round.
  private static func readBlocks(
    from handle: OpaquePointer, of stream: SoundStream, _ take: (UnsafeBufferPointer<Float>) -> Void
  ) {
    let limit = stream.frames + stream.tolerance + 1
    var block = [Float](repeating: 0, count: blockFrames * stream.channels)
    block.withUnsafeMutableBufferPointer { block in
      var total = 0
      while total < limit {
        let count = Int(sf_readf_float(handle, block.baseAddress, sf_count_t(blockFrames)))
        guard count > 0, count <= blockFrames else { break }
        take(UnsafeBufferPointer(rebasing: block[..<(count * stream.channels)]))
        total += count
      }
    }
  }
}

/// Where a seek in memory leads; what is read and what is written seek alike.
enum MemorySeek {
  /// - Parameter whence: as for `lseek`.
  /// - Returns: nil for what lies outside.
  static func target(_ offset: Int, _ whence: CInt, from position: Int, count: Int) -> Int? {
    let base =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: position
      default: count
      }
    let (target, overflow) = base.addingReportingOverflow(offset)
    return !overflow && (0...count).contains(target) ? target : nil
  }
}

/// A reading position in memory, for libsndfile's callbacks.
private struct MemoryCursor {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  /// Whether to refuse seeking from the end: libmpg123 then takes the stream for endless and decodes all of it.
  let hidesEnd: Bool

  init(bytes: UnsafeRawBufferPointer, hidesEnd: Bool) {
    self.bytes = bytes
    self.hidesEnd = hidesEnd
  }

  mutating func seek(_ offset: Int, _ whence: CInt) -> Int {
    if hidesEnd, whence == SEEK_END { return -1 }
    guard let target = MemorySeek.target(offset, whence, from: position, count: bytes.count) else { return -1 }
    position = target
    return target
  }

  mutating func read(into target: UnsafeMutableRawPointer, _ wanted: Int) -> Int {
    let count = min(max(0, wanted), bytes.count - position)
    guard count > 0, let base = bytes.baseAddress else { return 0 }
    memcpy(target, base + position, count)
    position += count
    return count
  }

  static let callbacks = SF_VIRTUAL_IO(
    get_filelen: { cursor in sf_count_t(cursor.map { at($0).pointee.bytes.count } ?? 0) },
    seek: { offset, whence, cursor in sf_count_t(cursor.map { at($0).pointee.seek(Int(offset), whence) } ?? -1) },
    read: { target, count, cursor in
      guard let target, let cursor else { return 0 }
      return sf_count_t(at(cursor).pointee.read(into: target, Int(count)))
    },
    write: { _, _, _ in 0 },
    tell: { cursor in sf_count_t(cursor.map { at($0).pointee.position } ?? 0) })

  private static func at(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MemoryCursor> {
    pointer.assumingMemoryBound(to: MemoryCursor.self)
  }
}
