/// What is known of a sound at its own rate, gathered block by block while it is decoded.
struct SoundFacts: Hashable, Sendable {
  let channels: Int
  /// A sample at this or above counts as clipped: 0.999 of the most that the codec holds.
  let clippingLevel: Float

  /// Sample frames.
  private(set) var frames = 0
  /// Samples of any channel that are no number.
  private(set) var nonfinite = 0
  /// Frame of the first of them.
  private(set) var firstNonfinite: Int?
  /// Samples of any channel at ``clippingLevel``.
  private(set) var clipped = 0
  /// Frame of the first of them.
  private(set) var firstClipped: Int?
  /// Samples of any channel beyond 8 times full scale.
  private(set) var excessive = 0
  /// Whether the codec holds more than full scale, as floats and MP3 do.
  let holdsMore: Bool
  private var sums: [Double]
  private var squares: [Double]
  private var mixSum = 0.0
  private var mixSquares = 0.0

  /// - Parameter channels: 1 or more.
  init(channels: Int, fullScale: Float) {
    holdsMore = fullScale == 1
    self.channels = channels
    clippingLevel = 0.999 * fullScale
    sums = Array(repeating: 0, count: channels)
    squares = sums
  }

  /// The mean of each channel's samples; full scale is 1.
  var offsets: [Double] { sums.map { frames > 0 ? $0 / Double(frames) : 0 } }

  /// The mean power of each channel without its offset; that of a full-scale square wave is 1.
  var powers: [Double] { zip(sums, squares).map(power) }

  /// The mean power of the mean of the channels, without its offset.
  var mixedPower: Double { power(mixSum, mixSquares) }

  private func power(_ sum: Double, _ square: Double) -> Double {
    guard frames > 0 else { return 0 }
    let mean = sum / Double(frames)
    return max(0, square / Double(frames) - mean * mean)
  }

  /// Takes a block in and writes the mean of its channels.
  ///
  /// - Parameters:
  ///   - block: interleaved samples of whole frames.
  ///   - mix: room for a sample a frame. What is no number counts as 0, what is beyond 8 times full scale as 8.
  mutating func take(_ block: UnsafeBufferPointer<Float>, mix: UnsafeMutableBufferPointer<Float>) {
    let count = block.count / channels
    let done =
      switch channels {
      case 1: takeMono(block, mix)
      case 2: takeStereo(block, mix)
      default: 0
      }
    takeEach(block, mix, done..<count)
    frames += count
  }

  /// Sums of squares below this have not overflowed, and hold nothing that is no number.
  private static let ordinary: Float = 1e30

  /// Eight frames at a time; returns how many it took: none where a sample is no number or too large to be squared.
  private mutating func takeMono(_ block: UnsafeBufferPointer<Float>, _ mix: UnsafeMutableBufferPointer<Float>) -> Int {
    var (sum, square, hot) = (SIMD8<Float>(), SIMD8<Float>(), SIMDMask<SIMD8<Int32>>())
    let whole = block.count & ~7
    let bytes = UnsafeRawBufferPointer(block)
    for start in stride(from: 0, to: whole, by: 8) {
      let samples = bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self)
      let power = samples * samples
      sum += samples
      square += power
      hot .|= power .> nearlyClipping
    }
    let power = square.sum()
    guard power < Self.ordinary, !any(hot) || !isExcessive(block[..<whole]) else { return 0 }
    sums[0] += Double(sum.sum())
    squares[0] += Double(power)
    mixSum = sums[0]
    mixSquares = squares[0]
    if any(hot) { countClips(block[..<whole]) }
    _ = mix.update(fromContentsOf: block[..<whole])
    return whole
  }

  /// The same for two channels, four frames at a time.
  private mutating func takeStereo(
    _ block: UnsafeBufferPointer<Float>, _ mix: UnsafeMutableBufferPointer<Float>
  ) -> Int {
    var (sum, square, hot) = (SIMD8<Float>(), SIMD8<Float>(), SIMDMask<SIMD8<Int32>>())
    var mixed = SIMD4<Float>()
    let whole = block.count & ~7
    let bytes = UnsafeRawBufferPointer(block)
    let target = UnsafeMutableRawBufferPointer(mix)
    for start in stride(from: 0, to: whole, by: 8) {
      let samples = bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self)
      let power = samples * samples
      sum += samples
      square += power
      hot .|= power .> nearlyClipping
      let mean = (samples.evenHalf + samples.oddHalf) * 0.5
      mixed += mean * mean
      target.storeBytes(of: mean, toByteOffset: start * 2, as: SIMD4<Float>.self)
    }
    guard square.sum() < Self.ordinary, !any(hot) || !isExcessive(block[..<whole]) else { return 0 }
    sums[0] += Double(sum.evenHalf.sum())
    sums[1] += Double(sum.oddHalf.sum())
    squares[0] += Double(square.evenHalf.sum())
    squares[1] += Double(square.oddHalf.sum())
    mixSum = (sums[0] + sums[1]) / 2
    mixSquares += Double(mixed.sum())
    if any(hot) { countClips(block[..<whole]) }
    return whole / 2
  }

  /// Below every power that a clipped sample can have: a cheap question whose answer is then looked into.
  private var nearlyClipping: Float { clippingLevel * clippingLevel * 0.999 }

  private func isExcessive(_ block: Slice<UnsafeBufferPointer<Float>>) -> Bool {
    block.contains { abs($0) > Self.loudest }
  }

  private mutating func countClips(_ block: Slice<UnsafeBufferPointer<Float>>) {
    for (offset, sample) in block.enumerated() where abs(sample) >= clippingLevel {
      clipped += 1
      firstClipped = firstClipped ?? frames + offset / channels
    }
  }

  /// Frame by frame in double precision, whatever the samples are.
  private mutating func takeEach(
    _ block: UnsafeBufferPointer<Float>, _ mix: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>
  ) {
    for frame in range {
      var mean = 0.0
      for channel in 0..<channels {
        var sample = block[frame * channels + channel]
        guard sample.isFinite else {
          nonfinite += 1
          firstNonfinite = firstNonfinite ?? frames + frame
          continue
        }
        if abs(sample) > Self.loudest {
          excessive += 1
          sample = max(-Self.loudest, min(Self.loudest, sample))
        }
        if abs(sample) >= clippingLevel {
          clipped += 1
          firstClipped = firstClipped ?? frames + frame
        }
        sums[channel] += Double(sample)
        squares[channel] += Double(sample) * Double(sample)
        mean += Double(sample) / Double(channels)
      }
      mixSum += mean
      mixSquares += mean * mean
      mix[frame] = Float(mean)
    }
  }

  /// What every sample is held to: full scale is 1, and what is 18 dB beyond is on another scale.
  static let loudest: Float = 8
}
