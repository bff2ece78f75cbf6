import ScenarioModel
import VerificationCore

/// Writes what must hold.
enum ExpectationWriter {
  /// For a file: a line an entry, and one a record.
  static func lines(_ expect: Expectation) -> [String] {
    var others = expect
    others.records = []
    return entries(others) + (expect.records.isEmpty ? [] : ["records:"] + expect.records.map { "  - \(record($0))" })
  }

  /// One key an entry, each on one line.
  static func entries(_ expect: Expectation) -> [String] {
    var entries: [String] = []
    if let result = expect.result { entries.append("result: \(result.value?.rawValue ?? "none")") }
    if let other = expect.notResult { entries.append("result: {not: \(other.value?.rawValue ?? "none")}") }
    let user = self.user(expect.user)
    if !user.isEmpty { entries.append("user: {\(user.joined(separator: ", "))}") }
    if let callerID = expect.callerID { entries.append("callerID: \(Quoted.presence(callerID.value))") }
    if let notified = expect.notified { entries.append("notified: \(Quoted.list(notified.value))") }
    if !expect.why.isEmpty {
      entries.append("why: [\(expect.why.map { Quoted.matcher($0.value) }.joined(separator: ", "))]")
    }
    if !expect.records.isEmpty {
      entries.append("records: [\(expect.records.map(record).joined(separator: ", "))]")
    }
    if let length = expect.length?.value {
      let most = length.upperBound == Milliseconds(.max) ? "" : ", max: \(length.upperBound.decimalSeconds)s"
      entries.append("length: {min: \(length.lowerBound.decimalSeconds)s\(most)}")
    }
    if let snapshot = expect.snapshot { entries.append("snapshot: \(Quoted.text(snapshot.value))") }
    return entries
  }

  private static func record(_ record: RecordExpectation) -> String {
    let times = record.times == .atLeastOne ? "" : ", times: \(Quoted.count(record.times))"
    return "{\(record.kind.rawValue): \(Quoted.matcher(record.text.value))\(times)}"
  }

  private static func user(_ user: UserExpectation) -> [String] {
    var entries: [String] = []
    if let upn = user.upn { entries.append("upn: \(upn.value)") }
    let flags = [
      ("blocked", user.blocked), ("locked", user.locked), ("reported", user.reported), ("enabled", user.enabled),
      ("mustRegister", user.mustRegister),
    ]
    entries += flags.compactMap { name, flag in flag.map { "\(name): \($0.value)" } }
    if let risk = user.atRisk { entries.append("risk: \(risk.value ? "high" : "none")") }
    if let methods = user.methods {
      entries.append("methods: [\(methods.value.map(\.rawValue).joined(separator: ", "))]")
    }
    return entries
  }
}
