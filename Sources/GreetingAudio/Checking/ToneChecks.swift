import VerificationCore

/// Tones in a greeting that machines on the line act on.
extension SoundCheck {
  static let toneChecks = [toneDTMF, toneFax, toneAnswer]

  /// Digits that are named with their time.
  private static let listed = 5

  static let toneDTMF = SoundCheck { greeting, _ in
    guard let digits = greeting.measures?.digits, let first = digits.first else { return nil }
    let at = Telephone.time(ofSample: first.span.lowerBound)
    let named = digits.prefix(listed).map {
      Sentence("\($0.key) at \(Figures.seconds(Telephone.time(ofSample: $0.span.lowerBound)))")
    }
    return Finding(
      .toneDTMF, .warn,
      digits.count > listed
        ? "keypad tones are in the sound: \(named) and \(digits.count - listed) more; they can be taken for the caller's keys"
        : "keypad tones are in the sound: \(named); they can be taken for the caller's keys",
      remedy: "\(remedy(at))", at: at)
  }

  static let toneFax = SoundCheck { greeting, _ in
    signalling(.calling, greeting, .toneFax, "the calling tone of a fax, 1,100 Hz", "the call can be handed to a fax")
  }

  static let toneAnswer = SoundCheck { greeting, _ in
    signalling(
      .answer, greeting, .toneAnswer, "the answer tone of a fax or modem, 2,100 Hz",
      "the network can switch off echo control")
  }

  /// The first such tone stands for all.
  private static func signalling(
    _ kind: SignallingTone.Kind, _ greeting: DecodedGreeting, _ id: CheckID, _ name: Phrasing, _ harm: Phrasing
  ) -> Finding? {
    guard let tone = greeting.measures?.signallingTones.first(where: { $0.kind == kind }) else { return nil }
    let at = Telephone.time(ofSample: tone.span.lowerBound)
    let length = Telephone.time(ofSample: tone.span.count)
    return Finding(
      id, .warn,
      "\(name.sentence), sounds for \(Figures.seconds(length)) from \(Figures.seconds(at)) on: \(harm.sentence)",
      remedy: "\(remedy(at))", at: at)
  }

  private static func remedy(_ at: Duration) -> Sentence {
    Sentence(at < .milliseconds(100) ? "Cut the tones out." : "Cut at \(Figures.tenths(at)), or cut the tones out.")
  }
}
