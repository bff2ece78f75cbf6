public import Runs
import ScenarioModel
import VerificationCore

/// The stream of a run: a JSON object a line, version 1, as docs/run-stream.md describes it.
public struct StreamWriter: RunReport {
  public init() {}

  public mutating func take(_ record: RunRecord, into output: inout [UInt8]) {
    var json = JSONBytes(output)
    output = []
    json.write(record)
    output = json.taken()
  }

  public mutating func finish(into output: inout [UInt8]) {}
}

extension JSONBytes {
  fileprivate mutating func write(_ record: RunRecord) {
    open()
    switch record {
    case .run(let header): write(header)
    case .plan(let file): write(file)
    case .invalid(let file): write(file)
    case .recording(let recording): write(recording)
    case .case(let played): write(played)
    case .end(let end): write(end)
    }
    close()
    endLine()
  }

  private mutating func write(_ header: RunHeader) {
    member("type", "run")
    member("version", RunHeader.version)
    member("program", header.program)
    member("seed", header.seed)
    member("clock", header.clock.rawValue)
    member("plan", Self.hexadecimal(header.plan))
    member("cases", header.cases)
    member("rounds", header.rounds)
    member("shuffle", header.shuffle)
    member("shard", header.shard?.description)
  }

  private mutating func write(_ file: PlannedFile) {
    member("type", "plan")
    member("path", file.path)
    member("title", file.title)
    if let cases = file.cases { member("cases", cases) } else { member("cases", nil as String?) }
  }

  private mutating func write(_ file: InvalidFileRecord) {
    member("type", "invalid")
    member("path", file.path)
    write(file.problems)
  }

  private mutating func write(_ recording: RecordingRecord) {
    member("type", "recording")
    member("key", recording.key.description)
    member("length", recording.length.count)
    member("script", recording.script)
  }

  private mutating func write(_ end: RunEnd) {
    member("type", "end")
    member("passed", end.passed)
    member("failed", end.failed)
    member("skipped", end.skipped)
    member("invalid", end.invalid)
    if end.unreadable > 0 { member("unreadable", end.unreadable) }
    member("notRun", end.notRun)
    member("stopped", end.stopped?.rawValue)
    member("length", end.length.count)
  }

  private mutating func write(_ played: CaseRecord) {
    member("type", "case")
    member("number", played.number)
    member("path", played.path)
    member("title", played.title)
    member("name", played.name)
    if let round = played.round { member("round", round) }
    member("line", played.line)
    member("tags", played.tags)
    member("rules", played.rules)
    member("seed", played.seed)
    member("status", played.status.rawValue)
    if let reason = played.skipReason { member("skipReason", reason) }
    if !played.skippedSteps.isEmpty { member("skippedSteps", played.skippedSteps) }
    member("result", played.result)
    member("length", played.length.count)
    key("moments")
    openList()
    for moment in played.moments { write(moment) }
    closeList()
    write(played.problems)
    if let trace = played.trace { write(trace) }
  }

  private mutating func write(_ trace: [TraceStep]) {
    key("trace")
    openList()
    for step in trace {
      open()
      member("at", step.at.count)
      member("lines", step.lines)
      member("state", step.state)
      close()
    }
    closeList()
  }

  private mutating func write(_ problems: [ProblemRecord]) {
    key("problems")
    openList()
    for problem in problems { write(problem) }
    closeList()
  }

  private mutating func write(_ problem: ProblemRecord) {
    open()
    member("id", problem.id)
    member("severity", problem.severity.rawValue)
    member("message", problem.message)
    member("file", problem.place?.path)
    member("line", problem.place?.span.line)
    member("column", problem.place?.span.column)
    member("length", problem.place?.span.length)
    member("label", problem.label)
    key("notes")
    openList()
    for note in problem.notes {
      open()
      member("kind", note.kind.rawValue)
      member("text", note.text)
      close()
    }
    closeList()
    if let quote = problem.quote { write(quote) }
    close()
  }

  private mutating func write(_ quote: ProblemRecord.Quote) {
    key("quote")
    open()
    member("before", quote.before)
    member("line", quote.line.text)
    member("offset", quote.line.offset)
    member("length", quote.line.length)
    close()
  }
}
