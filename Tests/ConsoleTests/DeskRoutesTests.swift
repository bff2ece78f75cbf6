import HTTPTypes
import Synchronization
import Testing
import VerificationCore

@testable import Console

@Suite("Logs, settings and scenarios by the API", .timeLimit(.minutes(5)))
struct DeskRoutesTests {
  private let door = DeskDoor()

  @Test("A log is asked with all its filters, and answers with objects, the newest first")
  func log() async throws {
    let answer = try await door.get(
      "/api/logs/signIns?user=helga%40larkspur.example&outcome=DENIED&method=call&since=2025-01-15T00:00:00Z&until=2025-01-16&last=20"
    )
    var asked = LogQuestion(.signIns)
    asked.filters = [.user: "helga@larkspur.example", .outcome: "denied", .method: "call"]
    asked.since = Instant(iso8601: "2025-01-15")
    asked.until = Instant(iso8601: "2025-01-16")
    asked.last = 20
    #expect(door.logs.questions.withLock { $0 } == [asked])
    #expect(
      answer.body
        == #"{"columns":["sequence","why"],"rows":[{"sequence":2},{"sequence":1}],"more":true,"filters":{"method":["call"],"outcome":["approved","denied"]}}"#
    )
  }

  @Test("200 rows unless said, 10,000 at the most")
  func rows() async throws {
    for query in ["", "?last=1", "?last=10000", "?last=1000000"] { _ = try await door.get("/api/logs/audit\(query)") }
    #expect(door.logs.most.withLock { $0 } == [200, 1, 10_000, 10_000])
    #expect(try await door.get("/api/logs/audit?last=0").status == 400)
  }

  @Test(
    "What a log does not take is a mistake",
    arguments: [
      ("/api/logs/signIns?outcome=asleep", "\"outcome\" has a value that it does not take"),
      ("/api/logs/audit?outcome=denied", "this log is not filtered by \"outcome\""),
      ("/api/logs/signIns?admin=a%40b.example", "this log is not filtered by \"admin\""),
      ("/api/logs/calls?call=12", "\"call\" is no name of a call"),
      ("/api/logs/calls?since=yesterday", "\"since\" is no date or time"),
      ("/api/logs/calls?user=helga", "\"user\" is no user principal name"),
      ("/api/logs/calls?format=xml", "\"format\" has a value that it does not take"),
      ("/api/logs/calls?user=%C3", "the address is not percent-encoded UTF-8"),
    ])
  func mistakes(_ path: String, _ message: String) async throws {
    let answer = try await door.get(path)
    #expect(answer.status == 400)
    #expect(answer.error[0...1] == ["badInput", message])
    #expect(door.logs.questions.withLock { $0 }.isEmpty)
  }

  @Test(
    "For a spreadsheet a log begins with a byte order mark; for a program it does not",
    arguments: [("comma", CSVRow.Separator.comma), ("semicolon", .semicolon)])
  func spreadsheet(_ word: String, _ separator: CSVRow.Separator) async throws {
    let answer = try await door.get("/api/logs/risk?format=csv&spreadsheet=\(word)")
    #expect(answer.body == "\u{FEFF}piece 1\r\npiece 2\r\npiece 3\r\n")
    #expect(door.logs.questions.withLock { $0.map(\.reader) } == Array(repeating: .spreadsheet(separator), count: 3))
    #expect(try await door.get("/api/logs/risk?format=csv&spreadsheet=tab").status == 400)
  }

  @Test("CSV is sent piece by piece to its end, as a file to keep")
  func csv() async throws {
    let answer = try await door.get("/api/logs/risk?format=csv")
    #expect(answer.body == "piece 1\r\npiece 2\r\npiece 3\r\n")
    #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(answer.headers[.contentDisposition] == "attachment; filename=\"risk.csv\"")
    #expect(door.logs.questions.withLock { $0.map(\.last) } == [nil, nil, nil])
  }

  @Test("Every setting is there, with what its control needs")
  func settings() async throws {
    let answer = try await door.get("/api/settings")
    guard case .object(let members)? = answer.json, case .list(let all)? = members["settings"] else {
      return #expect(Bool(false), "no settings")
    }
    #expect(all.count == Setting.all.count)
    #expect(
      answer.body.contains(
        #"{"choices":null,"default":"60s","entries":null,"isDefault":true,"kind":"length","limit":null,"maximum":120,"meaning":"how long a call rings before it counts as unanswered","minimum":5,"name":"call.ringTimeout","range":"5 s to 120 s","retired":null,"unit":"seconds","value":"60s"}"#
      ))
    #expect(
      answer.body.contains(#""entries":[],"isDefault":true,"kind":"list","limit":50,"maximum":null"#))
    #expect(
      answer.body.contains(#""choices":["exact","parent"]"#) || answer.body.contains(#""choices":["parent","exact"]"#))
  }

  @Test("A setting takes a text or a list, is set or reset, and the room takes the tenant anew")
  func set() async throws {
    _ = try await door.send(.put, "/api/settings/call.ringTimeout", #"{"value":"45s"}"#)
    _ = try await door.send(.put, "/api/settings/fraudAlert.notify", #"{"value":["a@b.example"]}"#)
    let answer = try await door.send(.delete, "/api/settings/call.ringTimeout", "")
    #expect(
      door.settings.asked.withLock { $0 } == [
        #"call.ringTimeout: text("45s")"#, #"fraudAlert.notify: list(["a@b.example"])"#, "reset call.ringTimeout",
      ])
    #expect(answer.body.contains(#""warnings":["mind this"]"#))
    #expect(door.renewals.count == 3)
    #expect(
      try await door.send(.put, "/api/settings/call.ringTimeout", #"{"value":45}"#).error == [
        "badInput", "\"value\" is to be a string", nil,
      ])
    #expect(
      try await door.send(.put, "/api/settings/call.ringTimeout", "{}").error == [
        "badInput", "\"value\" is missing", "/api/openapi.json tells what each request takes",
      ])
  }

  @Test("Findings say what they are about: a setting by its name, a greeting by message and language")
  func findings() async throws {
    let answer = try await door.get("/api/findings")
    #expect(
      answer.body.contains(
        #""subject":{"kind":"setting","language":null,"message":null,"name":"fraudAlert.enabled"}"#))
    #expect(
      answer.body.contains(#""subject":{"kind":"greeting","language":"en","message":"activation","name":null}"#))
  }

  @Test("Scenarios are listed with their cases, or why they cannot be run")
  func scenarios() async throws {
    #expect(
      try await door.get("/api/scenarios").body
        == #"{"scenarios":[{"cases":[{"case":"x=1","title":"A"}],"invalid":null,"path":"scenarios/a.yaml","tags":["pin"],"title":"A"},{"cases":[],"invalid":["broken"],"path":"scenarios/b.yaml","tags":[],"title":"b"}]}"#
    )
  }

  @Test("A run is of all, of some, or of one case of a single file")
  func run() async throws {
    let all = try await door.send(.post, "/api/scenarios/run", "{}")
    #expect(
      all.body
        == #"{"results":[{"type":"case"}],"invalid":[],"recordings":{"a/en/default":"r"},"passed":1,"failed":2,"skipped":3}"#
    )
    _ = try await door.send(.post, "/api/scenarios/run", #"{"paths":["a.yaml"],"case":"x=1"}"#)
    let mistake = try await door.send(.post, "/api/scenarios/run", #"{"paths":["a.yaml","b.yaml"],"case":"x=1"}"#)
    #expect(mistake.status == 400)
    #expect(mistake.error == ["badInput", "\"case\" is one of a single file", "name it alone in \"paths\""])
    #expect(door.scenarios.asked.withLock { $0 } == [#"["all"] -"#, #"["a.yaml"] x=1"#])
    door.scenarios.refusal.withLock { $0 = DeskRefusal(.notNow, "scenarios are being run already") }
    #expect(try await door.send(.post, "/api/scenarios/run", "{}").status == 409)
  }
}
