/// A tone by which machines greet each other, and that calls may be handed to a fax for.
struct SignallingTone: Hashable, Sendable {
  enum Kind: Hashable, Sendable, CaseIterable {
    /// The calling tone of a fax, 1,100 Hz (ITU-T T.30).
    case calling
    /// The answer tone of a fax or modem, 2,100 Hz, with or without phase reversals (ITU-T V.25).
    case answer

    var hertz: Double {
      switch self {
      case .calling: 1_100
      case .answer: 2_100
      }
    }

    /// In hertz, either way.
    var tolerance: Double {
      switch self {
      case .calling: 38
      case .answer: 15
      }
    }
  }

  let kind: Kind
  /// In samples at 8 kHz.
  let span: Range<Int>
}
