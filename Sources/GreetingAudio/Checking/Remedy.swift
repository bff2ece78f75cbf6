import VerificationCore

/// What to do, where several checks advise the same.
enum Remedy {
  static let export = Sentence("Export it again as 8 kHz mono WAV, 16-bit PCM.")
  static let encode = Sentence("Encode it again as MP3 from the original, or export it as 8 kHz mono WAV.")
  static let upload = Sentence("The copy is not complete: export or upload it again.")
  static let uncancel = Sentence("Turn one channel upside down, or keep one alone, and export it as mono.")
  static let save = Sentence("Open it in an audio editor and save it again.")
}
