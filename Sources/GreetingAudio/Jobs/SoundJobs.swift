import VerificationCore

/// A sound on its way from another process, or why there is none. The samples travel beside it, four bytes each.
enum SoundOutcome: Codable {
  case sound(rate: Int)
  case undecodable([Finding])

  static func packed(_ work: () throws(UndecodableSound) -> MonoSound) -> [UInt8] {
    do {
      let sound = try work()
      return Parcel(SoundOutcome.sound(rate: sound.rate), bytes: sound.samples.withUnsafeBytes { Array($0) }).packed
    } catch {
      return Parcel(SoundOutcome.undecodable(error.findings)).packed
    }
  }

  static func unpacked(_ answer: Result<[UInt8], FailedJob>) throws(UndecodableSound) -> MonoSound {
    switch answer.unpacked(SoundOutcome.self) {
    case .failure(let failure): throw UndecodableSound(findings: [failure.finding])
    case .success(let parcel):
      switch parcel.value {
      case .undecodable(let findings): throw UndecodableSound(findings: findings)
      case .sound(let rate): return MonoSound(samples: samples(parcel.bytes), rate: max(1, rate))
      }
    }
  }

  private static func samples(_ bytes: [UInt8]) -> [Float] {
    bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count & ~3, by: 4).map { bytes.loadUnaligned(fromByteOffset: $0, as: Float.self) }
    }
  }
}

extension SoundDecoder {
  /// Decoding for playing as a job for another process.
  public static func job(_ bytes: [UInt8]) -> [UInt8] { KnownJobs.packed(.decode, bytes) }

  /// - Throws: as ``decode(_:)``; that the other process failed is a finding.
  public static func sound(answer: Result<[UInt8], FailedJob>) throws(UndecodableSound) -> MonoSound {
    try SoundOutcome.unpacked(answer)
  }
}

extension TelephonePreview {
  /// The preview of a content as a job for another process.
  public static func job(_ bytes: [UInt8], law: Law = .mu) -> [UInt8] {
    KnownJobs.packed(.preview(law), bytes)
  }

  /// - Throws: as ``render(_:law:)``; that the other process failed is a finding.
  public static func sound(answer: Result<[UInt8], FailedJob>) throws(UndecodableSound) -> MonoSound {
    try SoundOutcome.unpacked(answer)
  }
}
