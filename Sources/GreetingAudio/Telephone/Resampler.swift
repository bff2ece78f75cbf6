import CSoxr

/// Mono sound from one rate to another, block by block, with libsoxr.
///
/// Medium quality: 16 bits, and for 8 kHz a passband that reaches beyond the 3.4 kHz of a telephone.
struct Resampler: ~Copyable {
  private let handle: soxr_t?
  private let ratio: Double
  private var block: [Float] = []

  /// Rates in hertz, above 0. Equal rates are handed through.
  ///
  /// - Returns: nil where libsoxr does not take these rates.
  init?(from rate: Int, to target: Int) {
    ratio = Double(target) / Double(rate)
    guard rate != target else {
      handle = nil
      return
    }
    var error: soxr_error_t?
    var quality = soxr_quality_spec(UInt(SOXR_MQ), 0)
    var layout = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
    guard let made = soxr_create(Double(rate), Double(target), 1, &error, &layout, &quality, nil), error == nil else {
      return nil
    }
    handle = made
  }

  deinit {
    if let handle { soxr_delete(handle) }
  }

  /// Appends to `output` what these samples give; some of it comes with the samples after them.
  mutating func feed(_ samples: UnsafeBufferPointer<Float>, into output: inout [Float]) {
    guard let handle else { return output.append(contentsOf: samples) }
    process(handle, samples.baseAddress, samples.count, into: &output)
  }

  /// Appends what is still inside.
  mutating func finish(into output: inout [Float]) {
    if let handle { process(handle, nil, 0, into: &output) }
  }

  private mutating func process(
    _ handle: soxr_t, _ input: UnsafePointer<Float>?, _ count: Int, into output: inout [Float]
  ) {
    let room = Int(Double(count) * ratio) + 1_024
    if block.count < room { block = [Float](repeating: 0, count: room) }
    var start = 0
    while true {
      var (taken, given) = (0, 0)
      let error = soxr_process(handle, input.map { $0 + start }, count - start, &taken, &block, room, &given)
      output += block[..<given]
      start += taken
      // Without input it goes on giving until it is empty; with input, until all is taken.
      guard error == nil, given == room || start < count, taken + given > 0 else { return }
    }
  }
}
