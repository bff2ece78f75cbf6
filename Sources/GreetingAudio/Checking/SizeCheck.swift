import VerificationCore

/// `size.empty`, `size.limit`, `size.near`.
enum SizeCheck {
  /// What forbids reading on; nil for a size in order.
  static func rejection(ofSize size: some BinaryInteger, _ limits: GreetingLimits) -> Finding? {
    if size == 0 {
      return Finding(.sizeEmpty, .reject, "the file is empty: 0 bytes", remedy: Remedy.upload)
    }
    guard size > limits.maxBytes else { return nil }
    return Finding(
      .sizeLimit, .reject,
      "\(Figures.grouped(size)) bytes: \(Figures.grouped(Int64(size) - Int64(limits.maxBytes))) over the limit of"
        + " \(Figures.grouped(limits.maxBytes))",
      remedy: "Export it again as 8 kHz mono WAV, 16-bit PCM, as `poundkey greeting fix` does: 20 s take 320,044 bytes."
    )
  }

  /// - Parameter duration: nil while unknown; then the message does without it.
  static func warning(ofSize size: Int, duration: Duration?, _ limits: GreetingLimits) -> Finding? {
    guard size >= limits.nearBytes, size <= limits.maxBytes else { return nil }
    var message = "\(Figures.grouped(size)) bytes: the limit of \(Figures.grouped(limits.maxBytes)) is near"
    if let duration {
      let whole = duration * (Double(limits.maxBytes) / Double(size))
      message += ", it holds \(Figures.seconds(whole)) at this format"
    }
    return Finding(.sizeNear, .warn, message, remedy: Remedy.export)
  }
}
