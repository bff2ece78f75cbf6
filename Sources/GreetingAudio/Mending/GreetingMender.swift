public import VerificationCore

/// Makes a compliant copy of a greeting: 8 kHz mono, at the level that telephones are made for, without silence at its
/// ends and without offset.
///
/// Nothing is shortened inside, and what cannot honestly be repaired is refused. The sound is only touched where that
/// mends something, so that mending what is mended gives the same bytes.
public enum GreetingMender {
  /// Seconds of silence left at either end.
  static let margin = 0.2
  /// Less silence than this beyond the margin is not worth a cut, in seconds.
  static let spare = 0.05
  /// Seconds that trimming leaves at the least: the check warns of less.
  static let shortest = 0.5
  /// dB that a level may be off where nothing else is to be changed: encoding as MP3 takes up to 0.8 of it away.
  static let tolerance = 1.0
  /// dB that it may be off where the sound is written anew all the same.
  static let precision = 0.1
  /// dBFS that no sample exceeds once the level was changed.
  static let peak = -1.0

  /// Mends a file.
  ///
  /// - Parameters:
  ///   - bytes: its content, at most ``maxBytes``.
  ///   - name: the name it came with, for its extension and the report.
  /// - Throws: ``UnmendableGreeting`` for what is no sound, cut, damaged, silent, or too long with its silence trimmed.
  public static func mend(
    _ bytes: [UInt8], name: String, _ options: MendingOptions = MendingOptions()
  ) throws(UnmendableGreeting) -> MendedGreeting {
    let whole = GreetingChecker().whole(bytes, name: name)
    let before = whole.report
    let obstacles = before.findings.filter { $0.severity == .reject && !isMendable($0, whole) }
    guard obstacles.isEmpty, let stream = whole.stream, let greeting = whole.greeting else {
      throw UnmendableGreeting(before: before, findings: obstacles.isEmpty ? before.findings : obstacles)
    }
    guard greeting.facts.excessive == 0 else {
      throw UnmendableGreeting(before: before, findings: [otherScale(greeting.facts)])
    }
    let mix = ChannelMix(greeting.facts, findings: before.findings)
    guard var sound = MendedSound(greeting, of: stream, mix) else {
      throw UnmendableGreeting(before: before, findings: [silent])
    }
    var changes = mix.mends
    // The level of speech depends a little on the silence around it, so that is cut first.
    if !options.keepsSilence { changes += sound.trim() }
    let rewriting = rewriting(before, as: options.format)
    let tolerance = changes.isEmpty && rewriting.isEmpty ? tolerance : precision
    changes += sound.level(to: options.level, tolerance: tolerance).map { [$0] } ?? []
    if let obstacle = tooLong(sound.samples.count, isTrimmed: !options.keepsSilence) {
      throw UnmendableGreeting(before: before, findings: [obstacle])
    }
    if !changes.isEmpty { sound.centre() }
    changes += rewriting
    return try result(bytes, before, sound.samples, changes, options.format, ending(of: name, options.format))
  }

  /// More than this is refused unread, in bytes.
  public static var maxBytes: Int { GreetingChecker.readable }

  private static func otherScale(_ facts: SoundFacts) -> Finding {
    Finding(
      .clip, .reject,
      "\(Figures.counted(facts.excessive, .sample)) go beyond 8 times full scale: these floats are on another scale",
      remedy: "Export it again as 16-bit PCM: in a float WAV full scale is 1.")
  }

  private static let silent = Finding(
    .levelSilent, .reject, "silent: there is nothing to mend",
    remedy: "Record it again, and check that the microphone is on.")

  /// Rejections that a copy does away with.
  private static func isMendable(_ finding: Finding, _ whole: JudgedGreeting) -> Bool {
    guard let greeting = whole.greeting else { return false }
    let seconds = greeting.frames / max(1, greeting.rate)
    switch finding.id {
    case .nameExtension, .sizeLimit, .formatMismatch: return true
    // Beyond that the sound was not kept, so that what is silent of it is not known.
    case .durationLimit: return seconds < DecodedGreeting.longest
    // Silent when mixed down: the channels may not be.
    case .levelSilent:
      return whole.report.findings.contains { $0.id == .stereoCancel } && greeting.facts.powers.contains { $0 > 1e-7 }
    default: return false  // of the file, its structure or its sound: what is missing there stays missing
    }
  }

  private static func tooLong(_ samples: Int, isTrimmed: Bool) -> Finding? {
    let limits = GreetingLimits()
    let rate = Telephone.rate
    guard limits.isReached(frames: samples, rate: rate) else { return nil }
    let tenths = (samples - limits.maxSeconds * rate) / (rate / 10) + 1
    let length = Figures.seconds(Figures.time(frames: samples, rate: rate))
    let excess = Sentence.Figure.seconds(Int64(tenths), digits: 1)
    return Finding(
      .durationLimit, .reject,
      isTrimmed
        ? "\(length) are left once the silence at both ends is cut: \(excess) more must go"
        : "\(length) with its silence kept: \(excess) must go",
      remedy: isTrimmed
        ? "Shorten the text or speak it faster: a greeting stays under \(limits.maxSeconds) s."
        : "Let the silence be cut, or shorten the text: a greeting stays under \(limits.maxSeconds) s.",
      at: .seconds(limits.maxSeconds))
  }

