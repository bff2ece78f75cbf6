public import Exploration
import ScenarioModel
import VerificationCore

extension CallFindings {
  /// The findings as one line of JSON; the order of the keys is fixed.
  public func jsonLine(path: String, time: Duration) -> String {
    let seconds = Figure.seconds(time)
    let rate = seconds > 0 ? Int64(Double(unique) / seconds) : 0
    return JSONLine([
      ("path", .text(path)), ("complete", .flag(isComplete)), ("end", .text(ExplorationText.why(end))),
      ("unique", .number(Int64(unique))), ("generated", .number(Int64(generated))), ("depth", .number(Int64(depth))),
      ("configurations", .number(Int64(configurations))), ("probed", .number(Int64(probed))),
      ("seconds", .seconds(time)), ("statesPerSecond", .number(rate)),
      ("bytesPerState", .number(Int64(bytes / max(1, unique)))),
      ("collisionChance", .text("\(collisionChance == 0 ? "0" : "\(collisionChance)")")),
      ("longest", longest.map { .seconds($0.length.duration) } ?? .null),
      ("unreachable", .list(unreachable.map { .text($0.name) })),
      ("heard", .list(heard.map { .text($0.rawValue) })), ("transitions", .number(Int64(transitions.count))),
      ("properties", .list(verdicts.map { .object($0.json) })),
    ]).text
  }
}

extension PropertyVerdict {
  fileprivate var json: JSONLine {
    JSONLine([
      ("property", .text("\(property.value)")), ("ruling", .text(ruling.rawValue)),
      ("place", .text("\(property.place)")), ("moves", .list((trace?.moves ?? []).map { .text($0.action.words) })),
      ("replays", trace.map { .flag($0.replays) } ?? .null),
    ])
  }
}
