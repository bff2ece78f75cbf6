import HTTPTypes
import Hummingbird
import VerificationCore

/// Users: the list, the page of one, what is done to them.
struct PeopleRoutes: Sendable {
  let desk: any PeopleDesk
  /// Has the room take the tenant anew.
  let renew: @Sendable () async -> Void

  func add(to router: Router<ConsoleContext>) {
    router.desk(.get, "/api/users") { try await list($0) }
    router.desk(.post, "/api/users") { try await add($0) }
    router.desk(.post, "/api/numbers/check") { try await check($0) }
    router.desk(.get, "/api/users/:upn") { try await page($0) }
    router.desk(.post, "/api/users/:upn/:action") { try await perform($0) }
  }

  /// What stands behind the UPN in an address, and what its body carries.
  private typealias Reading = @Sendable (UPN, RequestFields) throws -> PersonAct
  private static let actions: [String: Reading] = [
    "block": { .command(.block($0, reason: try $1.text("reason"))) },
    "unblock": { .command(.unblock($0, reason: try $1.text("reason"))) },
    "unlock": { upn, _ in .command(.unlock(upn)) },
    "setEnabled": { .command(.setEnabled($0, try $1.flag("enabled"))) },
    "forcePasswordChange": { upn, _ in .command(.forcePasswordChange(upn)) },
    "revokeSessions": { upn, _ in .command(.revokeSessions(upn)) },
    "resetMethods": { .command(.resetMethods($0, reason: try $1.text("reason"))) },
    "requireRegistration": { .command(.requireRegistration($0, reason: try $1.text("reason"))) },
    "removeDevice": { .command(.removeDevice($0, device: try $1.text("device"))) },
    "dismissRisk": { upn, _ in .command(.dismissRisk(upn)) },
    "confirmSafe": { upn, _ in .command(.confirmSafe(upn)) },
    "confirmCompromised": { upn, _ in .command(.confirmCompromised(upn)) },
    "issuePass": { _, fields in
      .issuePass(minutes: try fields.optionalNumber("minutes"), isOnce: try fields.optionalFlag("once"))
    },
    "deletePass": { upn, _ in .command(.deletePass(upn)) },
    "setPhone": { _, fields in .setPhone(try kind(fields), try number(fields)) },
    "deletePhone": { .command(.deletePhone($0, try kind($1))) },
    "setPIN": { _, fields in .setPIN(try pin(fields)) },
    "deletePIN": { _, _ in .deletePIN },
  ]

  private func list(_ asked: DeskRequest) async throws -> Response {
    var wanted = PeopleQuery()
    wanted.search = asked.query["search"]
    let states = PeopleQuery.State.allCases.map(\.rawValue)
    wanted.state = try asked.query.word("state", among: states).flatMap(PeopleQuery.State.init)
    wanted.after = try asked.query.upn("after")
    wanted.limit = try asked.query.number("limit", 1...200) ?? wanted.limit
    return try .json(try await desk.list(wanted).facts)
  }

  private func page(_ asked: DeskRequest) async throws -> Response {
    try .json(JSON.object(try await desk.page(of: try Self.upn(asked))))
  }

  private func add(_ asked: DeskRequest) async throws -> Response {
    let person = try NewPersonFields(try await asked.fields).person
    try await desk.add(person)
    await renew()
    return try .json(JSON.object(["user": .object(try await desk.page(of: person.user.upn))]))
  }

  /// What the numbering plan says of a number (NUM-4), while it is typed. Nothing is kept or looked up.
  private func check(_ asked: DeskRequest) async throws -> Response {
    let fields = try await asked.fields
    let kind = try fields.word("kind", PhoneKind.self) ?? .mobile
    let check = NumberCheck(try fields.text("number"))
    let isExtended = kind != .office && check.number?.phoneExtension != nil
    let mistake = isExtended ? CommandRefusal.phones(.extensionOutsideOffice(kind)).said : nil
    return try .json(
      JSON.object(
        ["possible": .flag(check.isPossible && mistake == nil)].saying(
          ("message", check.problem?.said ?? mistake), ("hint", check.problem?.advice))))
  }

  private func perform(_ asked: DeskRequest) async throws -> Response {
    let upn = try Self.upn(asked)
    guard let read = Self.actions[try asked.part("action")] else {
      throw Refused(
        .notFound, "notFound", "there is no such action", hint: Self.actions.keys.sorted().joined(separator: ", "))
    }
    let pass = try await desk.perform(try read(upn, try await asked.fields), on: upn)
    await renew()
    var answer: [String: JSON] = ["user": .object(try await desk.page(of: upn))]
    if let pass {
      answer["pass"] = .text(pass.text)
      answer["until"] = .text("\(pass.until)")
      answer["once"] = .flag(pass.isOnce)
    }
    return try .json(JSON.object(answer))
  }

  private static func upn(_ asked: DeskRequest) throws(Refused) -> UPN {
    guard let upn = UPN(try asked.part("upn")) else {
      throw Refused(.notFound, "notFound", "there is no such user", hint: "users are named as helga@larkspur.example")
    }
    return upn
  }

  private static func kind(_ fields: RequestFields) throws -> PhoneKind {
    guard let kind = try fields.word("kind", PhoneKind.self) else {
      throw Refused(.badRequest, "missing", "\"kind\" is missing", hint: "it takes mobile, alternate, office")
    }
    return kind
  }

  private static func number(_ fields: RequestFields) throws -> PhoneNumber {
    let text = try fields.text("number")
    do throws(NumberProblem) {
      return try PhoneNumber(parsing: text)
    } catch {
      throw Refused(
        .unprocessableContent, "refused", said: "this is no number: \(error.said)", advice: "\(error.advice)")
    }
  }

  private static func pin(_ fields: RequestFields) throws -> Passcode {
    guard let pin = Passcode(try fields.text("pin")) else {
      throw Refused(
        .unprocessableContent, "refused",
        said: "a PIN is \(Passcode.shortest) to \(KeyEntry.capacity) digits, nothing else")
    }
    return pin
  }
}