  private static func ending(of name: String, _ format: GreetingFormat) -> String {
    let base = name.split(separator: "/").last ?? "greeting"
    let stem = NameCheck.format(ofName: name) == nil ? base : base.dropLast(4)
    return "\(stem).\(format.ending)"
  }
}

extension GreetingMender {
  /// Flaws of the structure that are gone once the file is written anew.
  private static let structural: Set<CheckID> = [
    .wavStreamed, .wavTrailing, .wavRIFFSize, .mp3IndexMismatch, .mp3Tail, .mp3Trailing, .mp3Layer,
  ]

  /// Flaws of the sound that stay in it, although the check of a copy may not see them.
  private static let lasting: Set<CheckID> = [.clip, .mp3Corrupt]

  /// What floats hold beyond full scale is all there, and comes back at a lower level.
  private static func stays(_ finding: Finding, of report: GreetingReport) -> Bool {
    lasting.contains(finding.id) && !(finding.id == .clip && report.codec == "float")
  }

  private static func rewriting(_ before: GreetingReport, as format: GreetingFormat) -> [Mend] {
    var mends: [Mend] = []
    let former = description(
      before.container, before.codec, before.bitDepth, rate: before.sampleRate, channels: before.channels)
    let new =
      switch format {
      case .wav: description("WAV", "PCM", 16, rate: 8_000, channels: 1)
      case .mulaw: description("WAV", "mu-law", 8, rate: 8_000, channels: 1)
      case .mp3: description("MP3", "MPEG-2.5 Layer III", nil, rate: 8_000, channels: 1)
      }
    if former != new { mends.append(Mend(.format, "\(former) becomes \(new)")) }
    let flaws = before.findings.filter { structural.contains($0.id) }.map(\.id.rawValue)
    if !flaws.isEmpty {
      mends.append(Mend(.structure, "the file is written anew, without \(flaws)"))
    }
    return mends
  }

  /// `WAV, PCM 16-bit, 44.1 kHz stereo`
  private static func description(
    _ container: String?, _ codec: String?, _ bits: Int?, rate: Int?, channels: Int?
  ) -> Sentence {
    let coding = codec.map { codec in
      bits.flatMap { codec == "PCM" ? Sentence("\(codec) \($0)-bit") : nil } ?? Sentence("\(codec)")
    }
    let kilohertz = rate.map { Sentence("\(decimal(kilo: $0)) kHz") }
    let layout = channels.map { count in
      count == 1 ? Sentence("mono") : count == 2 ? Sentence("stereo") : Sentence("\(count) channels")
    }
    let parts = [
      container.map { Sentence("\($0)") }, coding,
      kilohertz.flatMap { kilohertz in layout.map { Sentence("\(kilohertz) \($0)") } } ?? kilohertz ?? layout,
    ]
    return Sentence("\(parts.compactMap { $0 })")
  }

  /// A thousandth with as many decimals as there are: 44,100 Hz are `44.1` kHz.
  private static func decimal(kilo hertz: Int) -> Sentence.Figure {
    var (steps, digits) = (Int64(hertz), 3)
    while digits > 0, steps % 10 == 0 { (steps, digits) = (steps / 10, digits - 1) }
    return .decimal(steps, digits: digits)
  }

  private static func result(
    _ bytes: [UInt8], _ before: GreetingReport, _ samples: [Float], _ changes: [Mend], _ format: GreetingFormat,
    _ name: String
  ) throws(UnmendableGreeting) -> MendedGreeting {
    guard let copy = changes.isEmpty ? bytes : GreetingEncoder.encode(samples, as: format) else {
      let finding = Finding(
        .decodeMismatch, .reject, "this libsndfile writes no \(format.rawValue)", remedy: "Use --format wav.")
      throw UnmendableGreeting(before: before, findings: [finding])
    }
    var after = GreetingChecker().check(bytes: copy, name: name)
    let rejections = after.findings.filter { $0.severity == .reject }
    guard rejections.isEmpty else { throw UnmendableGreeting(before: before, findings: rejections) }
    let known = Set(after.findings.map(\.id))
    after.findings += before.findings.filter { stays($0, of: before) && !known.contains($0.id) }.map(withoutPlace)
    after.findings.sort { $0.id < $1.id }
    return MendedGreeting(bytes: copy, changes: changes, before: before, after: after)
  }

  /// Times of the former file are none of the copy's.
  private static func withoutPlace(_ finding: Finding) -> Finding {
    var finding = finding
    finding.at = nil
    finding.said = Sentence("was in the original and stays: \(finding.said)")
    return finding
  }
}
