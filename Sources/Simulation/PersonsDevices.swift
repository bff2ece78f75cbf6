import VerificationCore

/// What a person has in hand beside the telephone: texts, apps on devices, a pass; and what has been used up.
///
/// Codes and passes are here and not in the tenant: the core only ever hears what a typed code turned out to be.
struct PersonsDevices: Hashable, Sendable {
  /// In the order of their arrival.
  var texts: [HeldText] = []
  /// By device: the secret that its app holds, registered still or not (REC-4).
  var apps: [AppRegistration] = []
  /// The devices that the last notification reached.
  var notified: [String] = []
  /// The codes that approved a sign-in.
  var usedCodes: [TextMessage.Code] = []
  /// The time steps whose app or token code approved a sign-in and shows still: a code is good once.
  var usedSteps: Set<CodeStep> = []
  var lastStep: CodeStep?

  struct HeldText: Hashable {
    let page: CallID
    let code: TextMessage.Code
    let shown: ArrivedText
  }

  /// One code of an app or token: whose, and of which 30 or 60 seconds.
  struct CodeStep: Hashable {
    let source: String
    let step: Int64
    let interval: Milliseconds

    /// The first instant at which another code shows.
    var end: Instant { Instant(millisecondsSince1970: step * interval.count) + interval }
  }

  /// All but the last few.
  mutating func forgetTexts() { texts = texts.suffix(10) }

  mutating func install(_ device: String, _ secret: AppSecret) {
    apps.removeAll { $0.device == device }
    apps.append(AppRegistration(device: device, secret: secret))
  }
}
