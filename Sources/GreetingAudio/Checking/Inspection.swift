import VerificationCore

/// What reading the structure of a file brought to light, before anything is decoded.
struct Inspection: Hashable, Sendable {
  /// nil when the content was not recognised.
  var container: String?
  var codec: String?
  var sampleRate: Int?
  var channels: Int?
  var bitDepth: Int?
  var findings: [Finding] = []
  /// What to decode; nil where the structure leaves nothing that could be decoded honestly.
  var stream: SoundStream?
}
