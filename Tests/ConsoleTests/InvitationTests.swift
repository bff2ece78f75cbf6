import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import TestSupport
import Testing
import VerificationCore

@testable import Console

enum NoChannel { static var channel: any Channel { EmbeddedChannel() } }

@Suite("Devices of the network", .timeLimit(.minutes(5)))
struct InvitationTests {
  private func token(_ link: String) -> String { String(link.split(separator: "/").last ?? "") }

  @Test("Without an invitation a device sees a page that says so, and the API 401")
  func uninvited() async throws {
    let door = try await SafetyDoor(isListening: true)
    let page = try await door.askAsPhone(.get, "/")
    #expect(page.status == 401)
    #expect(page.headers[.contentType] == "text/html; charset=utf-8")
    #expect(page.body.contains("This device has not been let in"))
    for path in ["/scripts/words.js", "/users", "/nothing"] {
      #expect(try await door.askAsPhone(.get, path).status == 401, "\(path)")
    }
    let api = try await door.askAsPhone(.get, "/api/room")
    #expect(api.status == 401)
    #expect(api.body.contains(#""id":"notInvited","message":"this device has not been let in""#))
  }

  @Test("A link lets one device in, once, with a cookie that no script and no other site gets at")
  func joins() async throws {
    let door = try await SafetyDoor(isListening: true)
    let link = try #require(door.invitations?.link(port: 8_080)).text
    #expect(link.hasPrefix("http://192.168.1.5:8080/join/"))
    let welcome = try await door.askAsPhone(.get, "/join/\(token(link))")
    #expect(welcome.status == 200)
    #expect(welcome.body.contains(#"<meta http-equiv="refresh" content="0; url=/">"#))
    let cookie = try #require(welcome.headers[.setCookie])
    #expect(try #/poundkey-8080=[A-Za-z0-9_-]{22}; Path=/; HttpOnly; SameSite=Strict/#.wholeMatch(in: cookie) != nil)
    let pair = String(cookie.prefix { $0 != ";" })
    #expect(try await door.askAsPhone(.get, "/api/room", [.cookie: "other=1; \(pair)"]).status == 200)
    #expect(try await door.askAsPhone(.get, "/", [.cookie: pair]).status == 200)
    for wrong in [
      "poundkey-8080=", "poundkey-8080", "poundkey-8081=\(pair.dropFirst(14))", "\(pair)x", "\(pair.dropLast())",
    ] {
      #expect(try await door.askAsPhone(.get, "/api/room", [.cookie: wrong]).status == 401, "\(wrong)")
    }
    let again = try await door.askAsPhone(.get, "/join/\(token(link))")
    #expect(again.status == 410)
    #expect(again.headers[.setCookie] == nil)
    #expect(again.body.contains("This invitation is not good any more"))
  }

  @Test("A link that is only looked at, or fetched ahead, is not used up")
  func looks() async throws {
    let door = try await SafetyDoor(isListening: true)
    let link = try #require(door.invitations?.link(port: 8_080)).text
    #expect(try await door.askAsPhone(.head, "/join/\(token(link))").status == 410)
    #expect(try await door.askAsPhone(.get, "/join/\(token(link))", [.purpose: "prefetch;prerender"]).status == 410)
    #expect(try await door.askAsPhone(.get, "/join/\(token(link))").status == 200)
  }

  @Test("A link is good for 15 minutes, a device is in for 12 hours")
  func expiry() async throws {
    let door = try await SafetyDoor(isListening: true)
    let invitations = try #require(door.invitations)
    let (first, second) = (invitations.link(port: 8_080), invitations.link(port: 8_080))
    #expect(first.until == .virtualStart + .minutes(15))
    door.watch.pass(.minutes(15) - Milliseconds(1))
    let guest = try #require(invitations.join(token(first.text)))
    door.watch.pass(Milliseconds(1))
    #expect(invitations.join(token(second.text)) == nil)
    #expect(invitations.isGuest(guest.revealed))
    door.watch.pass(.minutes(12 * 60))
    #expect(!invitations.isGuest(guest.revealed))
  }

  @Test("Eight links are open at once, 64 devices in: the oldest go for new ones")
  func bounds() async throws {
    let door = try await SafetyDoor(isListening: true)
    let invitations = try #require(door.invitations)
    let links = (0..<9).map { _ in token(invitations.link(port: 8_080).text) }
    #expect(Set(links).count == 9)
    #expect(invitations.join(links[0]) == nil)
    #expect(invitations.join(links[1]) != nil)
    let guests = (0..<65).compactMap { _ in invitations.join(token(invitations.link(port: 8_080).text)) }
    #expect(guests.count == 65)
    #expect(!invitations.isGuest(guests[0].revealed))
    #expect(invitations.isGuest(guests[1].revealed))
  }

