import Runs
import VerificationCore

/// A moment in a few words, as a caption says it.
struct MomentWords {
  /// What kind of caption it is, for its colour and its mark.
  enum Tone: String { case plain, heard, key, good, bad, quiet, written }

  let tone: Tone
  let text: String
  /// What was said or written, word by word.
  var quote: String?

  private init(_ tone: Tone, _ text: String, quote: String? = nil) {
    (self.tone, self.text, self.quote) = (tone, text, quote)
  }

  init(_ moment: Moment, recordings: [RecordingKey: RecordingRecord]) {
    switch moment.what {
    case .message(let key, let until, let isCut):
      let end = until.map { isCut ? ", cut after \(($0 - moment.at).short)" : "" } ?? ", still playing at the end"
      self.init(
        .heard, "\(key.message) (\(key.language), \(Self.source(key))\(end))",
        quote: recordings[key]?.script)
    case .text(let text):
      let parts = text.segments == 1 ? "1 segment" : "\(text.segments) segments"
      let order = text.isReordered ? ", out of order" : ""
      self.init(
        .heard, "a text from \(text.sender ?? "unknown") (\(text.language), \(text.encoding), \(parts)\(order))",
        quote: text.words)
    default: self = Self.ofCall(moment.what) ?? Self.ofPage(moment.what)
    }
  }

  private static func source(_ key: RecordingKey) -> String {
    switch key.source {
    case .default: "default"
    case .custom: "custom"
    }
  }

  private static func ofCall(_ what: Moment.What) -> Self? {
    switch what {
    case .dial(let who, let number, let callerID): Self(.plain, "calling \(who) at \(number) from \(callerID)")
    case .ring(let shows): Self(.plain, "the telephone rings and shows \(shows ?? "unknown")")
    case .answer: Self(.plain, "answered")
    case .failed(let reason, let sip):
      Self(.bad, "not put through: \(failures[reason] ?? reason)\(sip.map { " (SIP \($0))" } ?? "")")
    case .unanswered: Self(.bad, "nobody answered")
    case .spokenExtension(let digits, _):
      Self(.heard, "the extension, spoken: \(digits.map(String.init).joined(separator: " "))")
    case .dialledExtension: Self(.plain, "the extension, dialled as tones")
    case .key(let key): Self(.key, key.map { "key \($0)" } ?? "a key, not shown")
    case .wrong(_, let text, let number): Self(.bad, "wrong entry \(number): \(text)")
    case .ignored(_, let text): Self(.quiet, "ignored: \(text)")
    case .pin(let isRight): isRight ? Self(.good, "the PIN is right") : Self(.bad, "the PIN is wrong")
    case .outcome(let outcome): Self(outcome == "approved" ? .good : .bad, outcome)
    case .hangUp(.person): Self(.plain, "the person hangs up")
    case .hangUp(.service): Self(.plain, "the service hangs up")
    case .hangUp(.network): Self(.bad, "the network drops the call")
    case .machine(let does, let length):
      Self(.plain, "an answering machine \(does)\(length.map { " for \($0.short)" } ?? "")")
    default: nil  // at the page, or written down
    }
  }

  private static let failures = [
    "busy": "busy", "rejected": "declined", "noAnswer": "no answer", "invalidNumber": "the number is not valid",
    "carrier": "the carrier failed",
  ]

  private static func ofPage(_ what: Moment.What) -> Self {
    switch what {
    case .decided(let who, let outcome): Self(.plain, "sign-in of \(who) decided without asking: \(outcome)")
    case .record(_, let text): Self(.written, text)
    case .cancel: Self(.plain, "cancelled at the sign-in page")
    case .ask(let who, let method):
      Self(.plain, "the page asks \(who) for \(Method(rawValue: method)?.words ?? method)")
    case .textSent(let number, let code): Self(.plain, "code \(code) is texted to \(number)")
    case .textLost: Self(.bad, "the network loses the text")
    case .textRejected: Self(.bad, "the carrier rejects the text")
    case .reply: Self(.plain, "the person answers the text")
    case .typed: Self(.key, "something is typed at the page, not shown")
    case .resend: Self(.plain, "another code is asked for")
    case .notify(let device): Self(.heard, "notification on \(device)")
    case .device(let device, let answer): Self(.key, "\(device ?? "security key"): \(answers[answer] ?? answer)")
    case .codeExpired: Self(.quiet, "the code expires")
    case .codeRefused: Self(.bad, "refused: this code has expired")
    case .pinIsReportCode(let who): Self(.bad, "the PIN of \(who) is now the report code: in a call the report wins")
    case .refused(let text): Self(.bad, "refused: \(text)")
    default: Self(.plain, what.name)  // of a call
    }
  }

  private static let answers = [
    "approved": "approved", "wrongNumber": "approved with the wrong number", "declined": "declined",
    "reported": "reported as fraud",
  ]
}
