import Console
import GreetingAudio
import Records
import Reports
import Synchronization
import VerificationCore

/// The greetings of a store. Files are looked into by helper processes, whoever sent them.
final class StoreGreetings: GreetingDesk {
  private let store: DeskStore
  private let sounds: GreetingSounds
  private let helpers = BlockingWork("greetings")
  /// Of files that are named by their content, or are our own: what was found out about them holds.
  private let known = Mutex<[String: GreetingPortrait]>([:])
  /// A portrait takes some 40 kB.
  private static let capacity = 128

  let limits = SoundLimits(greeting: GreetingLimits().maxBytes, upload: 16 << 20)

  init(_ store: DeskStore, _ sounds: GreetingSounds) { (self.store, self.sounds) = (store, sounds) }

  func table(also languages: [Language]) async throws -> GreetingTable {
    try await store.read { store, _ in
      let tenant = try store.holding().tenant
      return GreetingTable(
        tenant.greetingCoverage(also: languages),
        own: Set(tenant.greetings.map { GreetingPlace($0.message, $0.language) }))
    }
  }
}

// What plays.
extension StoreGreetings {
  func prospect(_ place: GreetingPlace) async throws -> GreetingProspect {
    try await store.read { store, _ in try store.holding().tenant.prospect(of: place.message, in: place.language) }
  }

  func facts(_ place: GreetingPlace) async throws -> GreetingFacts {
    let playing = try await playing(at: place)
    let portrait = try await self.portrait(of: playing)
    return GreetingFacts(
      place, playing.recording, isOwn: playing.isOwn, name: playing.name, report: portrait?.report)
  }

  func original(_ place: GreetingPlace) async throws -> SoundFile {
    let playing = try await playing(at: place)
    let content = try await content(of: playing)
    return SoundFile(content.starts(with: Array("RIFF".utf8)) ? .wav : .mp3, name: playing.name ?? "", bytes: content)
  }

  func asHeard(_ place: GreetingPlace) async throws -> SoundFile {
    let playing = try await playing(at: place)
    guard let file = playing.recording.file, let wave = try await sounds.wave(file, playing.recording.source) else {
      throw Self.noSound
    }
    return SoundFile(.wav, name: "\(place.message.rawValue)-\(place.language)-phone.wav", bytes: wave)
  }

  func waveform(_ place: GreetingPlace) async throws -> String {
    guard let portrait = try await portrait(of: try await playing(at: place)) else { throw Self.noSound }
    return WaveformSVG().text(portrait)
  }

  private struct Playing {
    let recording: Recording
    let isOwn: Bool
    /// As somebody would name the file; nil where there is none.
    let name: String?
  }

  private func playing(at place: GreetingPlace) async throws -> Playing {
    try await store.read { store, _ in
      let tenant = try store.holding().tenant
      let recording = tenant.greetingChoice.recording(for: place.message, languages: [place.language])
      let ending = recording.file?.split(separator: ".").last.map(String.init)
      return Playing(
        recording: recording,
        isOwn: tenant.greetings.contains { $0.message == place.message && $0.language == place.language },
        name: ending.map { "\(place.message.rawValue)-\(recording.language).\($0)" })
    }
  }

  private static let noSound = DeskRefusal(
    .notFound, "there is no sound of this greeting, only its length", hint: "put in a file of its own")

  private func content(of playing: Playing) async throws -> [UInt8] {
    guard let file = playing.recording.file else { throw Self.noSound }
    return try await store.read { [sounds] _, _ in
      guard let bytes = sounds.bytes(file, playing.recording.source) else { throw Self.noSound }
      return bytes
    }
  }

  /// - Returns: nil where only its length is known.
  private func portrait(of playing: Playing) async throws -> GreetingPortrait? {
    guard let file = playing.recording.file, let name = playing.name else { return nil }
    let key = "\(playing.recording.source.rawValue) \(file) \(name)"
    if let portrait = known.withLock({ $0[key] }) { return portrait }
    let content = try await content(of: playing)
    let portrait = try await help { try $0.portrait(of: content, name: name) }
    known.withLock { known in
      if known.count >= Self.capacity { known.removeAll() }
      known[key] = portrait
    }
    return portrait
  }
}

