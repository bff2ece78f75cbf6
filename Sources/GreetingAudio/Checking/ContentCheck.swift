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
      renamed(name, as: expected, remedy: remedy(for: name, isRenamed: expected != nil))
    case (.unknown, let expected):
      Finding(
        .formatMismatch, .reject, "this is not \(expected?.rawValue ?? "WAV or MP3"): \(evidence(expected))",
        remedy: Remedy.export)
    }
  }

  /// What is no sound at all cannot be converted.
  private static func remedy(for name: String, isRenamed: Bool) -> String {
    switch name {
    case "text": "This is no sound: was the right file chosen?"
    case "a Git LFS pointer": "The sound itself was not fetched: git lfs pull."
    case "HTML", "XML": "This is a page, most often an error in place of a download: fetch the sound again."
    case "ZIP", "gzip", "RAR": "Unpack it, and check the sound that is inside."
    case "PDF", "RTF", "GIF", "PNG", "JPEG", "a program": "This is no sound: was the right file chosen?"
    case "RIFF without WAVE":
      "It is cut or damaged: \(Remedy.export.prefix(1).lowercased())\(Remedy.export.dropFirst())"
    default:
      isRenamed
        ? "Convert it to WAV or MP3: renaming does not change what it is."
        : "Convert it to WAV or MP3, in an audio editor for example."
    }
  }

  private static func renamed(_ name: String, as expected: NameCheck.Format?, remedy: String) -> Finding {
    Finding(
      .formatMismatch, .reject, "this is \(name), not \(expected?.rawValue ?? "WAV or MP3")", remedy: remedy)
  }

  private static func evidence(_ expected: NameCheck.Format?) -> String {
    switch expected {
    case .wav: "it does not begin with RIFF and WAVE"
    case .mp3: "it does not have three frame headers in a row"
    case nil: "it has neither a RIFF header nor three MPEG frame headers in a row"
    }
  }
}
