/// What to do, where several checks advise the same.
enum Remedy {
  static let export = "Export it again as 8 kHz mono WAV, 16-bit PCM."
  static let encode = "Encode it again as MP3 from the original, or export it as 8 kHz mono WAV."
  static let upload = "The copy is not complete: export or upload it again."
  static let uncancel = "Turn one channel upside down, or keep one alone, and export it as mono."
  static let save = "Open it in an audio editor and save it again."
}
