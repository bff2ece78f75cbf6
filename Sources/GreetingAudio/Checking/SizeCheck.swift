import VerificationCore

/// `size.empty`, `size.limit`, `size.near`.
enum SizeCheck {
  /// What forbids reading on; nil for a size in order.
  static func rejection(ofSize size: some BinaryInteger, _ limits: GreetingLimits) -> Finding? {
    if size == 0 {
      return Finding(.sizeEmpty, .reject, "the file is empty: 0 bytes", remedy: "\(Remedy.upload)")
    }
    guard size > limits.maxBytes else { return nil }
    return Finding(
      .sizeLimit, .reject,
      "\(Figures.grouped(size)) bytes: \(Figures.grouped(Int64(size) - Int64(limits.maxBytes))) over the limit of \(Figures.grouped(limits.maxBytes))",
      remedy: "Export it again as 8 kHz mono WAV, 16-bit PCM, as `poundkey greeting fix` does: 20 s take 320,044 bytes."
    )
  }

  /// - Parameter duration: nil while unknown; then the message does without it.
  static func warning(ofSize size: Int, duration: Duration?, _ limits: GreetingLimits) -> Finding? {
    guard size >= limits.nearBytes, size <= limits.maxBytes else { return nil }
    let (bytes, limit) = (Figures.grouped(size), Figures.grouped(limits.maxBytes))
    let whole = duration.map { Figures.seconds($0 * (Double(limits.maxBytes) / Double(size))) }
    return Finding(
      .sizeNear, .warn,
      whole.map { "\(bytes) bytes: the limit of \(limit) is near, it holds \($0) at this format" }
        ?? "\(bytes) bytes: the limit of \(limit) is near",
      remedy: "\(Remedy.export)")
  }
}
