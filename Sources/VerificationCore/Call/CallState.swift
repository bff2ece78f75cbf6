/// Where a call stands: all that its future depends on, beside its policy.
///
/// No instant is kept: time lives in the timers that the call has ordered.
public struct CallState: Hashable, Sendable {
  public internal(set) var stage: Stage
  /// The last ticket handed out.
  package internal(set) var lastTicket: Ticket

  /// For the explorer, which keeps states packed.
  package init(stage: Stage, lastTicket: Ticket) {
    self.stage = stage
    self.lastTicket = lastTicket
  }

  /// A call not yet dialled.
  public static let idle = CallState(stage: .idle, lastTicket: Ticket(0))

  public enum Stage: Hashable, Sendable {
    case idle
    case ringing(Ticket)
    case reachingExtension(ExtensionStep, Ticket)
    /// Waiting for an entry; `wrongEntries` were made so far.
    case listening(Attention, wrongEntries: UInt8)
    case checkingPIN(Ticket, wrongEntries: UInt8)
    /// Fraud is reported; `1` confirms the block (REPORT-2). `speaking` until the message has ended.
    case confirmingBlock(Ticket, speaking: Bool)
    /// The outcome is known; a last message plays.
    case closing(CallOutcome, Ticket)
    case ended(CallOutcome)
  }

  /// The steps from the line that answered to the person behind it (EXT-2, EXT-3).
  public enum ExtensionStep: Hashable, Sendable {
    case introducing
    case speakingDigits
    case sendingTones
    /// `extensionPromptAfterDigits` or `extensionPrompt` plays, or (not `speaking`) its grace runs.
    case waiting(speaking: Bool)
  }

  /// What the ticket of a listening call stands for.
  public enum Attention: Hashable, Sendable {
    /// A message plays; its first key stops it.
    case message(MessageType, Ticket)
    /// The prompt has ended, its grace runs.
    case grace(Ticket)
    /// At least one key is in the buffer; the inter-digit timer runs.
    case digits(KeyEntry, Ticket)

    var ticket: Ticket {
      switch self {
      case .message(_, let ticket), .grace(let ticket), .digits(_, let ticket): ticket
      }
    }
  }

  /// The outcome, once there is one.
  public var outcome: CallOutcome? {
    switch stage {
    case .closing(let outcome, _), .ended(let outcome): outcome
    case .confirmingBlock: .fraudReported
    case .idle, .ringing, .reachingExtension, .listening, .checkingPIN: nil
    }
  }

  public var hasEnded: Bool {
    if case .ended = stage { true } else { false }
  }
}
