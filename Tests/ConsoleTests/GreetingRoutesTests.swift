import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import Testing
import VerificationCore

@testable import Console

@Suite("Greetings by the API", .timeLimit(.minutes(5)))
struct GreetingRoutesTests {
  private let door = DeskDoor()
  private let fr = Language("fr")!

  @Test("The grid has all 18 messages, a cell a language, and says where the tenant has its own")
  func table() async throws {
    let answer = try await door.get("/api/greetings?language=nl,pl")
    #expect(answer.status == 200)
    #expect(door.greetings.seen.withLock { $0.languages } == [[Language("nl")!, Language("pl")!]])
    guard case .object(let members)? = answer.json, case .list(let rows)? = members["rows"] else {
      return #expect(Bool(false), "no rows")
    }
    #expect(members["limit"] == 1_048_576)
    #expect(members["uploadLimit"] == 16_777_216)
    #expect(rows.count == 18)
    #expect(answer.body.components(separatedBy: "\"own\":true").count == 2)
    #expect(
      answer.body.contains(
        #"{"covered":true,"gap":false,"heard":"fr","hearers":0,"language":"fr","length":7765,"own":true,"source":"default"}"#
      ))
  }

  @Test("What names no message is not there; what is no language is a mistake")
  func names() async throws {
    #expect(
      try await door.get("/api/greetings/welcome/fr").error == [
        "notFound", "there is no such message", "GET /api/greetings has all 18",
      ])
    let wrong = try await door.get("/api/greetings/activation/%3Cb%3E")
    #expect(wrong.status == 400)
    #expect(wrong.error == ["badInput", "this is no language", "as fr or fr-CA are"])
    #expect(
      try await door.get("/api/greetings/activation/%FF").error == [
        "badInput", "the address is not percent-encoded UTF-8", nil,
      ])
    #expect(door.greetings.seen.withLock { $0.places }.isEmpty)
  }

  @Test("A greeting is told, played and drawn")
  func one() async throws {
    let facts = try await door.get("/api/greetings/greetingStandard/fr")
    #expect(facts.body.contains(#""length":7765,"message":"greetingStandard","name":null,"own":false,"report":null"#))
    let original = try await door.get("/api/greetings/greetingStandard/fr/sound")
    #expect(original.headers[.contentType] == "audio/mpeg")
    #expect(original.body == "original")
    #expect(original.headers[.contentLength] == "8")
    #expect(try await door.get("/api/greetings/greetingStandard/fr/sound?as=phone").body == "phone")
    #expect(try await door.get("/api/greetings/greetingStandard/fr/sound?as=flac").status == 400)
    let drawing = try await door.get("/api/greetings/greetingStandard/fr/waveform.svg")
    #expect(drawing.headers[.contentType] == "image/svg+xml")
    #expect(door.greetings.seen.withLock { Set($0.places) } == [GreetingPlace(.greetingStandard, fr)])
  }

  @Test("A file without an end is refused as soon as it is too long, and no further byte of it is taken")
  func endless() async throws {
    for (method, path, limit) in [
      (.put, "/api/greetings/activation/fr?name=a.wav", 1_048_576),
      (HTTPRequest.Method.post, "/api/greetings/check?name=a.wav", 16_777_216),
    ] {
      let file = EndlessFile()
      let answer = try await door.ask(
        method, path, [.contentType: "application/octet-stream"], body: RequestBody(asyncSequence: file))
      #expect(answer.status == 413)
      #expect(
        answer.error == [
          "tooLarge", "the file has more than \(limit) bytes, and was not read to its end",
          "cut it, or export it again as 8 kHz mono WAV, 16-bit PCM: 20 s take 320,044 bytes",
        ])
      #expect(file.taken.count == limit / EndlessFile.piece + 1)
    }
    #expect(door.greetings.seen.withLock { $0.sounds }.isEmpty)
    #expect(door.renewals.count == 0)
  }

  @Test("A file that says that it is too long is refused unread; one of just the limit is taken")
  func announced() async throws {
    let path = "/api/greetings/activation/fr?name=a.wav"
    let file = EndlessFile()
    let refused = try await door.ask(
      .put, path, [.contentType: "application/octet-stream", .contentLength: "1048577"],
      body: RequestBody(asyncSequence: file))
    #expect(refused.status == 413)
    #expect(file.taken.count == 0)
    let full = [UInt8](repeating: 1, count: 1_048_576)
    #expect(try await door.upload(.put, path, full, announced: full.count).status == 200)
    #expect(door.greetings.seen.withLock { $0.sounds.map(\.bytes.count) } == [1_048_576])
    #expect(door.renewals.count == 1)
  }

  @Test("A file that broke off on its way is none, however good its beginning is")
  func brokenOff() async throws {
    let answer = try await door.upload(.put, "/api/greetings/activation/fr?name=a.wav", [1, 2, 3], announced: 4)
    #expect(answer.status == 400)
    #expect(answer.error == ["badInput", "the file broke off on its way", "send it again"])
    #expect(door.greetings.seen.withLock { $0.sounds }.isEmpty)
  }

  @Test("A file needs a name, of which the last part counts, and its own content type")
  func names2() async throws {
    for query in ["", "?name=", "?name=%0A", "?name=\(String(repeating: "a", count: 256))"] {
      let answer = try await door.upload(.post, "/api/greetings/check\(query)", [1])
      #expect(answer.status == 400)
      #expect(answer.error.first == "badInput")
    }
    _ = try await door.upload(.post, "/api/greetings/check?name=..%2F..%2Fetc%5Cwelcome%20%2B.wav", [1])
    #expect(door.greetings.seen.withLock { $0.sounds.map(\.name) } == ["welcome +.wav"])
    let form = try await door.ask(
      .post, "/api/greetings/check?name=a.wav", [.contentType: "text/plain"],
      body: RequestBody(buffer: ByteBuffer(string: "x")))
    #expect(form.status == 415)
    #expect(
      form.error == [
        "unsupported", "the body is not application/octet-stream",
        "send the bytes of the file with Content-Type: application/octet-stream",
      ])
  }

  @Test("A greeting that the check rejects is refused with its report, and the room is left alone")
  func rejected() async throws {
    var report = GreetingDouble.report
    report.duration = .milliseconds(21_000) + .microseconds(900)
    report.findings = [Finding(.durationLimit, .reject, "21.00 s: cut 1.1 s", remedy: "Cut it.", at: .seconds(20))]
    let refusal = DeskRefusal(.rejected, "21.00 s: cut 1.1 s", hint: "Cut it.", report: report)
    door.greetings.refusal.withLock { $0 = refusal }
    let answer = try await door.upload(.put, "/api/greetings/activation/fr?name=a.wav", [1])
    #expect(answer.status == 422)
    #expect(
      answer.body
        == #"{"error":{"hint":"Cut it.","id":"rejected","message":"21.00 s: cut 1.1 s"},"report":{"bitDepth":null,"bytes":3,"channels":null,"codec":null,"container":null,"duration":21000,"file":"hello.wav","findings":[{"at":20000,"id":"duration.limit","message":"21.00 s: cut 1.1 s","remedy":"Cut it.","severity":"reject"}],"sampleRate":null,"verdict":"rejected"}}"#
    )
    #expect(door.renewals.count == 0)
  }

  @Test("What is said with figures has its template and them beside its English, each in its type")
  func sentences() async throws {
    let refusal = DeskRefusal(
      .refused,
      "\("a") \(1_000) \(.decimal(-361, digits: 1)) \(.seconds(2_031, digits: 2)) \(.percent(5, digits: 2)) \(Instant.virtualStart) \(.day("2025-03-01")) \(["b", "c"]) \(Sentence("of \(2)"))",
      hint: "do it")
    door.greetings.refusal.withLock { $0 = refusal }
    let answer = try await door.upload(.put, "/api/greetings/activation/fr?name=a.wav", [1])
    #expect(
      answer.body
        == #"{"error":{"hint":"do it","id":"refused","message":"a 1000 -36.1 20.31 s 0.05 % 2025-01-15T09:00:00Z 2025-03-01 b, c of 2","sentences":{"message":{"figures":["a",{"count":1000},{"decimal":-361,"digits":1},{"digits":2,"seconds":2031},{"digits":2,"percent":5},{"instant":"2025-01-15T09:00:00Z"},{"day":"2025-03-01"},["b","c"],{"figures":[{"count":2}],"template":"of {1}"}],"template":"{1} {2} {3} {4} {5} {6} {7} {8} {9}"}}}}"#
    )
  }

  @Test("A mended file is an attachment under a plain and an exact name, with what was changed in a header")
  func mended() async throws {
    let answer = try await door.upload(.post, "/api/greetings/mend?name=gr%C3%BC%22%C3%9Fe.wav", [1])
    #expect(answer.status == 200)
    #expect(
      answer.headers[.contentDisposition]
        == #"attachment; filename="gr___e.wav-mended.wav"; filename*=UTF-8''gr%C3%BC%22%C3%9Fe%2Ewav%2Dmended%2Ewav"#)
    let changes = answer.headers[HTTPField.Name("Poundkey-Changes")!]?.removingPercentEncoding
    #expect(changes == #"[{"message":"louder: 50 % → 100 %","what":"level"}]"#)
  }

  @Test("Four files are taken in at a time, and the fifth is told to try again")
  func atOnce() async throws {
    let uploads = Uploads()
    @Sendable func nested(_ depth: Int) async throws -> Int {
      try await uploads.take(try Self.asked(), upTo: 10) { _ in depth == 5 ? 5 : try await nested(depth + 1) }
    }
    await #expect {
      try await nested(1)
    } throws: { error in
      (error as? Refused)?.id == "busy" && (error as? Refused)?.status == .serviceUnavailable
    }
    #expect(try await nested(2) == 5)
  }

  private static func asked() throws -> DeskRequest {
    let head = HTTPRequest(
      method: .post, scheme: nil, authority: nil, path: "/?name=a.wav",
      headerFields: [.contentType: "application/octet-stream"])
    let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test"))
    return try DeskRequest(
      Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: [1]))), ConsoleContext(source: source))
  }
}