// Files that were sent.
extension StoreGreetings {
  func check(_ sound: PostedSound) async throws -> GreetingReport {
    try await help { try $0.check(sound.name, sound.bytes, GreetingChecker()) }
  }

  func waveform(of sound: PostedSound) async throws -> String {
    let portrait = try await help { try $0.portrait(of: sound.bytes, name: sound.name) }
    guard portrait.waveform != nil else {
      throw Self.refusal(.rejected, portrait.report.findings, portrait.report)
    }
    return WaveformSVG().text(portrait)
  }

  func asHeard(_ sound: PostedSound) async throws -> SoundFile {
    let heard = try await help { helpers throws -> Result<MonoSound, UndecodableSound> in
      do {
        return .success(try helpers.preview(sound.bytes, .mu))
      } catch let undecodable as UndecodableSound {
        return .failure(undecodable)
      }
    }
    switch heard {
    case .success(let heard):
      return SoundFile(.wav, name: "\(Self.stem(sound.name))-phone.wav", bytes: WAVWriter.pcm16(heard))
    case .failure(let undecodable): throw Self.refusal(.rejected, undecodable.findings, nil)
    }
  }

  func mend(_ sound: PostedSound) async throws -> MendedSound {
    let outcome = try await help { helpers throws -> Result<MendedGreeting, UnmendableGreeting> in
      do {
        return .success(try helpers.mend(sound.bytes, name: sound.name, MendingOptions()))
      } catch let unmendable as UnmendableGreeting {
        return .failure(unmendable)
      }
    }
    switch outcome {
    case .success(let mended):
      let kind: SoundFile.Kind = mended.after.container == "MP3" ? .mp3 : .wav
      let name = "\(Self.stem(sound.name))-mended.\(kind == .mp3 ? "mp3" : "wav")"
      return MendedSound(SoundFile(kind, name: name, bytes: mended.bytes), changes: mended.changes)
    case .failure(let unmendable): throw Self.refusal(.refused, unmendable.findings, unmendable.before)
    }
  }

  func put(_ sound: PostedSound, at place: GreetingPlace) async throws -> GreetingReport {
    let report = try await check(sound)
    guard report.verdict == .accepted else {
      throw Self.refusal(.rejected, report.findings.filter { $0.severity == .reject }, report)
    }
    let checked = CheckedGreeting(sound.bytes, accepted: report)
    let greeting = CustomGreeting(
      message: place.message, language: place.language, length: checked.length, file: checked.name)
    try await store.perform { _, _ in
      var act = AdminAct("greeting add", .addGreeting(greeting))
      act.recording = (checked.name, checked.bytes)
      return act
    }
    return report
  }

  func delete(_ place: GreetingPlace) async throws {
    try await store.perform { _, _ in AdminAct("greeting delete", .deleteGreeting(place.message, place.language)) }
  }

  /// - Throws: `DeskRefusal`.
  private func help<Result: Sendable>(
    _ work: @escaping @Sendable (GreetingHelpers) throws -> Result
  ) async throws -> Result {
    try await helpers.run {
      do {
        return try work(GreetingHelpers())
      } catch {
        throw DeskRefusal(.busy, "no helper process could look into the file", hint: "try again")
      }
    }
  }

  private static func refusal(
    _ kind: DeskRefusal.Kind, _ findings: [Finding], _ report: GreetingReport?
  ) -> DeskRefusal {
    DeskRefusal(
      kind,
      findings.first.map { "\(findings.dropFirst().reduce($0.said) { Sentence("\($0); \($1.said)") })" }
        ?? "there is no sound in this file",
      hint: findings.first.map { "\($0.advice)" }, report: report)
  }

  private static func stem(_ name: String) -> Substring {
    name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : name[..<$0] } ?? name[...]
  }
}
