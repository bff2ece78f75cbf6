public import Runs
import VerificationCore

/// A moment by itself, as the stream of a run has it.
public enum MomentText {
  /// One JSON object, without a line's end.
  public static func json(_ moment: Moment) -> String {
    var json = JSONBytes([])
    json.write(moment)
    return String(decoding: json.taken(), as: UTF8.self)
  }

  /// Every word that says what happened; `what` in a stream.
  public static let kinds = [
    "decided", "dial", "ring", "answer", "failed", "unanswered", "message", "spokenExtension", "dialledExtension",
    "key",
    "wrong", "ignored", "pin", "outcome", "record", "hangUp", "machine", "cancel", "ask", "textSent", "text",
    "textLost",
    "textRejected", "reply", "typed", "resend", "notify", "device", "codeExpired", "codeRefused", "pinIsReportCode",
    "refused",
  ]
}

extension Moment {
  /// The word of a stream for what it is.
  public var kind: String { what.name }
}

extension JSONBytes {
  mutating func write(_ moment: Moment) {
    open()
    member("at", moment.at.count)
    if moment.verification != 1 { member("verification", moment.verification) }
    member("what", moment.what.name)
    writeDetails(moment.what)
    close()
  }

  private mutating func writeDetails(_ what: Moment.What) {
    switch what {
    case .decided(let who, let outcome):
      member("who", who)
      member("outcome", outcome)
    case .dial(let who, let number, let callerID):
      member("who", who)
      member("number", number)
      member("callerID", callerID)
    case .ring(let shows): member("shows", shows)
    case .failed(let reason, let sip):
      member("reason", reason)
      if let sip { member("sip", sip) }
    case .message(let recording, let until, let isCut):
      member("recording", recording)
      member("until", until?.count)
      member("cut", isCut)
    case .spokenExtension(let digits, let length):
      member("digits", digits)
      member("length", length.count)
    case .key(let key): member("key", key)
    case .wrong(let reason, let text, let number):
      member("reason", reason)
      member("text", text)
      member("number", number)
    case .ignored(let reason, let text):
      member("reason", reason)
      member("text", text)
    case .pin(let isRight): member("right", isRight)
    case .outcome(let outcome): member("outcome", outcome)
    case .record(let kind, let text):
      member("kind", kind)
      member("text", text)
    case .hangUp(let party): member("by", party.rawValue)
    case .machine(let does, let length):
      member("does", does)
      if let length { member("length", length.count) }
    case .ask(let who, let method):
      member("who", who)
      member("method", method)
    case .textSent(let number, let code):
      member("number", number)
      member("code", code)
    case .text(let text): writeText(text)
    case .notify(let device): member("device", device)
    case .device(let device, let answer):
      member("device", device)
      member("answer", answer)
    case .pinIsReportCode(let who): member("who", who)
    case .refused(let text): member("text", text)
    case .answer, .unanswered, .dialledExtension, .cancel, .textLost, .textRejected, .reply, .typed, .resend,
      .codeExpired, .codeRefused:
      break  // the name says it
    }
  }

  private mutating func writeText(_ text: Moment.Text) {
    member("sender", text.sender)
    member("language", text.language)
    member("encoding", text.encoding)
    member("segments", text.segments)
    member("reordered", text.isReordered)
    member("words", text.words)
  }

  /// As `RecordingKey.description`, without making that text.
  private mutating func member(_ key: String, _ recording: RecordingKey) {
    switch recording.source {
    case .default: member(key, parts: recording.message, recording.language, "default")
    case .custom: member(key, recording.description)
    }
  }
}

extension Moment.What {
  /// What it is called in a stream.
  var name: String {
    switch self {
    case .decided: "decided"
    case .dial: "dial"
    case .ring: "ring"
    case .answer: "answer"
    case .failed: "failed"
    case .unanswered: "unanswered"
    case .message: "message"
    case .spokenExtension: "spokenExtension"
    case .dialledExtension: "dialledExtension"
    case .key: "key"
    case .wrong: "wrong"
    case .ignored: "ignored"
    case .pin: "pin"
    case .outcome: "outcome"
    case .record: "record"
    case .hangUp: "hangUp"
    case .machine: "machine"
    case .cancel: "cancel"
    case .ask: "ask"
    case .textSent: "textSent"
    case .text: "text"
    case .textLost: "textLost"
    case .textRejected: "textRejected"
    case .reply: "reply"
    case .typed: "typed"
    case .resend: "resend"
    case .notify: "notify"
    case .device: "device"
    case .codeExpired: "codeExpired"
    case .codeRefused: "codeRefused"
    case .pinIsReportCode: "pinIsReportCode"
    case .refused: "refused"
    }
  }
}
