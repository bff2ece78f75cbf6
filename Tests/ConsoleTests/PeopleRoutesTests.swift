import HTTPTypes
import Synchronization
import Testing
import VerificationCore

@testable import Console

@Suite("Users by the API", .timeLimit(.minutes(5)))
struct PeopleRoutesTests {
  private let door = DeskDoor()
  private let helga = UPN("helga@larkspur.example")!
  private let path = "/api/users/helga%40larkspur.example"

  @Test("The list takes filters, and names who comes next")
  func list() async throws {
    let answer = try await door.get("/api/users?search=hel&state=noMethod&after=Adam%40larkspur.example&limit=200")
    let asked = PeopleQuery(search: "hel", state: .noMethod, after: UPN("adam@larkspur.example"), limit: 200)
    #expect(door.people.seen.withLock { $0.queries } == [asked])
    #expect(
      answer.body
        == #"{"next":"helga@larkspur.example","total":7,"users":[{"apps":[],"atRisk":false,"blocked":false,"enabled":true,"hasPass":false,"language":null,"lockedUntil":null,"methods":["call","text"],"mustRegister":false,"name":"Helga","pass":null,"phones":[{"kind":"mobile","number":"+XX XXXXXXX78"}],"reported":true,"tokens":0,"upn":"helga@larkspur.example","wrongPINs":0}]}"#
    )
  }

  @Test("Fifty at a time unless said; more than 200, or none, are refused", arguments: ["0", "201", "-1", "x", "1e3"])
  func bounds(_ limit: String) async throws {
    let answer = try await door.get("/api/users?limit=\(limit)")
    #expect(answer.status == 400)
    #expect(answer.error == ["badInput", "\"limit\" is no number that is taken", "it takes 1 to 200"])
    _ = try await door.get("/api/users")
    #expect(door.people.seen.withLock { $0.queries.map(\.limit) } == [50])
  }

  @Test("A state that there is not, and what is no UPN, are mistakes")
  func mistakes() async throws {
    #expect(
      try await door.get("/api/users?state=asleep").error == [
        "badInput", "\"state\" has a value that it does not take",
        "it takes blocked, locked, risk, reported, disabled, noMethod",
      ])
    #expect(
      try await door.get("/api/users?after=helga").error == [
        "badInput", "\"after\" is no user principal name", "as in helga@larkspur.example",
      ])
    #expect(try await door.get("/api/users/helga").status == 404)
  }

  @Test("Each action becomes the command it is called after, and the room takes the tenant anew")
  func actions() async throws {
    let bodies: [(String, String, PersonAct)] = [
      ("block", #"{"reason":"Lost"}"#, .command(.block(helga, reason: "Lost"))),
      ("unblock", #"{"reason":"Found"}"#, .command(.unblock(helga, reason: "Found"))),
      ("unlock", "{}", .command(.unlock(helga))), ("dismissRisk", "{}", .command(.dismissRisk(helga))),
      ("confirmSafe", "{}", .command(.confirmSafe(helga))),
      ("confirmCompromised", "{}", .command(.confirmCompromised(helga))),
      ("resetMethods", #"{"reason":"Lost"}"#, .command(.resetMethods(helga, reason: "Lost"))),
      ("requireRegistration", #"{"reason":"Old"}"#, .command(.requireRegistration(helga, reason: "Old"))),
      ("forcePasswordChange", "{}", .command(.forcePasswordChange(helga))),
      ("revokeSessions", "{}", .command(.revokeSessions(helga))),
      ("setEnabled", #"{"enabled":false}"#, .command(.setEnabled(helga, false))),
      ("issuePass", #"{"minutes":60,"once":true}"#, .issuePass(minutes: 60, isOnce: true)),
      ("issuePass", "{}", .issuePass(minutes: nil, isOnce: nil)), ("deletePass", "{}", .command(.deletePass(helga))),
      (
        "setPhone", #"{"kind":"office","number":"+49 301234567x2"}"#,
        .setPhone(.office, try PhoneNumber(parsing: "+49 301234567x2"))
      ),
      ("deletePhone", #"{"kind":"mobile"}"#, .command(.deletePhone(helga, .mobile))),
      ("removeDevice", #"{"device":"tablet"}"#, .command(.removeDevice(helga, device: "tablet"))),
      ("setPIN", #"{"pin":"4711"}"#, .setPIN(try #require(Passcode("4711")))), ("deletePIN", "{}", .deletePIN),
    ]
    for (action, body, act) in bodies {
      let answer = try await door.send(.post, "\(path)/\(action)", body)
      #expect(answer.status == 200, "\(action): \(answer.body)")
      #expect(door.people.seen.withLock { $0.acts.last } == act)
      #expect(answer.body.contains(#""user":{"upn":"helga@larkspur.example"}"#))
    }
    #expect(door.renewals.count == bodies.count)
  }

  @Test("A pass stands in the answer that issues it, and its description hides it")
  func pass() async throws {
    let answer = try await door.send(.post, "\(path)/issuePass", "{}")
    #expect(
      answer.body
        == #"{"once":true,"pass":"ELtrJ37i","until":"2025-01-15T09:00:00Z","user":{"upn":"helga@larkspur.example"}}"#)
    #expect("\(IssuedPass(text: "ELtrJ37i", until: .virtualStart, isOnce: true))" == "••••••••")
  }

  @Test("What is missing or wrong is told, a PIN never repeated")
  func refused() async throws {
    #expect(
      try await door.send(.post, "\(path)/block", "{}").error == [
        "badInput", "\"reason\" is missing", "/api/openapi.json tells what each request takes",
      ])
    let pin = try await door.send(.post, "\(path)/setPIN", #"{"pin":"12a4"}"#)
    #expect(pin.status == 422)
    #expect(pin.error == ["refused", "a PIN is 4 to 20 digits, nothing else", nil])
    #expect(
      try await door.send(.post, "\(path)/setPhone", #"{"kind":"mobile","number":"0612"}"#).error == [
        "refused", "this is no number: it does not begin with +",
        "write +, the country calling code, a space and the number, as in +33 612345678",
      ])
    #expect(try await door.send(.post, "\(path)/deletePhone", #"{"kind":"fax"}"#).status == 400)
    #expect(try await door.send(.post, "\(path)/promote", "{}").error[1] == "there is no such action")
    #expect(try await door.send(.post, "\(path)/block", "[]").error.first == "badInput")
    #expect(door.people.seen.withLock { $0.acts }.isEmpty)
    #expect(door.renewals.count == 0)
  }

  @Test("What the rules refuse is 422, an unknown user 404, and the room is left alone")
  func rules() async throws {
    for (kind, status) in [
      (DeskRefusal.Kind.refused, 422), (.notFound, 404), (.notNow, 409), (.busy, 503), (.failed, 500),
      (.badInput, 400), (.rejected, 422),
    ] {
      door.people.refusal.withLock { $0 = DeskRefusal(kind, "no", hint: "never") }
      let answer = try await door.send(.post, "\(path)/unlock", "{}")
      #expect(answer.status == status)
      #expect(answer.error == [kind.rawValue, "no", "never"])
    }
    #expect(door.renewals.count == 0)
  }
}
