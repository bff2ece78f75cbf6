import HTTPTypes
import Hummingbird

/// Scenarios: the list, and running them. `POST /api/room/open` opens one in the phone.
struct ScenarioRoutes: Sendable {
  let desk: any ScenarioDesk

  func add(to router: Router<ConsoleContext>) {
    router.desk(.get, "/api/scenarios") { _ in try await list() }
    router.desk(.post, "/api/scenarios/run") { try await run($0) }
  }

  private func list() async throws -> Response {
    try .json(JSON.object(["scenarios": .list(try await desk.list().map(\.facts))]))
  }

  private func run(_ asked: DeskRequest) async throws -> Response {
    let fields = try await asked.fields
    let (paths, name) = (try fields.texts("paths"), try fields.optionalText("case"))
    guard name == nil || paths?.count == 1 else {
      throw Refused(.badRequest, "badInput", "\"case\" is one of a single file", hint: "name it alone in \"paths\"")
    }
    let run = try await desk.run(paths, case: name)
    var body = JSONBody()
    body.add("results", run.results)
    body.add("invalid", run.invalid)
    try body.add("recordings", .object(run.recordings))
    try body.add("passed", .count(run.passed))
    try body.add("failed", .count(run.failed))
    try body.add("skipped", .count(run.skipped))
    return body.response
  }
}

extension ScenarioEntry {
  fileprivate var facts: JSON {
    .object([
      "path": .text(path), "title": .text(title), "tags": .list(tags.map { .text($0) }),
      "cases": .list(cases.map { .object(["case": .text($0.name), "title": .text($0.title)]) }),
      "invalid": problems ?? .null,
    ])
  }
}
