import VerificationCore

/// How the channels of a greeting become the one of a telephone, without their offset.
struct ChannelMix: Hashable, Sendable {
  enum Choice: Hashable, Sendable {
    /// There is one.
    case only
    case mean
    /// This one of two; the other is silent.
    case side(Int)
    /// The second of two upside down.
    case turned
    /// The loudest of more than two.
    case loudest(Int)
  }

  let choice: Choice
  /// What each channel is multiplied by.
  let weights: [Float]
  /// Of the mix, taken from every sample; full scale is 1.
  let offset: Float

  /// - Parameters:
  ///   - facts: of a sound without samples that are no numbers.
  ///   - findings: what the check said of it.
  init(_ facts: SoundFacts, findings: [Finding]) {
    let choice = Self.choice(facts, Set(findings.map(\.id)))
    let weights = Self.weights(choice, channels: facts.channels)
    self.choice = choice
    self.weights = weights
    let mean = zip(weights, facts.offsets).reduce(0) { $0 + Double($1.0) * $1.1 }
    // The last bit of 16 is not worth a change.
    offset = abs(mean) > Self.smallestOffset ? Float(mean) : 0
  }

  private static let smallestOffset = 0.001

  private static func choice(_ facts: SoundFacts, _ found: Set<CheckID>) -> Choice {
    guard facts.channels > 1 else { return .only }
    let loudest = facts.powers.indices.max { facts.powers[$0] < facts.powers[$1] } ?? 0
    if facts.channels > 2 { return .loudest(loudest) }
    if found.contains(.stereoOneSide) { return .side(loudest) }
    return found.contains(.stereoCancel) ? .turned : .mean
  }

  private static func weights(_ choice: Choice, channels: Int) -> [Float] {
    switch choice {
    case .only: [1]
    case .mean: [0.5, 0.5]
    case .turned: [0.5, -0.5]
    case .side(let kept), .loudest(let kept): (0..<channels).map { $0 == kept ? 1 : 0 }
    }
  }

  /// What it does to the sound, for people.
  var mends: [Mend] {
    let channels: Mend? =
      switch choice {
      case .only: nil
      case .mean: Mend(.channels, "the two channels are mixed to one")
      case .side(0): Mend(.channels, "the left channel is kept: the other one is silent")
      case .side: Mend(.channels, "the right channel is kept: the other one is silent")
      case .turned:
        Mend(
          .channels, "the right channel is turned upside down and mixed with the left: as they were, they cancelled")
      case .loudest(let kept): Mend(.channels, "channel \(kept + 1) of \(weights.count), the loudest, is kept")
      }
    let shift = Mend(.offset, "a shift of \(Figures.percent(Double(offset))) of full scale is removed")
    return [channels, offset == 0 ? nil : shift].compactMap { $0 }
  }

  /// Whether it gives what ``DecodedGreeting/telephone`` is.
  var isPlain: Bool { offset == 0 && (choice == .only || choice == .mean) }

  /// Decodes the stream to one channel at 8 kHz, at most ``DecodedGreeting/longest`` seconds and a block of it.
  ///
  /// - Returns: nil where nothing could be decoded.
  func telephone(of stream: SoundStream) -> [Float]? {
    guard stream.channels == weights.count,
      var resampler = Resampler(from: stream.rate, to: Telephone.rate)
    else { return nil }
    let limit = DecodedGreeting.longest * Telephone.rate
    var telephone: [Float] = []
    var mixed = [Float](repeating: 0, count: SndfileReader.blockFrames)
    let isOpen = SndfileReader.read(stream) { block in
      guard telephone.count < limit else { return }
      let count = block.count / weights.count
      for frame in 0..<count { mixed[frame] = mix(block, frame) }
      mixed[..<count].withUnsafeBufferPointer { resampler.feed($0, into: &telephone) }
    }
    guard isOpen else { return nil }
    resampler.finish(into: &telephone)
    return telephone.isEmpty ? nil : telephone
  }

  private func mix(_ block: UnsafeBufferPointer<Float>, _ frame: Int) -> Float {
    var sum = -offset
    for (channel, weight) in weights.enumerated() { sum += weight * block[frame * weights.count + channel] }
    return sum
  }
}
