import VerificationCore

/// The structure checks of a WAV file, `wav.structure` to `wav.riff-size`, and its sound as a stream for the decoder.
enum WAVInspection {
  /// `bytes` begin with `RIFF....WAVE`.
  static func inspect(_ bytes: [UInt8]) -> Inspection {
    let walk = RIFFWalk(bytes)
    var inspection = Inspection(container: "WAV")
    let format = walk.chunks.first { $0.id == "fmt " }.flatMap { WAVFormat(Array(bytes[$0.body])) }
    if let format {
      inspection.codec = format.codecName
      inspection.sampleRate = format.rate
      inspection.channels = format.channels
      inspection.bitDepth = format.bits > 0 ? format.bits : nil
    }
    if let problem = structureProblem(walk) {
      inspection.findings.append(Finding(.wavStructure, .reject, "\(problem)", remedy: "\(Remedy.export)"))
    } else if let finding = formatFinding(format, walk) {
      inspection.findings.append(finding)
    } else if let wrapped = walk.data.flatMap({ WAVFormatCheck.wrapped(in: bytes[$0.body]) }) {
      inspection.codec = wrapped
      inspection.findings.append(WAVFormatCheck.foreignCodec(wrapped))
    } else if let format, let data = walk.data {
      readSound(bytes[data.body], format, walk, into: &inspection)
    }
    return inspection
  }

  /// One `fmt ` before one `data`, and no chunk that runs out of the file before them.
  private static func structureProblem(_ walk: RIFFWalk) -> Sentence? {
    if let second = walk.second {
      return Sentence(
        "a second recording stands behind the first, from byte \(Figures.grouped(second)) on: only the first would play"
      )
    }
    let formats = walk.chunks.filter { $0.id == "fmt " }
    let data = walk.chunks.filter { $0.id == "data" }
    if formats.count > 1 { return Sentence("there are \(formats.count) \"fmt \" chunks: a WAV has one") }
    if data.count > 1 { return Sentence("there are \(data.count) \"data\" chunks: a WAV has one") }
    if let format = formats.first, let data = data.first, data.position < format.position {
      return Sentence(
        "the \"data\" chunk at byte \(Figures.grouped(data.position)) stands before the \"fmt \" chunk at byte \(Figures.grouped(format.position))"
      )
    }
    guard formats.isEmpty || data.isEmpty else { return nil }
    let missing = formats.isEmpty ? "fmt " : "data"
    guard let broken = walk.broken else { return Sentence("there is no \"\(missing)\" chunk") }
    return Sentence(
      "the \"\(broken.id)\" chunk at byte \(Figures.grouped(broken.position)) states \(Figures.counted(broken.size, .byte)), \(Figures.grouped(broken.body.count)) are there"
    )
  }

  private static func formatFinding(_ format: WAVFormat?, _ walk: RIFFWalk) -> Finding? {
    if let format { return WAVFormatCheck.finding(for: format) }
    let size = walk.chunks.first { $0.id == "fmt " }?.size ?? 0
    return Finding(
      .wavFormat, .reject, "the \"fmt \" chunk has \(Figures.counted(size, .byte)): it needs 16 at least",
      remedy: "\(Remedy.export)")
  }

  private static func readSound(
    _ data: ArraySlice<UInt8>, _ format: WAVFormat, _ walk: RIFFWalk, into inspection: inout Inspection
  ) {
    if walk.isUnfinished {
      inspection.findings.append(
        Finding(
          .wavUnfinished, .reject,
          "the header states no sound, but the file goes on for \(Figures.counted(walk.fileSize - walk.end, .byte))",
          remedy: "The recording was not finished: stop it properly and export it again."))
      return
    }
    inspection.findings += sizeFindings(walk) + trailingFindings(walk, format, data.count)
    if format.frames(inBytes: data.count) > 0 {
      inspection.stream = SoundStream.wav(format, data: data)
    } else {
      inspection.findings.append(
        Finding(
          .audioEmpty, .reject, "the \"data\" chunk has \(Figures.counted(data.count, .byte)): there is no sound",
          remedy: "Record the greeting and export it again."))
    }
  }

  /// `wav.truncated`, `wav.streamed` or `wav.riff-size`: of these one is enough.
  private static func sizeFindings(_ walk: RIFFWalk) -> [Finding] {
    guard let data = walk.data else { return [] }
    if walk.isStreamed {
      return [
        Finding(
          .wavStreamed, .warn,
          "the data size \(Figures.grouped(data.size)) is a placeholder: the recorder did not know the length",
          remedy: "\(Remedy.save)")
      ]
    }
    if data.isCut {
      return [
        Finding(
          .wavTruncated, .reject,
          "the header states \(Figures.counted(data.size, .byte)) of sound, \(Figures.grouped(data.body.count)) are there",
          remedy: "\(Remedy.upload)")
      ]
    }
    // The pad byte of the last chunk is counted by some writers and left out by others.
    guard abs(walk.riffSize + 8 - walk.end) > 1 else { return [] }
    return [
      Finding(
        .wavRIFFSize, .warn,
        "the RIFF header states \(Figures.counted(walk.riffSize + 8, .byte)), its chunks end at \(Figures.grouped(walk.end))",
        remedy: "\(Remedy.save)")
    ]
  }

  /// Bytes that belong to no chunk, and bytes of the data chunk that make no whole sample.
  private static func trailingFindings(_ walk: RIFFWalk, _ format: WAVFormat, _ dataSize: Int) -> [Finding] {
    let behind = walk.fileSize - walk.end
    let odd = format.hasWholeBlocksOnly && format.blockAlign > 0 ? dataSize % format.blockAlign : 0
    var findings: [Finding] = []
    if behind > 0 {
      findings.append(
        Finding(
          .wavTrailing, .warn, "the file goes on for \(Figures.counted(behind, .byte)) after its last chunk",
          remedy: "\(Remedy.save)"))
    }
    // Of a sound that is cut that says nothing new.
    let isCut = walk.data?.isCut == true && !walk.isStreamed
    if odd > 0, dataSize > odd, !isCut {
      findings.append(
        Finding(
          .wavTrailing, .warn,
          format.framesPerBlock == 1
            ? "the sound ends with \(Figures.counted(odd, .byte)) more than whole samples take"
            : "the sound ends with \(Figures.counted(odd, .byte)) more than whole blocks take",
          remedy: "\(Remedy.save)"))
    }
    return findings
  }
}
