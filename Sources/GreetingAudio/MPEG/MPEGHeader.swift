import VerificationCore

/// The four bytes that begin an MPEG audio frame (ISO/IEC 11172-3 section 2.4.2.3, 13818-3 for the low rates).
struct MPEGHeader: Hashable, Sendable {
  enum Version: Int, Hashable, Sendable {
    case mpeg25 = 0
    case mpeg2 = 2
    case mpeg1 = 3
  }

  var version: Version
  /// 1, 2 or 3.
  var layer: Int
  /// 0 is free format, where no header states the length of a frame.
  var bitrateIndex: Int
  var rateIndex: Int
  var isPadded: Bool
  /// 0 stereo, 1 joint, 2 two languages, 3 mono.
  var mode: Int

  /// nil where no valid header stands.
  init?(_ bytes: [UInt8], at position: Int) {
    guard let word = bytes.bigEndian32(at: position), word >> 21 == 0x7FF,
      let version = Version(rawValue: word >> 19 & 3), word >> 17 & 3 != 0, word >> 12 & 15 != 15, word >> 10 & 3 != 3
    else { return nil }
    self.version = version
    layer = 4 - (word >> 17 & 3)
    bitrateIndex = word >> 12 & 15
    rateIndex = word >> 10 & 3
    isPadded = word >> 9 & 1 == 1
    mode = word >> 6 & 3
  }

  /// In hertz.
  var rate: Int {
    let base = [44_100, 48_000, 32_000][rateIndex]
    return switch version {
    case .mpeg1: base
    case .mpeg2: base / 2
    case .mpeg25: base / 4
    }
  }

  var channels: Int { mode == 3 ? 1 : 2 }

  /// Sample frames that one MPEG frame decodes to.
  var samples: Int {
    switch layer {
    case 1: 384
    case 2: 1_152
    default: version == .mpeg1 ? 1_152 : 576
    }
  }

  /// In bits a second; 0 for free format.
  var bitrate: Int {
    let table = version == .mpeg1 ? Self.highRates[layer - 1] : Self.lowRates[min(layer, 2) - 1]
    return table[bitrateIndex] * 1_000
  }

  /// Bytes of the whole frame; nil for free format.
  var length: Int? {
    guard bitrateIndex > 0 else { return nil }
    let padding = isPadded ? 1 : 0
    return layer == 1 ? (12 * bitrate / rate + padding) * 4 : samples / 8 * bitrate / rate + padding
  }

  /// Bytes of side information between header and sound in layer III.
  var sideInformation: Int {
    version == .mpeg1 ? (channels == 1 ? 17 : 32) : (channels == 1 ? 9 : 17)
  }

  /// Whether one decoder can go on from `other` to this without starting anew.
  func matches(_ other: MPEGHeader) -> Bool {
    version == other.version && layer == other.layer && rateIndex == other.rateIndex && channels == other.channels
  }

  /// `MPEG-1 Layer III`.
  var name: String {
    let number = ["I", "II", "III"][layer - 1]
    return switch version {
    case .mpeg1: "MPEG-1 Layer \(number)"
    case .mpeg2: "MPEG-2 Layer \(number)"
    case .mpeg25: "MPEG-2.5 Layer \(number)"
    }
  }

  /// As a message names a format: `MPEG-1 Layer III, 44,100 Hz, 2 channels`.
  var summary: Sentence {
    Sentence("\(name), \(Figures.grouped(rate)) Hz, \(Figures.counted(channels, .channel))")
  }

  /// Kilobits a second by bitrate index, MPEG-1 layers I, II, III.
  private static let highRates = [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ]
  /// MPEG-2 and 2.5: layer I, then layers II and III.
  private static let lowRates = [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ]
}
