import Runs
import VerificationCore

extension Moment {
  /// nil for a kind that is not known here.
  init?(_ json: JSONValue) throws(StreamMistake) {
    guard let what = try What(json) else { return nil }
    self.init(
      at: Milliseconds(Int64(try json.number("at"))), verification: try json.optionalNumber("verification") ?? 1, what)
  }
}

extension Moment.What {
  fileprivate init?(_ json: JSONValue) throws(StreamMistake) {
    let name = try json.text("what")
    if let plain = Self.plain[name] {
      self = plain
      return
    }
    guard let call = try Self.ofCall(name, json) else {
      guard let page = try Self.ofPage(name, json) else { return nil }
      self = page
      return
    }
    self = call
  }

  /// Those that their name says whole.
  private static let plain: [String: Moment.What] = {
    let all: [Moment.What] = [
      .answer, .unanswered, .dialledExtension, .cancel, .textLost, .textRejected, .reply, .typed, .resend, .codeExpired,
      .codeRefused,
    ]
    return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  }()

  private static func ofCall(_ name: String, _ json: JSONValue) throws(StreamMistake) -> Self? {
    switch name {
    case "dial":
      .dial(who: try json.text("who"), number: try json.text("number"), callerID: try json.text("callerID"))
    case "ring": .ring(shows: try json.optionalText("shows"))
    case "failed": .failed(reason: try json.text("reason"), sip: try json.optionalNumber("sip"))
    case "message":
      .message(
        try json.recording("recording"), until: try json.optionalNumber("until").map { Milliseconds(Int64($0)) },
        isCut: try json.flag("cut"))
    case "spokenExtension":
      .spokenExtension(digits: try json.text("digits"), length: Milliseconds(Int64(try json.number("length"))))
    case "key": .key(try json.optionalText("key"))
    case "wrong":
      .wrong(reason: try json.text("reason"), text: try json.text("text"), number: try json.number("number"))
    case "ignored": .ignored(reason: try json.text("reason"), text: try json.text("text"))
    case "pin": .pin(isRight: try json.flag("right"))
    case "outcome": .outcome(try json.text("outcome"))
    case "hangUp": .hangUp(by: try json.word("by"))
    case "machine":
      .machine(
        does: try json.text("does"), length: try json.optionalNumber("length").map { Milliseconds(Int64($0)) })
    default: nil
    }
  }

  private static func ofPage(_ name: String, _ json: JSONValue) throws(StreamMistake) -> Self? {
    switch name {
    case "decided": .decided(who: try json.text("who"), outcome: try json.text("outcome"))
    case "record": .record(kind: try json.text("kind"), text: try json.text("text"))
    case "ask": .ask(who: try json.text("who"), method: try json.text("method"))
    case "textSent": .textSent(number: try json.text("number"), code: try json.number("code"))
    case "text": .text(try Moment.Text(json))
    case "notify": .notify(device: try json.text("device"))
    case "device": .device(try json.optionalText("device"), answer: try json.text("answer"))
    case "pinIsReportCode": .pinIsReportCode(who: try json.text("who"))
    case "refused": .refused(text: try json.text("text"))
    default: nil
    }
  }
}

extension Moment.Text {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    self.init(
      sender: try json.optionalText("sender"), language: try json.text("language"), encoding: try json.text("encoding"),
      segments: try json.number("segments"), isReordered: try json.flag("reordered"), words: try json.text("words"))
  }
}

extension JSONValue {
  func recording(_ key: String) throws(StreamMistake) -> RecordingKey {
    let text = try text(key)
    guard let recording = RecordingKey(text) else {
      throw StreamMistake("\"\(key)\" is no key of a recording, as greetingStandard/fr/default is one")
    }
    return recording
  }
}
