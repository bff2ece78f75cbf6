import HTTPTypes
import Hummingbird
import LiveCalls
import ScenarioModel
import Simulation
import VerificationCore

/// The room's part of the JSON API.
struct RoomRoutes: Sendable {
  let room: Room
  let sounds: any RoomSounds
  /// Whether devices that are not this machine may be invited.
  var isListening = false

  func add(to router: Router<ConsoleContext>) {
    let stream = EventStream(room: room)
    router.get("/api/events") { request, context in stream.response(to: request, channel: context.channel) }
    router.get("/api/room") { _, context in
      let invites = isListening && context.channel.isFromHere
      return try Response.json(JSON.object(await room.view().merging(["invites": .flag(invites)]) { $1 }))
    }
    router.get("/api/room/scenario") { _, context in
      // It has the numbers of people, whole.
      guard context.channel.isFromHere else {
        throw Refused(
          .forbidden, "notHere", said: "a session is saved on the machine that the console runs on",
          advice: "save it there")
      }
      return try await scenario()
    }
    router.get("/api/room/code") { request, _ in try await code(request) }
    router.get("/api/sounds/:name") { _, context in try await sound(context.parameters.get("name") ?? "") }
    addActs(to: router)
    addControls(to: router)
  }

  private func addActs(to router: Router<ConsoleContext>) {
    act("sign-in", router) { .signIn(try Self.signIn($0)) }
    act("answer", router) { .answer(try $0.upn()) }
    act("hang-up", router) { .hangUp(try $0.upn()) }
    act("cancel", router) { .cancelSignIn(try $0.upn()) }
    act("press", router) { .press(try Self.key($0), try $0.upn()) }
    // A code is shown in two groups, and typed so.
    act("enter", router) { .type(try $0.text("code").filter { !$0.isWhitespace }, try $0.upn()) }
    act("resend", router) { .resend(try $0.upn()) }
    act("reply", router) { .reply(try $0.upn()) }
    act("app", router) { .answerApp(try await self.deviceStep($0), try $0.upn()) }
    act("passkey", router) { .answerPasskey(isApproved: try $0.flag("approve"), try $0.upn()) }
    control("fault", router) { fields in
      guard let fault = try fields.word("fault", NetworkFault.self) else { throw fields.missing("fault") }
      // One at a time: what is chosen takes the place of what was.
      try await room.perform(.fault(.none))
      if fault != .none { try await room.perform(.fault(fault.fault)) }
    }
  }

  private func addControls(to router: Router<ConsoleContext>) {
    control("demo", router) { fields in
      try await room.play(demo: fields.text("demo"), user: fields.optionalUPN("user"))
    }
    control("pause", router) { _ in await room.pause() }
    control("resume", router) { _ in await room.resume() }
    control("step", router) { _ in try await room.step() }
    control("reset", router) { _ in try await room.reset() }
    control("open", router) { fields in
      let scenario: Scenario
      do {
        scenario = try room.scripts.scenario(at: fields.text("path"), case: fields.optionalText("case"))
      } catch let problem as Problem {
        let isThere = !["no-scenario", "no-case"].contains(problem.id)
        throw Refused(
          isThere ? .unprocessableContent : .notFound, isThere ? "refused" : "notFound", problem.message,
          hint: problem.notes.first?.text ?? "GET /api/scenarios lists those that there are")
      }
      try await room.play(scenario)
    }
  }
}

extension RoomRoutes {
  private func act(
    _ name: String, _ router: Router<ConsoleContext>,
    _ read: @escaping @Sendable (RequestFields) async throws -> Room.Act
  ) {
    control(name, router) { fields in try await room.perform(read(fields)) }
  }

  /// A post with a JSON object, answered by an empty one.
  private func control(
    _ name: String, _ router: Router<ConsoleContext>,
    _ work: @escaping @Sendable (RequestFields) async throws -> Void
  ) {
    router.post("/api/room/\(name)") { request, _ in
      let fields = try await RequestFields(request)
      do {
        try await work(fields)
      } catch let refusal as Room.Refusal {
        throw refusal.refused
      }
      return try Response.json(JSON.object([:]))
    }
  }

  private static func signIn(_ fields: RequestFields) throws -> SignInRequest {
    var request = SignInRequest(upn: try fields.upn())
    request.method = try fields.word("method", Method.self)
    request.phone = try fields.word("phone", PhoneKind.self)
    if let language = try fields.optionalText("language") { request.languages = Language.accepted(by: language) }
    switch try fields.optionalText("purpose") {
    case nil, "signIn": break
    case "registration": request.purpose = .registration
    case let other?:
      throw Refused(
        .badRequest, "badInput", "\"purpose\" cannot be \"\(other)\"", hint: "it takes signIn, registration")
    }
    return request
  }

