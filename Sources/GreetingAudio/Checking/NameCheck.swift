import VerificationCore

/// `name.extension`: what the name promises.
enum NameCheck {
  enum Format: String, Hashable, Sendable {
    case wav = "WAV"
    case mp3 = "MP3"
  }

  /// By the letters after the last point of the last path component, in any case; nil for all but `.wav` and `.mp3`.
  static func format(ofName name: String) -> Format? {
    switch suffix(of: name).lowercased() {
    case "wav": .wav
    case "mp3": .mp3
    default: nil
    }
  }

  static func finding(forName name: String) -> Finding? {
    guard format(ofName: name) == nil else { return nil }
    let suffix = suffix(of: name)
    return Finding(
      .nameExtension, .reject,
      suffix.isEmpty
        ? "the name has no extension: .wav or .mp3 is needed" : "the name ends in .\(suffix): .wav or .mp3 is needed",
      remedy: "Export it as WAV or MP3.")
  }

  /// A name that is judged as `name` is, and is the same for all that end alike: `greeting.wav`.
  static func ending(of name: String) -> String {
    let suffix = suffix(of: name)
    return suffix.isEmpty ? "greeting" : "greeting.\(suffix)"
  }

  private static func suffix(of name: String) -> Substring {
    let base = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    // A point at the start hides a file and begins no extension.
    guard let point = base.lastIndex(of: "."), point > base.startIndex else { return "" }
    return base[base.index(after: point)...]
  }
}
