import Runs
import ScenarioModel
import TestSupport
import VerificationCore

/// A file whose matrix has these rows, each on a line of its own from line 10 on; nil for no matrix.
func file(
  _ path: String, _ names: [String]? = nil, tags: [String] = [], hash: UInt64 = 0, title: String? = nil
) throws -> ScenarioFile {
  let one = try scenario(
    "scenario: \(title ?? path)\nsteps: [{fault: busy}, signin]\nexpect: {result: busy}\n", path: path)
  let rows = names?.enumerated().map { index, name in
    ScenarioFile.Case(
      name: name, place: SourcePlace(path: path, span: SourceSpan(line: 10 + index, column: 7, length: 1)))
  }
  return ScenarioFile(
    path: path, title: one.title, tags: tags, sources: [ScenarioFile.Source(path: path, hash: hash)],
    cases: rows ?? [ScenarioFile.Case()], given: Forms(one.given), steps: [Forms(one.steps)], expect: Forms(one.expect))
}

func plan(_ files: ScenarioFile..., options: RunPlan.Options = RunPlan.Options()) -> RunPlan {
  RunPlan(files.map { SelectedFile($0) }, options: options)
}

extension RunPlan {
  var ids: [String] { cases.map { "\(id(of: $0))" } }
}
