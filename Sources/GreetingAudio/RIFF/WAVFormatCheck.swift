import VerificationCore

/// Whether a `fmt ` chunk describes sound that can be decoded, and agrees with itself.
enum WAVFormatCheck {
  static let rates = 4_000...384_000
  /// More than this libsndfile does not open.
  static let maxChannels = 1_024

  /// `wav.codec` or `wav.fmt`; nil when the format can be used.
  static func finding(for format: WAVFormat) -> Finding? {
    guard let codec = format.codec else { return foreignCodec(format.codecName) }
    guard let problem = generalProblem(format) ?? layoutProblem(format, codec) else { return nil }
    return Finding(.wavFormat, .reject, "\(problem)", remedy: "\(Remedy.export)")
  }

  /// `wav.codec`: this is not one of the codecs that greetings may use.
  static func foreignCodec(_ name: String) -> Finding {
    Finding(
      .wavCodec, .reject,
      "the sound is coded as \(described(name)): only PCM, float, A-law, mu-law, ADPCM and GSM are read",
      remedy: "\(Remedy.export)")
  }

  /// The name of a codec is the same in every language, what is none is not.
  private static func described(_ name: String) -> Sentence.Figure {
    switch name {
    case "an unknown sub-format": .sentence(Sentence("an unknown sub-format"))
    case "MP3 in a WAV wrapper": .sentence(Sentence("MP3 in a WAV wrapper"))
    case "Ogg in a WAV wrapper": .sentence(Sentence("Ogg in a WAV wrapper"))
    case "WavPack in a WAV wrapper": .sentence(Sentence("WavPack in a WAV wrapper"))
    default: .text(name)
    }
  }

  /// What stands in the sound although the header states another codec; nil where nothing betrays it.
  ///
  /// Some packers leave the header as it was. libsndfile refuses both of these by their first four bytes.
  static func wrapped(in data: ArraySlice<UInt8>) -> String? {
    if data.starts(with: "OggS".utf8) { return "Ogg in a WAV wrapper" }
    return data.starts(with: "wvpk".utf8) ? "WavPack in a WAV wrapper" : nil
  }

  private static func generalProblem(_ format: WAVFormat) -> Sentence? {
    if format.channels == 0 { return Sentence("the header states 0 channels") }
    if format.channels > maxChannels {
      return Sentence("the header states \(Figures.grouped(format.channels)) channels: 1 to 1,024 can be read")
    }
    if !rates.contains(format.rate) {
      return Sentence("the header states \(Figures.grouped(format.rate)) Hz: 4,000 to 384,000 Hz can be read")
    }
    return nil
  }

  private static func layoutProblem(_ format: WAVFormat, _ codec: WAVFormat.Codec) -> Sentence? {
    let fits =
      switch codec {
      case .pcm: isLinear(format, widths: 1...4)
      case .float: isLinear(format, widths: 4...8) && [32, 64].contains(format.bits)
      case .aLaw, .muLaw: format.blockAlign == format.channels && format.bits == 8
      case .imaADPCM: isADPCM(format) && format.blockAlign % (4 * format.channels) == 0
      case .adpcm:
        isADPCM(format) && [7, 0].elementsEqual(format.tail.dropFirst(4).prefix(2)) && format.tail.count >= 34
      case .gsm: format.channels == 1 && format.blockAlign == 65
      }
    guard !fits else { return nil }
    return Sentence(
      "\(Figures.counted(format.channels, .channel)) of \(Figures.counted(format.bits, .bit)) \(format.codecName) cannot stand in \(Figures.counted(format.blockAlign, .byte)) a block"
    )
  }

  /// Whole bytes a sample, as few as the bits need.
  private static func isLinear(_ format: WAVFormat, widths: ClosedRange<Int>) -> Bool {
    let (width, rest) = format.blockAlign.quotientAndRemainder(dividingBy: format.channels)
    return rest == 0 && widths.contains(width) && (width * 8 - 7...width * 8).contains(format.bits)
  }

  /// The stated frames a block must be those that fit in it.
  private static func isADPCM(_ format: WAVFormat) -> Bool {
    guard format.bits == 4, format.channels <= 2, format.blockAlign % format.channels == 0 else { return false }
    guard let perBlock = format.framesPerBlock else { return false }
    return format.tail.littleEndian16(at: 2) == perBlock
  }
}
