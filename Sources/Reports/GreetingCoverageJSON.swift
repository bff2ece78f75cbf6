public import VerificationCore

extension GreetingCoverage {
  /// One line of JSON. The order of the keys is fixed, every key is always there.
  public var jsonLine: String {
    let languages = columns.map { column in
      JSONLine([("language", .text(column.language.tag)), ("speakers", .texts(column.speakers.map(\.text)))])
    }
    let gaps = gaps.map { gap in
      JSONLine([
        ("language", .text(gap.language.tag)), ("heard", .text(gap.heard.tag)),
        ("messages", .texts(gap.messages.map(\.rawValue))), ("hearers", .texts(gap.hearers.map(\.text))),
      ])
    }
    return JSONLine([
      ("tenant", .text(tenant)), ("languages", .list(languages.map(JSONLine.Value.object))),
      ("messages", .list(rows.map { .object($0.json) })), ("missing", .list(gaps.map(JSONLine.Value.object))),
      ("neverPlayed", .list(unheard.map { .object($0.json) })),
    ]).text
  }
}

extension GreetingCoverage.Row {
  fileprivate var json: JSONLine {
    let cells = cells.map { cell in
      JSONLine([
        ("language", .text(cell.language.tag)), ("covered", .flag(cell.isCovered)), ("missing", .flag(cell.isGap)),
        ("heard", .object(cell.recording.json)),
      ])
    }
    return JSONLine([
      ("message", .text(message.rawValue)), ("plays", .flag(plays)),
      ("languages", .list(cells.map(JSONLine.Value.object))),
    ])
  }
}

extension UnheardGreeting {
  fileprivate var json: JSONLine {
    let (why, instead): (String, MessageType?) =
      switch reason {
      case .neverPlays(let instead): ("messageNeverPlays", instead)
      case .replaced: ("replaced", nil)
      }
    return JSONLine([
      ("message", .text(greeting.message.rawValue)), ("language", .text(greeting.language.tag)),
      ("file", .optional(greeting.file)), ("reason", .text(why)), ("heardInstead", .optional(instead?.rawValue)),
    ])
  }
}
