import HTTPTypes
import Synchronization
import Testing
import VerificationCore

@testable import Console

@Suite("Adding users by the API", .timeLimit(.minutes(5)))
struct NewPersonRoutesTests {
  private let door = DeskDoor()

  @Test("Somebody new comes with all that the form says, or with an address alone")
  func add() async throws {
    let all = try await door.send(
      .post, "/api/users",
      #"{"upn":"nia@larkspur.example","name":"Nia Obi","language":"fr-CA","kind":"office","number":"+49 301234567x2","pin":"83620517"}"#
    )
    #expect(all.body == #"{"user":{"upn":"nia@larkspur.example"}}"#)
    let least = try await door.send(
      .post, "/api/users", #"{"upn":"sam@larkspur.example","name":"","language":"","number":"","pin":null}"#)
    #expect(least.status == 200)
    let pin = try #require(Passcode("83620517"))
    let upn = try #require(UPN("nia@larkspur.example"))
    let nia = User(
      upn: upn, name: "Nia Obi", language: Language("fr-CA"), phone: try PhoneNumber(parsing: "+49 301234567x2"))
    let sam = User(upn: try #require(UPN("sam@larkspur.example")))
    #expect(
      door.people.seen.withLock { $0.people } == [NewPerson(nia, pin: pin), NewPerson(sam)])
    #expect(sam.name == "sam@larkspur.example")
    #expect(door.renewals.count == 2)
  }

  @Test(
    "What is no value of a field is refused with the field's name; a PIN is never repeated",
    arguments: [
      (#""upn":"nia""#, "upn", "this is no user principal name"),
      (#""upn":"a@b.example","language":"?""#, "language", "this is no language"),
      (
        #""upn":"a@b.example","number":"+33 1""#, "number",
        "this is no number: too few digits stand behind the country calling code: 1, and no number has less than 4"
      ),
      (#""upn":"a@b.example","number":"0612""#, "number", "this is no number: it does not begin with +"),
      (#""upn":"a@b.example","pin":"83a7""#, "pin", "a PIN is 4 to 20 digits, nothing else"),
    ])
  func wrong(_ fields: String, _ field: String, _ message: String) async throws {
    let answer = try await door.send(.post, "/api/users", "{\(fields)}")
    #expect(answer.status == 422)
    #expect(answer.error[0...1] == ["refused", message])
    guard case .object(let members)? = answer.json else {
      Issue.record("no object: \(answer.body)")
      return
    }
    #expect(members["field"] == .text(field))
    #expect(!answer.body.contains("83a7"))
    #expect(door.people.seen.withLock { $0.people }.isEmpty)
  }

  @Test("Without an address, or with a kind of telephone that there is not, nothing is asked of the tenant")
  func missing() async throws {
    #expect(try await door.send(.post, "/api/users", #"{"name":"Nia"}"#).error[1] == "\"upn\" is missing")
    #expect(try await door.send(.post, "/api/users", #"{"upn":"a@b.example","kind":"fax"}"#).status == 400)
    #expect(door.people.seen.withLock { $0.people }.isEmpty)
    #expect(door.renewals.count == 0)
  }

  @Test("Who is there already is refused, and the room is left alone")
  func there() async throws {
    door.people.refusal.withLock { $0 = DeskRefusal(.refused, "the tenant has a user a@b.example already") }
    #expect(try await door.send(.post, "/api/users", #"{"upn":"a@b.example"}"#).status == 422)
    #expect(door.renewals.count == 0)
  }

  @Test(
    "NUM-4: The numbering plan's verdict on a number, by the kind of telephone",
    arguments: [
      (#"{"number":"+33 612345678"}"#, #"{"hint":null,"message":null,"possible":true}"#),
      (
        #"{"number":"+33 1","kind":"office"}"#,
        #"{"hint":"add the digits that are missing","message":"too few digits stand behind the country calling code: 1, and no number has less than 4","possible":false,"sentences":{"message":{"figures":[{"count":1}],"template":"too few digits stand behind the country calling code: {1}, and no number has less than 4"}}}"#
      ),
      (
        #"{"number":"+1 4255550100x204"}"#,
        #"{"hint":null,"message":"only an office number has an extension, not the mobile one","possible":false,"sentences":{"message":{"figures":[{"figures":[],"template":"mobile"}],"template":"only an office number has an extension, not the {1} one"}}}"#
      ),
      (#"{"number":"+1 4255550100x204","kind":"office"}"#, #"{"hint":null,"message":null,"possible":true}"#),
    ])
  func number(_ body: String, _ verdict: String) async throws {
    let answer = try await door.send(.post, "/api/numbers/check", body)
    #expect(answer.status == 200)
    #expect(answer.body == verdict)
  }

  @Test("A greeting's prospect says who hears it, or why nobody does; so does the answer that puts it in")
  func prospect() async throws {
    let told = [
      "greetingStandard": #"{"hearers":2,"instead":null,"language":null,"why":null}"#,
      "greetingPIN": #"{"hearers":0,"instead":"greetingStandard","language":null,"why":"neverPlays"}"#,
      "activation": #"{"hearers":0,"instead":null,"language":null,"why":"neverPlays"}"#,
      "retryStandard": #"{"hearers":0,"instead":null,"language":null,"why":"nobodySpeaks"}"#,
      "retryPIN": #"{"hearers":0,"instead":null,"language":"fr-CA","why":"another"}"#,
      "fraudReported": #"{"hearers":0,"instead":null,"language":null,"why":"noCalls"}"#,
    ]
    for (message, prospect) in told {
      #expect(try await door.get("/api/greetings/\(message)/fr/prospect").body == prospect)
      let put = try await door.upload(.put, "/api/greetings/\(message)/fr?name=a.wav", [1])
      #expect(put.body.contains("\"prospect\":\(prospect)"))
    }
    #expect(try await door.get("/api/greetings/none/fr/prospect").status == 404)
  }
}
