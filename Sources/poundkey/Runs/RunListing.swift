import Reports
import Runs
import ScenarioModel

/// What a run would run.
struct RunListing {
  private let run: PlannedRun

  init(_ run: PlannedRun) { self.run = run }

  /// The ids of the cases, one a line.
  func list(json: Bool) {
    // A file may have many cases: its tags are masked once.
    let tags = json ? run.plan.files.map(\.shownTags) : []
    for index in run.cases {
      let planned = run.plan.cases[index]
      Output.line(
        json ? line(index, planned, tags[Int(planned.file)]) : Printable.text(run.plan.fullID(of: planned)))
    }
  }

  private func line(_ index: Int, _ planned: PlannedCase, _ tags: [String]) -> String {
    let (file, id) = (run.plan.file(of: planned), run.plan.id(of: planned))
    return JSONLine([
      ("id", .text(run.plan.fullID(of: planned))), ("file", .text(id.path)), ("title", .text(id.title)),
      ("name", id.name.map(JSONLine.Value.text) ?? .null),
      ("line", .number(Int64(run.plan.position(of: index).line))), ("tags", .list(tags.map(JSONLine.Value.text))),
      ("rules", .list(file.rules.map(JSONLine.Value.text))),
      ("seed", .text(String(run.plan.seed(of: planned)))),
    ]).text
  }

  /// The files, how many of their cases, and all that the result depends on.
  func tell() {
    let counts = run.cases.reduce(into: Array(repeating: 0, count: run.plan.files.count)) {
      $0[Int(run.plan.cases[$1].file)] += 1
    }
    let shown = run.plan.plannedFiles
    for ((file, planned), count) in zip(zip(run.plan.files, shown), counts) where count > 0 {
      let skipped = file.shownSkip.map { ", skipped: \(Printable.text($0))" } ?? ""
      Output.line("\(Printable.text(file.path))  \(Printable.text(planned.title))  \(Self.cases(count))\(skipped)")
    }
    let shard = run.shard.map { " of \(run.plan.cases.count), shard \($0)" } ?? ""
    Output.line(
      "\nwould run \(Self.cases(run.cases.count))\(shard) · \(run.plan.options), plan \(Self.hash(run.plan.hash))")
  }

  private static func cases(_ count: Int) -> String { count == 1 ? "1 case" : "\(count) cases" }

  private static func hash(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
