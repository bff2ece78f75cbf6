public import VerificationCore

/// A journal as a captioned transcript: what is heard, what is pressed, what is decided.
public struct JournalText: Sendable {
  private let style: Style
  private let start: Instant
  private let width: Int

  /// - Parameters:
  ///   - start: times are counted from here.
  ///   - width: captions are wrapped to so many columns.
  public init(style: Style = .plain, start: Instant, width: Int = 80) {
    self.style = style
    self.start = start
    self.width = width
  }

  /// The lines of one entry; none for what only matters to machines.
  public func lines(_ entry: JournalEntry) -> [String] {
    guard let text = text(entry.fact) else { return [] }
    let time = style.dim((entry.at - start).stopwatch)
    let captions = caption(entry.fact).map { "           \(style.dim($0))" }
    return ["\(time)  \(text)"] + captions
  }

  private func caption(_ fact: JournalFact) -> [String] {
    guard case .started(let recording, _) = fact, let script = recording.script else { return [] }
    let lines = Wrapping.wrap(script, width: width - 13)
    return lines.enumerated().map { index, line in
      (index == 0 ? "“" : " ") + line + (index == lines.count - 1 ? "”" : "")
    }
  }

  /// One fact in a few words.
  public func text(_ fact: JournalFact) -> String? {
    switch fact {
    case .signInRefused(let upn, let outcome): style.red("✗ sign-in of \(upn) refused: \(outcome.rawValue)")
    case .dialling(let upn, let number, let callerID): "☎ calling \(upn) at \(number) from \(callerID)"
    case .ringing(let callerID): "  the telephone rings and shows \(callerID ?? "unknown")"
    case .answered: "  answered"
    case .failed(let failure): style.red("✗ not put through: \(Self.words(failure))")
    case .rungOut: style.red("✗ nobody answered")
    case .started(let recording, _):
      "♪ \(style.bold(recording.message.rawValue)) (\(recording.language), \(recording.source.rawValue), "
        + "\(recording.length))"
    case .ended(_, _, let stopped): stopped ? style.dim("  the message stops") : nil
    case .speakingExtension(let digits, _): "♪ the extension, spoken: \(digits.map(String.init).joined(separator: " "))"
    case .sendingExtension: "⌁ the extension, dialled as tones"
    case .key(let key): style.yellow("⌨ key \(key.map(\.description) ?? "•")")
    case .noted(.wrongEntry(let reason, let number)):
      style.red("✗ wrong entry \(number): \(reason.explanation)")
    case .noted(.ignored(.stale)): nil
    case .noted(.ignored(let reason)): style.dim("  ignored: \(reason.explanation)")
    case .checkedPIN(let matched): matched ? style.green("✓ the PIN is right") : style.red("✗ the PIN is wrong")
    case .concluded(let outcome):
      outcome == .approved ? style.green("✓ approved") : style.red("■ \(outcome.rawValue)")
    case .tenant(let event): record(event)
    case .personHungUp: "  the person hangs up"
    case .lineDropped: style.red("✗ the network drops the call")
    case .machineSpeaks(let length): "  an answering machine speaks for \(length)"
    case .machineBeeps: "  beep"
    case .machineRecords: "  the answering machine records what it hears"
    case .serviceHungUp: "  the service hangs up"
    case .cancelledAtPage: "  cancelled at the sign-in page"
    }
  }

  private func record(_ event: TenantEvent) -> String? {
    switch event {
    case .signInRecorded(let record): "▤ sign-in record: \(record.text) (\(record.errorCode))"
    case .fraudReported(let report): "▤ fraud reported by \(report.upn)"
    case .userBlocked(let block): style.red("▤ \(block.upn) is blocked until \(block.until): \(block.reason)")
    case .userUnblocked(let upn, let reason): "▤ \(upn) is unblocked: \(reason)"
    case .wrongPINCounted(let upn, let lockout):
      lockout.lockedUntil.map { style.red("▤ \(upn) is locked until \($0)") }
        ?? "▤ wrong PIN \(lockout.wrongPINs) in a row"
    case .wrongPINsForgiven, .callPlaced: nil
    }
  }

  private static func words(_ failure: DialFailure) -> String {
    switch failure {
    case .busy: "busy"
    case .rejected: "declined"
    case .noAnswer: "no answer"
    case .invalidNumber: "the number is not valid"
    case .carrier(let status): "the carrier failed (SIP \(status))"
    }
  }
}
