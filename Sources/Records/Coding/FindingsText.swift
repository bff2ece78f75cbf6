import VerificationCore

/// The reasons of a sign-in record as JSON: `[["account",null,"the account is enabled"]]`.
///
/// One with figures has its template, and the figures behind it: `["location",null,"{1} is in no trusted
/// range",["203.0.113.7"]]`. Until the step "sentences" of the schema each was written out, and reads as a template
/// without figures.
enum Findings {
  static func json(_ findings: [SignInFinding]) -> JSONText {
    var json = JSONText()
    json.add(findings) { $0.add($1) }
    return json
  }

  static func findings(_ cells: Cells, _ index: Int) throws(Damage) -> [SignInFinding] {
    var json = JSONReading(try cells.utf8(index))
    guard let findings = json.list({ finding(&$0) }), json.isAtEnd else { throw cells.damage }
    return findings
  }

  private static func finding(_ json: inout JSONReading) -> SignInFinding? {
    guard json.take("["), let gate = json.string().flatMap(SignInGate.init), json.take(","),
      let name = json.stringOrNull(), json.take(","), let reason = json.sentence(depth: 0), json.take("]")
    else { return nil }
    guard let name else { return SignInFinding(gate, nil, kept: reason) }
    return Outcome(rawValue: name).map { SignInFinding(gate, $0, kept: reason) }
  }
}

extension JSONText {
  fileprivate mutating func add(_ finding: SignInFinding) {
    put("[")
    add(finding.gate.rawValue)
    put(",")
    add(finding.outcome?.rawValue)
    put(",")
    add(finding.said)
    put("]")
  }

  /// The template; a comma and the figures, where there are any.
  private mutating func add(_ sentence: Sentence) {
    add(sentence.template)
    let figures = sentence.figures
    guard !figures.isEmpty else { return }
    put(",")
    add(figures) { $0.add($1) }
  }

  /// Texts are strings; all else is a list that begins with a letter.
  private mutating func add(_ figure: Sentence.Figure) {
    switch figure {
    case .text(let text): add(text)
    case .count(let count, let isGrouped): addList(isGrouped ? "g" : "c", count)
    case .instant(let time): addList("i", time)
    case .day(let day):
      begin("y")
      add(day)
      put("]")
    case .decimal(let steps, let digits): addList("d", steps, Int64(digits))
    case .seconds(let steps, let digits): addList("s", steps, Int64(digits))
    case .percent(let steps, let digits): addList("p", steps, Int64(digits))
    case .sentence(let sentence):
      begin("t")
      add(sentence)
      put("]")
    case .list(let figures):
      begin("l")
      add(figures) { $0.add($1) }
      put("]")
    }
  }

  private mutating func addList(_ letter: String, _ numbers: Int64...) {
    put("[")
    add(letter)
    for number in numbers {
      put(",")
      add(number)
    }
    put("]")
  }

  private mutating func begin(_ letter: String) {
    put("[")
    add(letter)
    put(",")
  }
}

extension JSONReading {
  /// Sentences within sentences go no deeper than this.
  private static var deepest: Int { 8 }

  fileprivate mutating func sentence(depth: Int) -> Sentence? {
    guard depth < Self.deepest, let template = string() else { return nil }
    guard take(",") else { return Sentence(template: template, figures: []) }
    return list { $0.figure(depth: depth + 1) }.flatMap { Sentence(template: template, figures: $0) }
  }

  private mutating func figure(depth: Int) -> Sentence.Figure? {
    guard depth < Self.deepest else { return nil }
    guard take("[") else { return string().map { .text($0) } }
    guard let letter = string(), take(","), let figure = figure(letter, depth: depth), take("]") else { return nil }
    return figure
  }

  private mutating func figure(_ letter: String, depth: Int) -> Sentence.Figure? {
    switch letter {
    case "g": integer().map { .count($0, isGrouped: true) }
    case "c": integer().map { .count($0, isGrouped: false) }
    case "i": integer().map { .instant($0) }
    case "y": string().map { .day($0) }
    case "d": steps().map { .decimal($0, digits: $1) }
    case "s": steps().map { .seconds($0, digits: $1) }
    case "p": steps().map { .percent($0, digits: $1) }
    case "t": sentence(depth: depth + 1).map { .sentence($0) }
    case "l": list { $0.figure(depth: depth + 1) }.map { .list($0) }
    default: nil
    }
  }

  private mutating func steps() -> (Int64, Int)? {
    guard let steps = integer(), take(","), let digits = integer(), (0...18).contains(digits) else { return nil }
    return (steps, Int(digits))
  }
}