  private static func key(_ fields: RequestFields) throws -> Key {
    let text = try fields.text("key")
    guard text.count == 1, let character = text.first, let key = Key(character), !key.isLetter else {
      throw Refused(.badRequest, "badInput", "\"key\" cannot be \"\(text)\"", hint: "it takes one of 0 to 9, * and #")
    }
    return key
  }

  private enum AppAnswer: String, CaseIterable { case approve, decline, report }

  private func deviceStep(_ fields: RequestFields) async throws -> DeviceStep {
    let (device, number) = (try fields.optionalText("device"), try fields.optionalText("number"))
    switch try fields.word("answer", AppAnswer.self) {
    case nil: throw fields.missing("answer")
    case .decline: return DeviceStep(.declined, device: device)
    case .report: return DeviceStep(.reported, device: device)
    case .approve:
      let shown = try await room.matchingNumber(of: fields.upn())
      if shown != nil, number == nil {
        throw Refused(
          .badRequest, "badInput", "\"number\" is missing: the page shows one", hint: "it is two digits, as in \"42\"")
      }
      return DeviceStep(.approved(numberMatches: shown == nil || shown == number), device: device)
    }
  }

  private func scenario() async throws -> Response {
    guard let session = await room.recorded() else {
      throw Refused(
        .conflict, "too-long", said: "so much has happened in this session that its beginning is forgotten",
        advice: "reset, and do again what is to be saved")
    }
    guard !session.acts.isEmpty else {
      throw Refused(
        .conflict, "nothing-done", said: "nothing has been done in this session yet",
        advice: "sign in, or start a demo, and save then")
    }
    do {
      let text = try room.scripts.text(of: session)
      return .bytes(Array(text.utf8), type: "text/yaml; charset=utf-8", name: "session.yaml")
    } catch let problem as Problem {
      throw Refused(.conflict, problem.id, problem.message, hint: problem.notes.first?.text)
    }
  }

  private func code(_ request: Request) async throws -> Response {
    guard let text = request.uri.queryParameters["user"].map(String.init), let upn = UPN(text) else {
      throw Refused(
        .badRequest, "upn", "\"user\" is no user principal name", hint: "as in ?user=helga@larkspur.example")
    }
    guard let shown = await room.shownCode(of: upn) else {
      throw Refused(
        .notFound, "no-device", said: "\(upn) has no app and no token to read a code from",
        advice: "register an app, or sign in with another method")
    }
    return try .json(JSON.object(["code": .text(shown.code), "validFor": .number(shown.left.count)]))
  }

  private func sound(_ name: String) async throws -> Response {
    guard let sound = room.sounds.sound(named: name), let wave = try await sounds.wave(sound.file, sound.source) else {
      throw Refused(.notFound, "notFound", "there is no such sound", hint: "sounds are named by the room's events")
    }
    var response = Response.bytes(wave, type: "audio/wav")
    // Named by what it is: it never changes.
    response.headers[.cacheControl] = "private, max-age=3600"
    return response
  }
}

extension Room.Refusal {
  var refused: Refused {
    switch self {
    case .paused: Refused(.conflict, "paused", said: "the room is paused", advice: "go on first")
    case .notPlaying: Refused(.conflict, "not-playing", said: "no script is played", advice: "start a demo first")
    case .noSuchDemo(let id):
      Refused(
        .notFound, "notFound", said: "there is no demo \"\(id)\"", advice: "GET /api/room lists them")
    case .notKept(let error):
      (error as? DeskRefusal)?.refused
        ?? Refused(.internalServerError, "failed", said: "the tenant cannot be read", advice: "try again")
    case .noPhone(let upn):
      Refused(
        .conflict, "noPhone", said: "\(upn) has no telephone that could ring", advice: "choose somebody who has one")
    case .behind:
      Refused(
        .serviceUnavailable, "notKept", said: "too much of what happens here is not in the tenant's store yet",
        advice: "see what holds the store, and try again")
    case .exchange(.closed), .beginning:
      Refused(.conflict, "beginning", said: "another session is just beginning", advice: "try again")
    case .exchange(.nothing):
      Refused(.conflict, "nothing-to-do-it-to", said: "there is no call for that", advice: "sign in first")
    case .exchange(.signIn(.unknownUser(let upn))):
      Refused(.notFound, "unknown-user", said: "the tenant has no user \(upn)", advice: "GET /api/users lists them")
    case .exchange(.hindered(let hindrance, let upn)):
      Refused(
        .conflict, hindrance.id, said: "\(hindrance.said(upn))", advice: hindrance.advice.map { "\($0)" })
    }
  }
}
