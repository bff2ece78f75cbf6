public import Runs
import ScenarioModel
import VerificationCore

/// Reads the lines of a stream. What a later minor version has added is passed over: keys, kinds of records and of moments.
public enum StreamReader {
  /// - Parameter line: without its end.
  /// - Returns: nil for a kind of record that is not known here.
  public static func record(_ line: [UInt8]) throws(StreamMistake) -> RunRecord? {
    let json = try JSONValue(line)
    guard case .object = json else { throw StreamMistake("a line must be an object") }
    switch try json.text("type") {
    case "run": return .run(try RunHeader(json))
    case "plan": return .plan(try PlannedFile(json))
    case "invalid": return .invalid(try InvalidFileRecord(json))
    case "recording": return .recording(try RecordingRecord(json))
    case "case": return .case(try CaseRecord(json))
    case "end": return .end(try RunEnd(json))
    default: return nil
    }
  }
}

extension RunHeader {
  /// Cases of a run; whatever claims more is not to be believed.
  fileprivate static let most = 20_000_000

  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    let version = try json.number("version")
    guard version == Self.version else {
      throw StreamMistake(
        "this stream has version \(version), and version \(Self.version) is what can be read: use the poundkey that wrote it"
      )
    }
    let plan = try json.text("plan")
    guard plan.utf8.count == 16, let hash = UInt64(plan, radix: 16) else {
      throw StreamMistake("\"plan\" must be 16 hexadecimal digits")
    }
    self.init(
      program: try json.text("program"), seed: try json.requiredSeed, clock: try json.word("clock"), plan: hash,
      cases: try json.number("cases", in: 0...Self.most), rounds: try json.number("rounds", in: 1...1_000_000),
      shuffle: try json.seed("shuffle"), shard: try Self.shard(json.optionalText("shard")))
  }

  private static func shard(_ text: String?) throws(StreamMistake) -> Shard? {
    guard let text else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), let shard = Shard(index, of: count)
    else { throw StreamMistake("\"shard\" must be like 2/7") }
    return shard
  }
}

extension JSONValue {
  fileprivate var requiredSeed: UInt64 {
    get throws(StreamMistake) {
      guard let seed = try seed("seed") else { throw StreamMistake("\"seed\" is missing") }
      return seed
    }
  }

  fileprivate func time(_ key: String) throws(StreamMistake) -> Milliseconds {
    Milliseconds(Int64(try number(key)))
  }
}

extension PlannedFile {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    self.init(
      path: try json.text("path"), title: try json.text("title"),
      cases: json["cases"] == nil ? nil : try json.texts("cases"))
  }
}

extension InvalidFileRecord {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    self.init(path: try json.text("path"), problems: try json.problems)
  }
}

extension RecordingRecord {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    self.init(
      key: try json.recording("key"), length: try json.time("length"), script: try json.optionalText("script"))
  }
}

extension RunEnd {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    self.init()
    passed = try json.number("passed")
    failed = try json.number("failed")
    skipped = try json.number("skipped")
    invalid = try json.number("invalid")
    unreadable = try json.optionalNumber("unreadable") ?? 0
    notRun = try json.number("notRun")
    stopped = try json.optionalWord("stopped")
    length = try json.time("length")
  }
}

extension CaseRecord {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    var moments: [Moment] = []
    for element in try json.list("moments") {
      if let moment = try Moment(element) { moments.append(moment) }
    }
    var trace: [TraceStep]?
    if let steps = try json.optionalList("trace") {
      trace = try steps.map { (step) throws(StreamMistake) in
        TraceStep(at: try step.time("at"), lines: try step.texts("lines"), state: try step.text("state"))
      }
    }
    self.init(
      number: try json.number("number", in: 1...RunHeader.most), path: try json.text("path"),
      title: try json.text("title"),
      name: try json.optionalText("name"), round: try json.optionalNumber("round"), line: try json.number("line"),
      tags: try json.texts("tags"), rules: try json.texts("rules"), seed: try json.requiredSeed,
      status: try json.word("status"), result: try json.text("result"), length: try json.time("length"),
      moments: moments, problems: try json.problems, skipReason: try json.optionalText("skipReason"), trace: trace)
    skippedSteps = try json.optionalList("skippedSteps") == nil ? [] : json.texts("skippedSteps")
  }
}

// MARK: Problems

extension JSONValue {
  fileprivate var problems: [ProblemRecord] {
    get throws(StreamMistake) {
      try list("problems").map { (json) throws(StreamMistake) in try ProblemRecord(json) }
    }
  }
}

extension ProblemRecord {
  fileprivate init(_ json: JSONValue) throws(StreamMistake) {
    var place: SourcePlace?
    if let path = try json.optionalText("file") {
      let span = SourceSpan(
        line: try json.number("line"), column: try json.number("column"), length: try json.number("length"))
      place = SourcePlace(path: path, span: span)
    }
    let notes = try json.list("notes").map { (note) throws(StreamMistake) in
      Problem.Note(try note.noteKind, try note.text("text"))
    }
    self.init(
      id: try json.text("id"), severity: try json.word("severity"), message: try json.text("message"), place: place,
      label: try json.optionalText("label"), notes: notes, quote: try json["quote"].map(Self.quote))
  }

  private static func quote(_ json: JSONValue) throws(StreamMistake) -> Quote {
    let limit = 0...(2 * QuotedLine.width)
    return Quote(
      before: try json.optionalText("before"),
      line: QuotedLine(
        text: try json.text("line"), offset: try json.number("offset", in: limit),
        length: try json.number("length", in: limit)))
  }
}

extension JSONValue {
  fileprivate var noteKind: Problem.Note.Kind {
    get throws(StreamMistake) {
      guard let kind = Problem.Note.Kind(rawValue: try text("kind")) else {
        throw StreamMistake("\"kind\" is no kind of note")
      }
      return kind
    }
  }
}
