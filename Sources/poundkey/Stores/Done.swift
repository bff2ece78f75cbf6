import Reports
import VerificationCore

/// What a verb that changes something says: a line for people, or one JSON object.
struct Done {
  let what: String
  let upn: UPN?
  let text: String
  var more: [(key: String, value: JSONLine.Value)] = []

  func tell(json: Bool, at now: Instant) {
    guard json else { return Output.line("\(Output.style.green("✓")) \(Printable.text(text))") }
    let members: [(key: String, value: JSONLine.Value)] = [
      ("done", .text(what)), ("at", .text("\(now)")), ("user", upn.map { .text($0.text) } ?? .null),
    ]
    Output.line(JSONLine(members + more).text)
  }
}
