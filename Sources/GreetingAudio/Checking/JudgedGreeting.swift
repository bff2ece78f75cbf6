import VerificationCore

/// A report with what was decoded for it.
struct JudgedGreeting {
  var report: GreetingReport
  /// nil where the structure leaves nothing to decode.
  var stream: SoundStream?
  /// nil where nothing was decoded.
  var greeting: DecodedGreeting?
}
