import VerificationCore

/// A tenant as the events that make it anew, in one text: a line an event, `["userBlocked","helga@larkspur.example",{...}]`.
enum CheckpointBody {
  static func json(_ holding: Holding) -> JSONText {
    var json = JSONText()
    for part in holding.recreation {
      guard let coded = CodedEvent(part.event, keeping: part.kept) else { continue }
      json.put("[")
      json.add(coded.kind)
      json.put(",")
      json.add(coded.upn?.text)
      json.put(",")
      coded.body.add(to: &json)
      json.put("]")
      json.put("\n")
    }
    return json
  }

  /// - Throws: where a line is none.
  static func apply(_ cells: Cells, _ index: Int, to holding: inout Holding) throws(Damage) {
    var json = JSONReading(try cells.utf8(index))
    while !json.isAtEnd {
      guard let coded = line(&json), let event = coded.event() else { throw cells.damage }
      holding.apply(event, keeping: coded.body.kept)
    }
  }

  private static func line(_ json: inout JSONReading) -> CodedEvent? {
    guard json.take("["), let kind = json.string(), json.take(","), let upn = json.stringOrNull(), json.take(","),
      let body = EventBody(&json), json.take("]"), json.take("\n")
    else { return nil }
    guard let text = upn else { return CodedEvent(kind: kind, upn: nil, body: body) }
    return UPN(text).map { CodedEvent(kind: kind, upn: $0, body: body) }
  }
}
