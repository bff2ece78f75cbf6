import ScenarioModel
import VerificationCore

/// Reads what the network does wrong.
struct FaultReader {
  private static let names = Grammar.faultNames

  let reading: Reading

  func fault(_ node: Node) -> Fault? {
    if case .scalar(let scalar) = node { return plain(scalar.string, node) }
    guard case .mapping(let mapping) = node, let (key, value) = mapping.entries.first,
      mapping.entries.count == 1, let name = reading.string(key, "fault")
    else {
      reading.report(
        "wrong-fault", "a fault is one word or one mapping", at: node, hint: "as in fault: {dropAfter: 3s}")
      return nil
    }
    switch name {
    case "voicemail": return voicemail(value)
    case "carrier": return carrier(value)
    case "dropAfter": return reading.length(value, "dropAfter").map { .dropAfter($0) }
    case "callerID": return callerID(value)
    case "digits":
      return reading.value(value, "digits", takes: "lost or doubled") {
        ["lost": .digitsLost, "doubled": .digitsDoubled][$0]
      }
    case "sms": return text(value)
    default:
      reportUnknown(name, key)
      return nil
    }
  }

  /// `sms: lost`, or `sms: {delayed: 2m}`.
  private func text(_ node: Node) -> Fault? {
    if case .mapping = node {
      guard let fields = reading.fields(node, "sms", keys: Grammar.delayedTexts.keys) else { return nil }
      guard let delayed = fields["delayed"] else {
        reading.report("missing-key", "sms needs delayed: how long?", at: node, hint: "as in {sms: {delayed: 2m}}")
        return nil
      }
      return reading.length(delayed, "delayed").map { .textsDelayed(by: $0) }
    }
    let faults: [String: Fault] = [
      "delayed": .textsDelayed(by: .minutes(2)), "lost": .textsLost, "duplicated": .textsDuplicated,
      "reordered": .segmentsReordered, "rejected": .textsRejected, "senderStripped": .textSenderStripped,
    ]
    return reading.value(
      node, "sms", takes: "delayed, lost, duplicated, reordered, rejected, senderStripped, or {delayed: 2m}"
    ) { faults[$0] }
  }

  private func plain(_ name: String, _ node: Node) -> Fault? {
    switch name {
    case "busy": return .dial(.busy)
    case "rejected": return .dial(.rejected)
    case "invalidNumber": return .dial(.invalidNumber)
    case "noAnswer": return .noAnswer
    case "voicemail": return usualVoicemail
    case "carrier": return .dial(.carrier(sipStatus: 503))
    case "none": return Fault.none
    default:
      reportUnknown(name, node)
      return nil
    }
  }

  private func reportUnknown(_ name: String, _ node: Node) {
    if Self.names.contains(name) {
      reading.report(
        "wrong-fault", "\(name) is not written like this", at: node,
        hint: "as in {dropAfter: 3s}, {callerID: stripped}, {digits: lost}, {sms: lost}")
    } else {
      reading.report(
        "unknown-fault", "unknown fault \"\(name)\"", at: node,
        hint: Suggestion.hint(for: name, among: Self.names, what: "the faults are"))
    }
  }

  private var usualVoicemail: Fault { .voicemail(answers: .seconds(20), greeting: .seconds(6), beep: true) }

  private func voicemail(_ node: Node) -> Fault? {
    guard let fields = reading.fields(node, "voicemail", keys: Grammar.voicemail.keys),
      case .voicemail(var answers, var greeting, var beep) = usualVoicemail
    else { return nil }
    if let node = fields["answers"], let length = reading.length(node, "answers") { answers = length }
    if let node = fields["greeting"], let length = reading.length(node, "greeting") { greeting = length }
    if let node = fields["beep"], let flag = reading.flag(node, "beep") { beep = flag }
    return .voicemail(answers: answers, greeting: greeting, beep: beep)
  }

  private func carrier(_ node: Node) -> Fault? {
    guard let fields = reading.fields(node, "carrier", keys: Grammar.carrier.keys) else { return nil }
    guard let code = fields["code"] else {
      reading.report("missing-key", "carrier needs a code", at: node, hint: "as in carrier: {code: 503}")
      return nil
    }
    return reading.value(code, "code", takes: "a SIP status from 400 to 699") { text in
      UInt16(text).flatMap { (400...699).contains($0) ? .dial(DialFailure(sipStatus: $0)) : nil }
    }
  }

  private func callerID(_ node: Node) -> Fault? {
    guard let text = reading.string(node, "callerID") else { return nil }
    switch text {
    case "stripped": return .callerIDStripped
    case "replaced": return .callerIDReplaced(by: "+1 2025550143")
    default:
      guard PhoneNumber(text) != nil else {
        reading.report(
          "wrong-value", "callerID cannot be \"\(text)\"", at: node, hint: "it takes stripped, replaced, or a number")
        return nil
      }
      return .callerIDReplaced(by: text)
    }
  }
}
