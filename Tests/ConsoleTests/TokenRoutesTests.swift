import HTTPTypes
import Hummingbird
import Synchronization
import Testing
import VerificationCore

@testable import Console

@Suite("Hardware tokens by the API", .timeLimit(.minutes(5)))
struct TokenRoutesTests {
  private let door = DeskDoor()
  private static let header = "upn,serial number,secret key,time interval,manufacturer,model\r\n"
  private static let good = "helga@larkspur.example,1234567,JBSWY3DPEHPK3PXP,30,Contoso,Key\r\n"
  private static let bad = "helga@larkspur.example,1234568,JBSWY3DPEHPK3PX1,30,Contoso,Key\r\n"

  @Test("The list takes filters, and names where the next ones begin")
  func list() async throws {
    let answer = try await door.get("/api/tokens?search=con&state=INACTIVE&skip=3&limit=2")
    let asked = TokenQuery(search: "con", state: .inactive, skip: 3, limit: 2)
    #expect(door.tokens.seen.withLock { $0.queries } == [asked])
    #expect(
      answer.body
        == #"{"limit":4096,"next":4,"tokens":[{"active":false,"hasKey":true,"interval":60,"manufacturer":"Contoso","model":"Key","serial":"..","shared":false,"user":"helga@larkspur.example"}],"total":7}"#
    )
    #expect(try await door.get("/api/tokens?skip=6").json == last)
  }

  /// What the double has, when it is the last one.
  private var last: JSON {
    .object([
      "limit": 4096, "next": nil, "total": 7,
      "tokens": .list([
        .object([
          "active": false, "hasKey": true, "interval": 60, "manufacturer": "Contoso", "model": "Key", "serial": "..",
          "shared": false, "user": "helga@larkspur.example",
        ])
      ]),
    ])
  }

  @Test(
    "What the list does not take is a mistake",
    arguments: ["state=lost", "skip=-1", "skip=x", "limit=0", "limit=201"])
  func mistakes(_ query: String) async throws {
    let answer = try await door.get("/api/tokens?\(query)")
    #expect(answer.status == 400)
    #expect(answer.error.first == "badInput")
    #expect(door.tokens.seen.withLock { $0.queries }.isEmpty)
  }

  @Test("TEN-8: A file is looked into without being taken, each wrong row with its line, and no key in the answer")
  func check() async throws {
    let file = Self.header + Self.good + Self.bad
    let answer = try await door.upload(.post, "/api/tokens/check?name=t.csv", Array(file.utf8))
    #expect(answer.status == 200)
    #expect(
      answer.body
        == #"{"imported":1,"problems":[{"field":"secret key","line":3,"message":"character 16 is 1, and Base32 has the digits 2 to 7 only","remedy":"export the key again; descriptions of this file that allow 1 to 7 are wrong, the standard (RFC 4648) has 2 to 7, so a 1 may be a mistyped I or L","sentences":{"message":{"figures":[{"count":16},"1"],"template":"character {1} is {2}, and Base32 has the digits 2 to 7 only"}},"serial":"1234568","user":"helga@larkspur.example"}],"untold":0,"wrong":1}"#
    )
    #expect(!answer.body.contains("JBSWY3DP"))
    #expect(door.tokens.seen.withLock { $0.files }.isEmpty)
    #expect(door.renewals.count == 0)
  }

  @Test("TEN-8: The good rows are taken, and the room takes the tenant anew")
  func take() async throws {
    let file = Self.header + Self.good + Self.bad
    let answer = try await door.upload(.post, "/api/tokens/import?name=t.csv", Array(file.utf8))
    #expect(answer.status == 200)
    #expect(answer.body.contains(#""imported":1"#))
    #expect(door.renewals.count == 1)
  }

  @Test(
    "A file of which no row is good is rejected, with what is wrong, and the room is left alone",
    arguments: [header + bad, "1234567;JBSWY3DPEHPK3PXP", ""])
  func rejected(_ file: String) async throws {
    let answer = try await door.upload(.post, "/api/tokens/import?name=t.csv", Array(file.utf8))
    #expect(answer.status == 422)
    #expect(answer.error[0...1] == ["rejected", "no row of the file is taken; nothing was stored"])
    #expect(answer.error[2]?.hasPrefix("line ") == true)
    #expect(answer.body.contains(#""intake":{"imported":0"#))
    #expect(!answer.body.contains("JBSWY3DP"))
    #expect(door.renewals.count == 0)
  }

  @Test("Of very many findings the first 500 are told, and how many more there are")
  func many() async throws {
    // Rows without a serial number: 700 findings fit into no double's limit, so they are noted by themselves.
    var rows = OATHRows(Array((Self.header + String(repeating: ",,,,,\r\n", count: 300)).utf8))
    var intake = TokenIntake()
    while let row = rows.next() {
      if case .wrongRow(let problems) = row { intake.note(problems) }
    }
    #expect(intake.problems.count == TokenIntake.told)
    #expect(intake.untold == 300 * 4 - TokenIntake.told)
  }

  @Test("A file that is too long is refused by its own word, and while it comes, with what to do about a list")
  func tooLarge() async throws {
    let remedy = "split it, the header in each part"
    let said = try await door.upload(.post, "/api/tokens/import?name=t.csv", [], announced: 4_097)
    #expect(said.status == 413)
    #expect(said.error == ["tooLarge", "the file has more than 4096 bytes, and was not read to its end", remedy])
    let endless = EndlessFile()
    let type: HTTPFields = [.contentType: "application/octet-stream"]
    let answer = try await door.ask(
      .post, "/api/tokens/check?name=t.csv", type, body: RequestBody(asyncSequence: endless))
    #expect(answer.status == 413)
    #expect(answer.error.last == remedy)
    #expect(endless.taken.count == 1)
    #expect(door.tokens.seen.withLock { $0.files }.isEmpty)
  }

  @Test("A file without a name, and of another type, is not looked at")
  func nameAndType() async throws {
    #expect(try await door.upload(.post, "/api/tokens/import", Array(Self.header.utf8)).status == 400)
    #expect(try await door.send(.post, "/api/tokens/import?name=t.csv", "{}").status == 415)
  }

  @Test("Each action names its token in the body, whatever its number is, and the room takes the tenant anew")
  func actions() async throws {
    let acts = [
      ("activate", #"{"serial":"../x","code":"123456"}"#, "activate ../x 123456"),
      ("assign", #"{"serial":"7","user":"helga@larkspur.example"}"#, "assign 7 helga@larkspur.example"),
      ("assign", #"{"serial":"7","user":null}"#, "assign 7 -"), ("assign", #"{"serial":"7"}"#, "assign 7 -"),
      ("delete", #"{"serial":"7"}"#, "delete 7"),
    ]
    for (action, body, act) in acts {
      let answer = try await door.send(.post, "/api/tokens/\(action)", body)
      #expect(answer.status == 200, "\(action): \(answer.body)")
      #expect(answer.body == "{}")
      #expect(door.tokens.seen.withLock { $0.acts.last } == act)
    }
    #expect(door.renewals.count == acts.count)
  }

  @Test("What is missing, wrong or refused is told, a code never repeated, and the room is left alone")
  func refused() async throws {
    for (action, body) in [
      ("activate", #"{"serial":"7"}"#), ("activate", #"{"code":"424242"}"#), ("assign", #"{"user":null}"#),
      ("assign", #"{"serial":"7","user":"helga"}"#), ("delete", "{}"), ("delete", #"{"serial":7}"#),
    ] {
      let answer = try await door.send(.post, "/api/tokens/\(action)", body)
      #expect(answer.status == 400, "\(action) \(body)")
      #expect(!answer.body.contains("424242"))
    }
    #expect(door.tokens.seen.withLock { $0.acts }.isEmpty)
    door.tokens.refusal.withLock { $0 = DeskRefusal(.refused, "this is not the current code of token 7") }
    let wrong = try await door.send(.post, "/api/tokens/activate", #"{"serial":"7","code":"424242"}"#)
    #expect(wrong.status == 422)
    #expect(!wrong.body.contains("424242"))
    #expect(door.renewals.count == 0)
  }
}
