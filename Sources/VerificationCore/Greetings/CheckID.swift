/// The name of a greeting check, as reports and configuration spell it.
///
/// The cases stand in the order in which findings are reported.
public enum CheckID: String, CaseIterable, Hashable, Sendable, Codable {
  // The file.
  case fileKind = "file.kind"
  case fileChanged = "file.changed"
  case nameExtension = "name.extension"
  case sizeEmpty = "size.empty"
  case sizeLimit = "size.limit"
  case sizeNear = "size.near"
  case formatMismatch = "format.mismatch"

  // The structure of a WAV file.
  case wavStructure = "wav.structure"
  case wavFormat = "wav.fmt"
  case wavCodec = "wav.codec"
  case wavTruncated = "wav.truncated"
  case wavUnfinished = "wav.unfinished"
  case wavStreamed = "wav.streamed"
  case wavTrailing = "wav.trailing"
  case wavRIFFSize = "wav.riff-size"

  // The frames of an MP3 file.
  case mp3FreeFormat = "mp3.free-format"
  case mp3Truncated = "mp3.truncated"
  case mp3IndexMismatch = "mp3.index-mismatch"
  case mp3FormatChange = "mp3.format-change"
  case mp3Corrupt = "mp3.corrupt"
  case mp3Tail = "mp3.tail"
  case mp3Trailing = "mp3.trailing"
  case mp3Layer = "mp3.layer"

  // The decoded sound.
  case audioEmpty = "audio.empty"
  case decodeMismatch = "decode.mismatch"
  case decodeCrashed = "decode.crashed"
  case decodeTimeout = "decode.timeout"
  case durationLimit = "duration.limit"
  case durationShort = "duration.short"
  case levelNonfinite = "level.nonfinite"
  case levelSilent = "level.silent"
  case levelLow = "level.low"
  case levelHigh = "level.high"
  case clip
  case offset = "dc.offset"
  case stereoCancel = "stereo.cancel"
  case stereoOneSide = "stereo.one-side"
  case manyChannels = "channels.many"
  case band
  case silenceLead = "silence.lead"
  case silenceTail = "silence.tail"
  case silenceGap = "silence.gap"
  case noise
  case toneDTMF = "tone.dtmf"
  case toneFax = "tone.fax"
  case toneAnswer = "tone.answer"
}

extension CheckID: Comparable {
  /// Order of reporting.
  public static func < (left: CheckID, right: CheckID) -> Bool { left.position < right.position }

  private var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
