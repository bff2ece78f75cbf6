/// The content of a `fmt ` chunk.
struct WAVFormat: Hashable, Sendable {
  enum Codec: Hashable, Sendable {
    case pcm, float, aLaw, muLaw, adpcm, imaADPCM, gsm
  }

  /// The codec's number; that of the sub-format where the chunk is of the extensible kind.
  var tag: Int
  var channels: Int
  /// In hertz.
  var rate: Int
  /// Bytes a sample frame, or a block where the codec works in blocks.
  var blockAlign: Int
  var bits: Int
  /// The bytes after the first sixteen: block size and coefficients of the ADPCM codecs.
  var tail: [UInt8]
  /// Whether the sub-format is none that stands for a plain tag.
  var hasForeignSubformat = false

  /// nil when the chunk is shorter than the sixteen bytes that every codec has.
  init?(_ chunk: [UInt8]) {
    guard let tag = chunk.littleEndian16(at: 0), let channels = chunk.littleEndian16(at: 2),
      let rate = chunk.littleEndian32(at: 4), let blockAlign = chunk.littleEndian16(at: 12),
      let bits = chunk.littleEndian16(at: 14)
    else { return nil }
    self.tag = tag
    self.channels = channels
    self.rate = rate
    self.blockAlign = blockAlign
    self.bits = bits
    tail = Array(chunk.dropFirst(16).prefix(64))
    if tag == Self.extensible { readSubformat(chunk) }
  }

  private static let extensible = 0xFFFE
  /// What follows the two bytes of the tag in a sub-format identifier.
  private static let plainSubformat: [UInt8] = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]

  private mutating func readSubformat(_ chunk: [UInt8]) {
    guard let inner = chunk.littleEndian16(at: 24), let rest = chunk.field(at: 26, length: 14),
      rest.elementsEqual(Self.plainSubformat)
    else {
      hasForeignSubformat = true
      return
    }
    tag = inner
    tail = []
  }

  /// nil for a codec that greetings may not use.
  var codec: Codec? {
    guard !hasForeignSubformat else { return nil }
    return switch tag {
    case 1: .pcm
    case 2: .adpcm
    case 3: .float
    case 6: .aLaw
    case 7: .muLaw
    case 0x11: .imaADPCM
    case 0x31: .gsm
    default: nil
    }
  }

  /// Sample frames in a block; 1 where the codec has no blocks, nil where the block size makes no sense.
  var framesPerBlock: Int? {
    guard channels > 0, let codec else { return nil }
    let share = blockAlign / channels
    switch codec {
    case .pcm, .float, .aLaw, .muLaw: return 1
    case .adpcm: return share > 7 ? 2 + 2 * (share - 7) : nil
    case .imaADPCM: return share > 4 ? 1 + 2 * (share - 4) : nil
    case .gsm: return 320
    }
  }

  /// Whether a last block that is not whole is no sound: libsndfile leaves such a block of MS ADPCM out, and fills up
  /// those of IMA ADPCM and GSM.
  var hasWholeBlocksOnly: Bool { framesPerBlock == 1 || codec == .adpcm }

  /// Sample frames in so many bytes of data. A last block that is not whole counts where decoders fill it up.
  func frames(inBytes count: Int) -> Int {
    guard blockAlign > 0, let perBlock = framesPerBlock else { return 0 }
    let (whole, rest) = count.quotientAndRemainder(dividingBy: blockAlign)
    return (whole + (rest > 0 && !hasWholeBlocksOnly ? 1 : 0)) * perBlock
  }

  /// What a decoder needs after the first sixteen bytes: its size, and for block codecs the frames a block.
  var decoderTail: [UInt8] {
    switch codec {
    case .float, .aLaw, .muLaw: [0, 0]
    case .adpcm: [32, 0] + tail.dropFirst(2).prefix(32)
    case .imaADPCM: [2, 0] + tail.dropFirst(2).prefix(2)
    case .gsm: [2, 0, 0x40, 0x01]
    case .pcm, nil: []
    }
  }
}

extension WAVFormat {
  /// The largest sample that can be written, where the positive side ends first.
  var fullScale: Float {
    switch codec {
    case .pcm:
      (1...32).contains(bits) ? 1 - Float(1) / Float(1 << (bits - 1)) : 1
    case .muLaw: 32_124 / 32_768
    case .aLaw: 32_256 / 32_768
    case .adpcm, .imaADPCM, .gsm: 32_767 / 32_768
    case .float, nil: 1
    }
  }

  /// What the codec is called; unknown ones by their number.
  var codecName: String {
    switch codec {
    case .pcm: "PCM"
    case .float: "float"
    case .aLaw: "A-law"
    case .muLaw: "mu-law"
    case .adpcm: "ADPCM"
    case .imaADPCM: "IMA ADPCM"
    case .gsm: "GSM 6.10"
    case nil: hasForeignSubformat ? "an unknown sub-format" : Self.refused[tag] ?? "codec \(tag)"
    }
  }

  /// Codecs one meets in WAV files that are not accepted.
  private static let refused = [
    0x14: "G.723 ADPCM", 0x22: "TrueSpeech", 0x40: "G.721 ADPCM", 0x42: "G.723.1", 0x45: "G.726 ADPCM", 0x50: "MPEG",
    0x55: "MP3 in a WAV wrapper", 0x64: "G.726 ADPCM", 0x83: "G.729", 0xFF: "AAC", 0x161: "WMA", 0x2000: "AC-3",
  ]
}
