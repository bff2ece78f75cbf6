import VerificationCore

/// The structure checks of an MP3 file, `mp3.free-format` to `mp3.layer`, and its sound as a stream for the decoder.
enum MPEGInspection {
  /// A gap that held more samples than this is a loss one hears.
  static let audibleGap = 1_024

  /// `start` is where the sniff found the first frame.
  static func inspect(_ bytes: [UInt8], start: Int) -> Inspection {
    var inspection = Inspection(container: "MP3")
    guard let walk = MPEGWalk(bytes, start: start) else {
      inspection.findings = [noSound]
      return inspection
    }
    inspection.codec = walk.first.name
    inspection.sampleRate = walk.first.rate
    inspection.channels = walk.first.channels
    inspection.findings =
      [indexFinding(walk, fileSize: bytes.count), changeFinding(walk), tailFinding(walk), trailingFinding(walk)]
      .compactMap { $0 } + corruptFindings(walk)
    if walk.first.layer != 3 { inspection.findings.append(layerFinding(walk.first)) }
    if walk.frames.isEmpty {
      inspection.findings.append(noSound)
    } else if walk.change == nil {
      inspection.stream = SoundStream.mp3(walk, in: bytes)
    }
    return inspection
  }

  private static let noSound = Finding(
    .audioEmpty, .reject, "there is no whole frame of sound in the file",
    remedy: "Record the greeting and export it again.")

  /// A report on free format, of which nothing but its name can be told.
  static func freeFormat() -> Inspection {
    Inspection(
      container: "MP3",
      findings: [
        Finding(
          .mp3FreeFormat, .reject,
          "this MP3 is in free format: its frames do not state their length, and few players read it",
          remedy: "Encode it again with a standard bitrate such as 64 kbit/s.")
      ])
  }

  /// `mp3.truncated` where the index announces more than there is, `mp3.index-mismatch` where it announces less.
  private static func indexFinding(_ walk: MPEGWalk, fileSize: Int) -> Finding? {
    let there = walk.frames.count
    guard walk.change == nil, let claimed = walk.index?.frames, claimed != there else { return nil }
    // What gaps have swallowed is reported as such.
    if claimed > there, claimed <= there + walk.lostFrames { return nil }
    // Some encoders count the frame of the index itself.
    if claimed == there + 1, walk.missingBytes == 0, !lacksBytes(walk, fileSize: fileSize) { return nil }
    let message = Sentence(
      "the index states \(Figures.counted(claimed, .frame)) (\(time(claimed, walk))), \(Figures.grouped(there)) (\(time(there, walk))) are there"
    )
    return claimed > there
      ? Finding(.mp3Truncated, .reject, "\(message)", remedy: "\(Remedy.upload)")
      : Finding(.mp3IndexMismatch, .warn, "\(message)", remedy: "Players may stop early. \(Remedy.encode)")
  }

  private static func lacksBytes(_ walk: MPEGWalk, fileSize: Int) -> Bool {
    guard let claimed = walk.index?.bytes else { return false }
    return claimed > fileSize - walk.extent.lowerBound
  }

  private static func time(_ frames: Int, _ walk: MPEGWalk) -> Sentence.Figure {
    Figures.seconds(Figures.time(frames: frames * walk.first.samples, rate: walk.first.rate))
  }

  private static func changeFinding(_ walk: MPEGWalk) -> Finding? {
    guard let change = walk.change else { return nil }
    let at = walk.place(of: change.at)
    return Finding(
      .mp3FormatChange, .reject,
      "the sound changes at \(Figures.seconds(at)) from \(walk.first.summary) to \(change.to.summary)",
      remedy: "Join the recordings in an audio editor and encode the result once.", at: at)
  }

  private static func corruptFindings(_ walk: MPEGWalk) -> [Finding] {
    var findings = gapFindings(walk)
    if walk.leadingJunk > 0 {
      findings.insert(
        Finding(
          .mp3Corrupt, .warn,
          "the first frame stands behind \(Figures.counted(walk.leadingJunk, .byte)) of something else",
          remedy: "\(Remedy.encode)", at: .zero), at: 0)
    }
    return findings
  }

  /// One finding a severity, for the first place of each: a damaged file can have thousands.
  private static func gapFindings(_ walk: MPEGWalk) -> [Finding] {
    [Finding.Severity.reject, .warn].compactMap { severity in
      let gaps = walk.gaps.filter { ($0.samples > audibleGap) == (severity == .reject) }
      guard let gap = gaps.first else { return nil }
      let at = walk.place(of: gap.at)
      let (bytes, samples) = (Figures.counted(gap.bytes, .byte), Figures.counted(gap.samples, .sample))
      return Finding(
        .mp3Corrupt, severity,
        gaps.count > 1
          ? "the frames break off at \(Figures.seconds(at)) for \(bytes), about \(samples), and \(Figures.counted(gaps.count - 1, .place))"
          : "the frames break off at \(Figures.seconds(at)) for \(bytes), about \(samples)",
        remedy: "\(Remedy.encode)", at: at)
    }
  }

  /// Silent where `mp3.truncated` says more.
  private static func tailFinding(_ walk: MPEGWalk) -> Finding? {
    guard walk.missingBytes > 0, (walk.index?.frames ?? 0) <= walk.frames.count + walk.lostFrames else { return nil }
    return Finding(
      .mp3Tail, .warn, "the last frame lacks \(Figures.counted(walk.missingBytes, .byte))", remedy: "\(Remedy.upload)",
      at: walk.place(of: walk.samples))
  }

  private static func trailingFinding(_ walk: MPEGWalk) -> Finding? {
    guard walk.trailingBytes > 0 else { return nil }
    return Finding(
      .mp3Trailing, .warn, "the file goes on for \(Figures.counted(walk.trailingBytes, .byte)) after its last frame",
      remedy: "\(Remedy.encode)")
  }

  private static func layerFinding(_ header: MPEGHeader) -> Finding {
    Finding(
      .mp3Layer, .warn, "the sound is \(header.name): MP3 is Layer III, and not every player reads the others",
      remedy: "\(Remedy.encode)")
  }
}
