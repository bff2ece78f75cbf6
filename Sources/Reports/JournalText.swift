public import ScenarioModel
public import VerificationCore

/// A journal as a captioned transcript: what is heard, what is pressed, what is decided.
public struct JournalText: Sendable {
  private let style: Style
  private let start: Instant
  private let width: Int
  private let zone: ClockZone?
  private let mask: SecretMask

  /// - Parameters:
  ///   - start: times are counted from here.
  ///   - width: captions are wrapped to so many columns.
  ///   - zone: what days and hours are shown in; nil is UTC.
  ///   - mask: for what no line may show; what people type as a reason, say, may hold a PIN.
  public init(
    style: Style = .plain, start: Instant, width: Int = 80, zone: ClockZone? = nil, mask: SecretMask = SecretMask([])
  ) {
    self.style = style
    self.start = start
    self.width = width
    self.zone = zone
    self.mask = mask
  }

  /// The lines of one entry; none for what only matters to machines.
  public func lines(_ entry: JournalEntry) -> [String] {
    guard let text = text(entry.fact) else { return [] }
    let time = style.dim((entry.at - start).stopwatch)
    let captions = caption(entry.fact).map { "           \(style.dim($0))" }
    return ["\(time)  \(text)"] + captions
  }

  private func caption(_ fact: JournalFact) -> [String] {
    let words: String
    switch fact {
    case .started(let recording, _):
      guard let script = recording.script else { return [] }
      words = script
    case .textArrived(let text): words = text.maskedText
    default: return []  // nothing is said
    }
    // Before a line may end within a secret.
    let lines = Wrapping.wrap(mask(words), width: width - 13)
    return lines.enumerated().map { index, line in
      (index == 0 ? "“" : " ") + line + (index == lines.count - 1 ? "”" : "")
    }
  }

  /// One fact in a few words.
  public func text(_ fact: JournalFact) -> String? { words(fact).map { mask($0) } }

  private func words(_ fact: JournalFact) -> String? {
    switch fact {
    case .signInDecided(let upn, let outcome):
      outcome.kind == .admitted
        ? style.green("✓ sign-in of \(upn) needs no verification: \(outcome.rawValue)")
        : style.red("✗ sign-in of \(upn) refused: \(outcome.rawValue)")
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
    case .asking, .textSent, .textArrived, .textLost, .textRejected, .textReplied, .typed, .resendAsked, .notified,
      .deviceAnswered, .pageNoted, .pinIsReportCode, .refused:
      page(fact)
    }
  }

  private func page(_ fact: JournalFact) -> String? {
    switch fact {
    case .asking(let upn, let method): "▢ the page asks \(upn) for \(method.words)"
    case .textSent(let code, let number): "✉ code \(code.number) is texted to \(number)"
    case .textArrived(let text):
      "✉ a text from \(text.sender ?? "unknown") (\(text.language), \(text.encoding), "
        + "\(text.segments) \(text.segments == 1 ? "segment" : "segments")\(text.isReordered ? ", out of order" : ""))"
    case .textLost: style.red("✗ the network loses the text")
    case .textRejected: style.red("✗ the carrier rejects the text")
    case .textReplied: "  the person answers the text"
    case .typed: style.yellow("⌨ •••••• at the page")
    case .resendAsked: "  another code is asked for"
    case .notified(let device): "▯ notification on \(device)"
    case .deviceAnswered(let answer, let device): "▯ \(device ?? "security key"): \(Self.words(answer))"
    case .pageNoted(.wrongCode(let reason, let number)): style.red("✗ wrong entry \(number): \(reason.explanation)")
    case .pageNoted(.refused(.expired)): style.red("✗ refused: this code has expired")
    case .pageNoted(.codeExpired): style.dim("  the code expires")
    case .pageNoted(.ignored(let reason)): style.dim("  ignored: \(reason.explanation)")
    case .pageNoted(.resendIsOpen): nil
    case .pinIsReportCode(let upn):
      style.yellow("! the PIN of \(upn) is now the report code: in a call the report wins")
    case .refused(let refusal): style.red("✗ refused: \(refusal.explanation)")
    default: nil
    }
  }

  private static func words(_ answer: DeviceAnswer) -> String {
    switch answer {
    case .approved(numberMatches: true): "approved"
    case .approved(numberMatches: false): "approved with the wrong number"
    case .declined: "declined"
    case .reported: "reported as fraud"
    }
  }

  private func date(_ instant: Instant) -> String { zone?.text(instant) ?? "\(instant)" }

  private func record(_ event: TenantEvent) -> String? {
    switch event {
    case .signInRecorded(let record): "▤ sign-in record: \(record.text) (\(record.errorCode))"
    case .fraudReported(let report): "▤ fraud reported by \(report.upn)"
    case .userBlocked(let block): style.red("▤ \(block.upn) is blocked until \(date(block.until)): \(block.reason)")
    case .userUnblocked(let upn, let reason): "▤ \(upn) is unblocked: \(reason)"
    case .wrongPINCounted(let upn, let lockout):
      lockout.lockedUntil.map { style.red("▤ \(upn) is locked until \(date($0))") }
        ?? "▤ wrong PIN \(lockout.wrongPINs) in a row"
    case .audited(let record):
      "▤ audit record: \(record.fullText)"
    case .mailSent(let mail): "▤ mail to \(mail.to)"
    case .riskDetected(let risk): style.red("▤ \(risk.upn) is at high risk: \(risk.kind.rawValue)")
    case .riskClosed(let upn, let state): "▤ the risk of \(upn) is over: \(state.rawValue)"
    case .passIssued(let pass): "▤ \(pass.upn) has a temporary access pass until \(date(pass.until))"
    case .clientRemembered(let client): "▤ the client of \(client.upn) is remembered"
    case .gatePassed(let upn, let method, _): "▤ \(upn) has shown \(method.words) for the password reset"
    case .wrongPINsForgiven, .callPlaced, .accountEnabled, .passwordChangeForced, .passwordChanged, .sessionsRevoked,
      .registrationRequired, .methodsReset, .phoneSet, .appRegistered, .deviceRemoved, .passkeyRegistered, .passUsed,
      .passDeleted, .tokenImported, .tokenActivated, .tokenDeleted, .setUp:
      nil  // its audit record says it
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
