import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("Who is answered", .timeLimit(.minutes(5)))
struct SafetyRoutesTests {
  private static func error(_ id: String, _ message: String, _ hint: String? = nil) -> String {
    #"{"error":{"hint":\#(hint.map { "\"\($0)\"" } ?? "null"),"id":"\#(id)","message":"\#(message)"}}"#
  }

  @Test(
    "The names of this machine are answered, with the port",
    arguments: ["127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"])
  func ownNames(host: String) async throws {
    #expect(try await SafetyDoor().ask(.get, "/api/room", host: host).status == 200)
  }

  @Test(
    "DNS rebinding: any other name gets 421 and nothing else, on pages too",
    arguments: [
      "evil.example", "evil.example:8080", "127.0.0.1", "127.0.0.1:80", "localhost", "localhost:8081",
      "127.0.0.1:8080.",
      "127.0.0.1.evil.example:8080", "localhost.evil.example:8080", "0.0.0.0:8080", "127.0.0.2:8080",
      "192.168.1.5:8080",
      "user@127.0.0.1:8080", "127.0.0.1:08080", "",
    ], ["/", "/api/room", "/scripts/words.js", "/nothing"])
  func otherNames(host: String, path: String) async throws {
    let answer = try await SafetyDoor().ask(.get, path, host: host)
    #expect(answer.status == 421)
    #expect(
      answer.body
        == Self.error("host", "the console is not reached by this name", "open http://127.0.0.1:8080/"))
  }

  @Test("A request without a Host field, or with two, is none")
  func oneHost() async throws {
    let door = try await SafetyDoor()
    let message = Self.error("host", "a request needs one Host field that says whom it is for")
    let without = try await door.ask(.get, "/", host: nil)
    #expect(without.status == 400)
    #expect(without.body == message)
    let two = try await door.ask(.get, "/", [.host: "127.0.0.1:8080"])
    #expect(two.status == 400)
    #expect(two.body == message)
  }

  @Test("In the network the very address that a request came in by is the name, and localhost is not")
  func addressOfTheNetwork() async throws {
    let door = try await SafetyDoor(isListening: true)
    for (host, status) in [("192.168.1.5:8080", 200), ("localhost:8080", 421), ("127.0.0.1:8080", 421)] {
      let answer = try await door.ask(.get, "/api/room", host: host, from: SafetyDoor.own, at: SafetyDoor.own)
      #expect(answer.status == status, "\(host)")
    }
    let mapped = try await door.ask(
      .get, "/api/room", host: "192.168.1.5:8080", from: "::ffff:192.168.1.5", at: "::ffff:192.168.1.5")
    #expect(mapped.status == 200)
    #expect(try await door.ask(.get, "/", host: "[::1]:8080", from: "::1", at: "::1").status == 200)
  }

  @Test(
    "A page of another origin gets nothing, whatever it asks for",
    arguments: [
      "http://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:8081", "https://127.0.0.1:8080",
      "http://127.0.0.1:8080.evil.example", "file://", "",
    ])
  func otherOrigins(origin: String) async throws {
    let door = try await SafetyDoor()
    for method in [HTTPRequest.Method.get, .post] {
      let answer = try await door.ask(method, "/api/room", [.origin: origin])
      #expect(answer.status == 403)
      #expect(
        answer.body
          == Self.error("origin", "a page of another site asks this", "open the console by the address in its bar"))
    }
  }

  @Test("A post says where it comes from: the console's own origin, or the browser's word for it")
  func posts() async throws {
    let door = try await SafetyDoor()
    func status(_ fields: HTTPFields) async throws -> Int {
      var fields = fields
      fields[.contentType] = "application/json"
      return try await door.ask(.post, "/api/room/pause", fields, body: "{}").status
    }
    #expect(try await status([.origin: "http://127.0.0.1:8080"]) == 200)
    #expect(try await status([.origin: "http://localhost:8080"]) == 200)
    #expect(try await status([.fetchSite: "same-origin"]) == 200)
    #expect(try await status([.fetchSite: "none"]) == 200)
    #expect(try await status([.fetchSite: "cross-site"]) == 403)
    #expect(try await status([.fetchSite: "same-site"]) == 403)
    #expect(try await status([.fetchSite: "cross-site", .origin: "http://127.0.0.1:8080"]) == 403)
    #expect(try await status([:]) == 403)
    let message = try await door.ask(.delete, "/api/room").body
    #expect(
      message
        == Self.error(
          "origin", "a DELETE must say where it comes from",
          "scripts send the field Origin with the address of the console, or Sec-Fetch-Site: none"))
  }

  @Test("Another site may link to a page, and nothing more: no frame, no image, no script, no look at the API")
  func links() async throws {
    let door = try await SafetyDoor()
    func status(_ path: String, _ mode: String, _ destination: String, site: String = "cross-site") async throws -> Int
    {
      try await door.ask(.get, path, [.fetchSite: site, .fetchMode: mode, .fetchDestination: destination]).status
    }
    #expect(try await status("/", "navigate", "document") == 200)
    #expect(try await status("/", "navigate", "iframe") == 403)
    #expect(try await status("/scripts/words.js", "no-cors", "script") == 403)
    #expect(try await status("/api/room", "navigate", "document") == 403)
    #expect(try await status("/api/events", "no-cors", "image", site: "same-site") == 403)
    #expect(try await status("/api/room", "cors", "empty", site: "same-origin") == 200)
  }

  @Test(
    "Every answer carries the same bounds for the browser, and no CORS field",
    arguments: [
      ("/", 200), ("/api/room", 200), ("/api/events", 200), ("/scripts/words.js", 200), ("/nothing", 404),
      ("/api/broken", 500), ("/api/room/code?user=x", 400),
    ])
  func headers(path: String, status: Int) async throws {
    let answer = try await SafetyDoor().ask(.get, path)
    #expect(answer.status == status)
    #expect(
      answer.headers[.contentSecurity]
        == "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
    #expect(answer.headers[.contentTypeOptions] == "nosniff")
    #expect(answer.headers[.referrerPolicy] == "no-referrer")
    #expect(answer.headers[.openerPolicy] == "same-origin")
    #expect(answer.headers[.resourcePolicy] == "same-origin")
    #expect(answer.headers[.permissionsPolicy]?.contains("microphone=()") == true)
    #expect(!answer.headers.contains { $0.name.canonicalName.hasPrefix("access-control-") })
  }

  @Test("What the framework refuses is told like everything else")
  func frameworkErrors() async throws {
    let door = try await SafetyDoor()
    let own: HTTPFields = [.origin: "http://127.0.0.1:8080"]
    let nothing = try await door.ask(.get, "/nothing")
    #expect(nothing.status == 404)
    #expect(nothing.body == Self.error("notFound", "there is nothing at this address", "the console begins at /"))
    let wrong = try await door.ask(.delete, "/api/room", own)
    #expect(wrong.status == 405)
    #expect(wrong.headers[.allow] == "GET, HEAD")
    #expect(wrong.body == Self.error("method", "there is no DELETE here", "it takes GET, HEAD"))
    #expect(try await door.ask(.get, "/api/room/pause").headers[.allow] == "POST")
    #expect(try await door.ask(.post, "/", own).headers[.allow] == "GET, HEAD")
    #expect(try await door.ask(.delete, "/api/sounds/1.wav", own).status == 405)
    let broken = try await door.ask(.get, "/api/broken")
    #expect(broken.status == 500)
    #expect(
      broken.body == Self.error("internal", "this could not be done", "try again; what others do goes on"))
  }

  @Test("HEAD is answered without a body, pages and API alike")
  func head() async throws {
    let door = try await SafetyDoor()
    for path in ["/", "/api/room"] {
      let (whole, head) = (try await door.ask(.get, path), try await door.ask(.head, path))
      #expect(head.status == 200)
      #expect(head.body.isEmpty)
      #expect(head.headers[.contentLength] == whole.headers[.contentLength])
    }
  }

  @Test("A body that says itself that it is too long is refused before it comes")
  func bodies() async throws {
    let door = try await SafetyDoor()
    func answer(_ path: String, _ length: String) async throws -> SafetyDoor.Answer {
      try await door.ask(
        .post, path, [.origin: "http://127.0.0.1:8080", .contentType: "application/json", .contentLength: length],
        body: "{}")
    }
    let long = try await answer("/api/room/pause", "16385")
    #expect(long.status == 413)
    #expect(long.headers[.connection] == "close")
    #expect(long.body == Self.error("tooLarge", "the body has more than 16384 bytes"))
    #expect(try await answer("/api/room/pause", "16384").status == 200)
    #expect(try await answer("/api/room/pause", "99999999999999999999").status == 413)
    #expect(try await answer("/api/greetings/check", "16777217").status == 413)
  }

  @Test("So many pages follow the events, and one more is told so")
  func seats() async throws {
    let door = try await SafetyDoor()
    for _ in 0..<Limits.eventStreams { _ = door.room.log.follow(closing: NoChannel.channel) }
    let answer = try await door.ask(.get, "/api/events")
    #expect(answer.status == 503)
    let sentences =
      #""sentences":{"message":{"figures":[{"count":600}],"template":"{1} pages follow this room already"}}"#
    #expect(
      answer.body
        == Self.error("full", "600 pages follow this room already", "close some, then load this one again")
        .replacing(#"already"}}"#, with: "already\",\(sentences)}}"))
  }
}