  @Test("Invitations are made and drawn on this machine alone")
  func making() async throws {
    let door = try await SafetyDoor(isListening: true)
    let own: HTTPFields = [.origin: "http://127.0.0.1:8080"]
    #expect(try await door.ask(.get, "/api/invitation/qr").status == 404)
    let made = try await door.ask(.post, "/api/invitation", own)
    #expect(made.status == 200)
    let link = try #require(made.body.split(separator: "\"").first { $0.hasPrefix("http://") })
    #expect(made.body == #"{"link":"\#(link)","until":"2025-01-15T09:15:00Z","validFor":900000}"#)
    let drawn = try await door.ask(.get, "/api/invitation/qr")
    #expect(drawn.headers[.contentType] == "image/svg+xml")
    #expect(drawn.body == "<svg>\(link)</svg>")
    let guest = try #require(door.invitations?.join(token(String(link))))
    let fields: HTTPFields = [
      .cookie: "poundkey-8080=\(guest.revealed)", .origin: "http://192.168.1.5:8080",
    ]
    let refused = try await door.askAsPhone(.post, "/api/invitation", fields)
    #expect(refused.status == 403)
    #expect(refused.body.contains("invitations are made on the machine that the console runs on"))
    let closed = try await SafetyDoor().ask(.post, "/api/invitation", own)
    #expect(closed.status == 409)
    #expect(closed.body.contains("start it with poundkey serve --listen ADDRESS"))
  }

  @Test("Who invites sees the newest link, for how long, and how many devices are in; and closes what is open")
  func closing() async throws {
    let door = try await SafetyDoor(isListening: true)
    let own: HTTPFields = [.origin: "http://127.0.0.1:8080"]
    let none = #"{"devices":0,"link":null,"open":0,"until":null,"validFor":null}"#
    #expect(try await door.ask(.get, "/api/invitation").body == none)
    let invitations = try #require(door.invitations)
    let links = (0..<3).map { _ in invitations.link(port: 8_080).text }
    _ = try #require(invitations.join(token(links[0])))
    door.watch.pass(.minutes(5))
    #expect(
      try await door.ask(.get, "/api/invitation").body
        == #"{"devices":1,"link":"\#(links[2])","open":2,"until":"2025-01-15T09:15:00Z","validFor":600000}"#)
    #expect(try await door.ask(.delete, "/api/invitation").status == 403)
    #expect(invitations.standing(port: 8_080).open == 2)
    #expect(try await door.ask(.delete, "/api/invitation", own).status == 200)
    for link in links { #expect(invitations.join(token(link)) == nil) }
    // Who is in stays in.
    #expect(
      try await door.ask(.get, "/api/invitation").body == none.replacing(#""devices":0"#, with: #""devices":1"#))
    #expect(try await door.ask(.get, "/api/invitation/qr").status == 404)
  }

  @Test("Who was let in learns nothing of invitations and closes none; the room says who may invite")
  func notThere() async throws {
    let door = try await SafetyDoor(isListening: true)
    let invitations = try #require(door.invitations)
    let (guest, open) = (invitations.join(token(invitations.link(port: 8_080).text)), invitations.link(port: 8_080))
    let fields: HTTPFields = [
      .cookie: "poundkey-8080=\(try #require(guest).revealed)", .origin: "http://192.168.1.5:8080",
    ]
    for method in [HTTPRequest.Method.get, .delete] {
      let answer = try await door.askAsPhone(method, "/api/invitation", fields)
      #expect(answer.status == 403)
      #expect(!answer.body.contains(token(open.text)))
    }
    #expect(try await door.askAsPhone(.get, "/api/invitation/qr", fields).status == 403)
    #expect(try await door.askAsPhone(.get, "/api/room", fields).body.contains(#""invites":false"#))
    #expect(try await door.ask(.get, "/api/room").body.contains(#""invites":true"#))
    #expect(invitations.join(token(open.text)) != nil)
    let closed = try await SafetyDoor()
    #expect(try await closed.ask(.get, "/api/room").body.contains(#""invites":false"#))
    #expect(try await closed.ask(.get, "/api/invitation").status == 409)
    #expect(try await closed.ask(.delete, "/api/invitation", [.origin: "http://127.0.0.1:8080"]).status == 409)
  }

  @Test("This machine itself needs no invitation, by loopback or by its address in the network")
  func ownMachine() async throws {
    let door = try await SafetyDoor(isListening: true)
    #expect(try await door.ask(.get, "/api/room").status == 200)
    let own = try await door.ask(.get, "/api/room", host: "192.168.1.5:8080", from: SafetyDoor.own, at: SafetyDoor.own)
    #expect(own.status == 200)
  }

  @Test("A token compares equal to itself alone, prints as dots, and is 22 characters of 64")
  func tokens() {
    let token = AccessToken.random()
    #expect(token.matches(token.revealed))
    for other in ["", String(token.revealed.dropLast()), token.revealed + "A", AccessToken.random().revealed] {
      #expect(!token.matches(other))
    }
    #expect("\(token) \(String(reflecting: token))" == "•••• ••••")
    var dumped = ""
    dump(token, to: &dumped)
    #expect(!dumped.contains(token.revealed))
    #expect(token.revealed.wholeMatch(of: #/[A-Za-z0-9_-]{22}/#) != nil)
  }
}
