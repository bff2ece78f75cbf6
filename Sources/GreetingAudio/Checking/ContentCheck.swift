import VerificationCore

/// `format.mismatch`: the content against the name, and the structure checks that belong to the content.
enum ContentCheck {
  /// Reads the structure of whatever the content is.
  ///
  /// - Parameter expected: what the name promises; nil where there is no name to go by.
  static func inspect(_ bytes: [UInt8], expected: NameCheck.Format? = nil) -> Inspection {
    if let empty = SizeCheck.rejection(ofSize: bytes.count, GreetingLimits(maxBytes: .max)) {
      return Inspection(findings: [empty])
    }
    let content = ContentSniff.sniff(bytes)
    var inspection =
      switch content {
      case .wav: WAVInspection.inspect(bytes)
      case .mp3(let start): MPEGInspection.inspect(bytes, start: start)
      case .freeFormatMP3: MPEGInspection.freeFormat()
      case .other(let name): Inspection(container: name)
      case .unknown: Inspection(container: nil)
      }
    if let finding = mismatch(content, expected) { inspection.findings.insert(finding, at: 0) }
    return inspection
  }

  private static func mismatch(_ content: Content, _ expected: NameCheck.Format?) -> Finding? {
    switch (content, expected) {
    case (.wav, .wav), (.wav, nil), (.mp3, .mp3), (.mp3, nil), (.freeFormatMP3, .mp3), (.freeFormatMP3, nil): nil
    case (.wav, .mp3): renamed("WAV", as: .mp3, remedy: "Rename it to .wav.")
    case (.mp3, .wav), (.freeFormatMP3, .wav): renamed("MP3", as: .wav, remedy: "Rename it to .mp3.")
    case (.other(let name), let expected):
      renamed(name, as: expected, remedy: "\(remedy(for: name, isRenamed: expected != nil))")
    case (.unknown, let expected):
      Finding(
        .formatMismatch, .reject, "this is not \(named(expected)): \(evidence(expected))",
        remedy: "\(Remedy.export)")
    }
  }

  /// What is no sound at all cannot be converted.
  private static func remedy(for name: String, isRenamed: Bool) -> Sentence {
    switch name {
    case "text": Sentence("This is no sound: was the right file chosen?")
    case "a Git LFS pointer": Sentence("The sound itself was not fetched: git lfs pull.")
    case "HTML", "XML": Sentence("This is a page, most often an error in place of a download: fetch the sound again.")
    case "ZIP", "gzip", "RAR": Sentence("Unpack it, and check the sound that is inside.")
    case "PDF", "RTF", "GIF", "PNG", "JPEG", "a program": Sentence("This is no sound: was the right file chosen?")
    case "RIFF without WAVE": Sentence("It is cut or damaged: export it again as 8 kHz mono WAV, 16-bit PCM.")
    default:
      Sentence(
        isRenamed
          ? "Convert it to WAV or MP3: renaming does not change what it is."
          : "Convert it to WAV or MP3, in an audio editor for example.")
    }
  }

  private static func renamed(_ name: String, as expected: NameCheck.Format?, remedy: Phrasing) -> Finding {
    Finding(
      .formatMismatch, .reject, "this is \(described(name)), not \(named(expected))",
      remedy: "\(remedy.sentence)")
  }

  private static func named(_ expected: NameCheck.Format?) -> Sentence {
    expected.map { Sentence("\($0.rawValue)") } ?? Sentence("WAV or MP3")
  }

  /// The name of a format is the same in every language, what is none is not.
  private static func described(_ name: String) -> Sentence.Figure {
    switch name {
    case "text": .sentence(Sentence("text"))
    case "a Git LFS pointer": .sentence(Sentence("a Git LFS pointer"))
    case "a program": .sentence(Sentence("a program"))
    case "WebM or Matroska": .sentence(Sentence("WebM or Matroska"))
    case "RIFF without WAVE": .sentence(Sentence("RIFF without WAVE"))
    default: .text(name)
    }
  }

  private static func evidence(_ expected: NameCheck.Format?) -> Sentence {
    switch expected {
    case .wav: Sentence("it does not begin with RIFF and WAVE")
    case .mp3: Sentence("it does not have three frame headers in a row")
    case nil: Sentence("it has neither a RIFF header nor three MPEG frame headers in a row")
    }
  }
}
