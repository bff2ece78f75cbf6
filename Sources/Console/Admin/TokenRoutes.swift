import HTTPTypes
import Hummingbird
import VerificationCore

/// Hardware tokens: the list, files on their way in, what is done with one.
///
/// A serial number may be any text, `..` too, so it stands in a body and never in an address.
struct TokenRoutes: Sendable {
  let desk: any TokenDesk
  let uploads = Uploads()
  /// Has the room take the tenant anew.
  let renew: @Sendable () async -> Void

  func add(to router: Router<ConsoleContext>) {
    router.desk(.get, "/api/tokens") { try await list($0) }
    router.desk(.post, "/api/tokens/check") { try await check($0) }
    router.desk(.post, "/api/tokens/import") { try await take($0) }
    router.desk(.post, "/api/tokens/activate") { asked in
      let fields = try await asked.fields
      return try await done { try await desk.activate(try fields.text("serial"), code: try fields.text("code")) }
    }
    router.desk(.post, "/api/tokens/assign") { asked in
      let fields = try await asked.fields
      let owner = try fields.optionalUPN("user")
      return try await done { try await desk.assign(try fields.text("serial"), to: owner) }
    }
    router.desk(.post, "/api/tokens/delete") { asked in
      let fields = try await asked.fields
      return try await done { try await desk.delete(try fields.text("serial")) }
    }
  }

  private func list(_ asked: DeskRequest) async throws -> Response {
    var wanted = TokenQuery()
    wanted.search = asked.query["search"]
    let states = TokenQuery.State.allCases.map(\.rawValue)
    wanted.state = try asked.query.word("state", among: states).flatMap(TokenQuery.State.init)
    wanted.skip = try asked.query.number("skip", 0...1_000_000_000) ?? wanted.skip
    wanted.limit = try asked.query.number("limit", 1...200) ?? wanted.limit
    let list = try await desk.list(wanted)
    let end = wanted.skip + list.entries.count
    return try .json(
      JSON.object([
        "tokens": .list(list.entries.map(\.facts)), "total": .count(list.total), "limit": .count(desk.limit),
        "next": end < list.total && !list.entries.isEmpty ? .count(end) : .null,
      ]))
  }

  private func check(_ asked: DeskRequest) async throws -> Response {
    try await uploads.take(asked, upTo: desk.limit, tooLarge: Self.tooLarge) { file in
      try .json(JSON.object(try await desk.check(file.bytes).facts))
    }
  }

  private func take(_ asked: DeskRequest) async throws -> Response {
    let intake = try await uploads.take(asked, upTo: desk.limit, tooLarge: Self.tooLarge) { file in
      try await desk.take(file.bytes)
    }
    guard intake.imported > 0 else {
      throw Refused(
        .unprocessableContent, "rejected", said: "no row of the file is taken; nothing was stored",
        advice: intake.problems.first.map { "line \($0.line): \($0.said); \($0.advice)" },
        details: ["intake": .object(intake.facts)])
    }
    await renew()
    return try .json(JSON.object(intake.facts))
  }

  private static let tooLarge = Sentence("split it, the header in each part")

  private func done(_ work: () async throws -> Void) async throws -> Response {
    try await work()
    await renew()
    return try .json(JSON.object([:]))
  }
}

extension TokenList.Entry {
  fileprivate var facts: JSON {
    .object([
      "serial": .text(token.serial), "user": .text(token.owner?.text), "interval": .count(token.interval.rawValue),
      "manufacturer": .text(token.manufacturer), "model": .text(token.model), "active": .flag(token.isActive),
      "hasKey": .flag(hasKey), "shared": .flag(isShared),
    ])
  }
}

extension TokenIntake {
  fileprivate var facts: [String: JSON] {
    [
      "imported": .count(imported), "wrong": .count(wrong), "untold": .count(untold),
      "problems": .list(
        problems.map { problem in
          .object(
            [
              "line": .count(problem.line), "user": .text(problem.upn?.text), "serial": .text(problem.serial),
              "field": .text(problem.column?.rawValue),
            ].saying(("message", problem.said), ("remedy", problem.advice)))
        }),
    ]
  }
}
