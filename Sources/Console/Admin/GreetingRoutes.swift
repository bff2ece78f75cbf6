import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import VerificationCore

/// Greetings: the grid, the one that plays in each place, and files on their way there.
struct GreetingRoutes: Sendable {
  let desk: any GreetingDesk
  let uploads = Uploads()
  /// Has the room take the tenant anew.
  let renew: @Sendable () async -> Void

  func add(to router: Router<ConsoleContext>) {
    router.desk(.get, "/api/greetings") { try await table($0) }
    router.desk(.post, "/api/greetings/check") { try await check($0) }
    router.desk(.post, "/api/greetings/waveform") { try await waveformOfPosted($0) }
    router.desk(.post, "/api/greetings/phone") { try await postedAsHeard($0) }
    router.desk(.post, "/api/greetings/mend") { try await mend($0) }
    router.desk(.get, "/api/greetings/:message/:language") { try await facts($0) }
    router.desk(.put, "/api/greetings/:message/:language") { try await put($0) }
    router.desk(.delete, "/api/greetings/:message/:language") { try await delete($0) }
    router.desk(.get, "/api/greetings/:message/:language/sound") { try await sound($0) }
    router.desk(.get, "/api/greetings/:message/:language/prospect") { try await prospect($0) }
    router.desk(.get, "/api/greetings/:message/:language/waveform.svg") { try await waveform($0) }
  }
}

// What plays.
extension GreetingRoutes {
  private func table(_ asked: DeskRequest) async throws -> Response {
    let languages = try (asked.query["language"] ?? "").split(separator: ",").map { try Self.language(String($0)) }
    guard languages.count <= Self.mostColumns else {
      throw Refused(.badRequest, "badInput", "at most \(Self.mostColumns) languages are looked at beside the tenant's")
    }
    return try .json(try await desk.table(also: languages).facts(desk.limits))
  }

  private static let mostColumns = 20

  private func facts(_ asked: DeskRequest) async throws -> Response {
    try .json(try await desk.facts(try Self.place(asked)).json)
  }

  private func sound(_ asked: DeskRequest) async throws -> Response {
    let place = try Self.place(asked)
    switch try asked.query.word("as", among: ["original", "phone"]) {
    case "phone": return .sound(try await desk.asHeard(place))
    default: return .sound(try await desk.original(place))
    }
  }

  private func prospect(_ asked: DeskRequest) async throws -> Response {
    try .json(try await desk.prospect(try Self.place(asked)).facts)
  }

  private func waveform(_ asked: DeskRequest) async throws -> Response {
    .svg(try await desk.waveform(try Self.place(asked)))
  }

  private static func place(_ asked: DeskRequest) throws(Refused) -> GreetingPlace {
    let (message, language) = (try asked.part("message"), try asked.part("language"))
    guard let message = MessageType(rawValue: message) else {
      throw Refused(.notFound, "notFound", "there is no such message", hint: "GET /api/greetings has all 18")
    }
    return GreetingPlace(message, try Self.language(language))
  }

  private static func language(_ text: String) throws(Refused) -> Language {
    guard text.utf8.count <= 35, let language = Language(text) else {
      throw Refused(.badRequest, "badInput", "this is no language", hint: "as fr or fr-CA are")
    }
    return language
  }
}

// Files that are sent.
extension GreetingRoutes {
  private func check(_ asked: DeskRequest) async throws -> Response {
    try await uploads.take(asked, upTo: desk.limits.upload) { try .json(try await desk.check($0).facts) }
  }

  private func waveformOfPosted(_ asked: DeskRequest) async throws -> Response {
    try await uploads.take(asked, upTo: desk.limits.upload) { .svg(try await desk.waveform(of: $0)) }
  }

  private func postedAsHeard(_ asked: DeskRequest) async throws -> Response {
    try await uploads.take(asked, upTo: desk.limits.upload) { .sound(try await desk.asHeard($0)) }
  }

  private func mend(_ asked: DeskRequest) async throws -> Response {
    try await uploads.take(asked, upTo: desk.limits.upload) { sound in
      let mended = try await desk.mend(sound)
      var response = Response.sound(mended.file)
      response.headers[.contentDisposition] = Attachment.field(mended.file.name)
      response.headers[.changes] = try mended.field
      return response
    }
  }

  private func put(_ asked: DeskRequest) async throws -> Response {
    let place = try Self.place(asked)
    let report = try await uploads.take(asked, upTo: desk.limits.greeting) { try await desk.put($0, at: place) }
    await renew()
    return try .json(JSON.object(["report": report.facts, "prospect": try await desk.prospect(place).facts]))
  }

  private func delete(_ asked: DeskRequest) async throws -> Response {
    try await desk.delete(try Self.place(asked))
    await renew()
    return try .json(JSON.object([:]))
  }
}

extension Response {
  fileprivate static func sound(_ file: SoundFile) -> Response { .bytes(file.bytes, type: file.kind.rawValue) }

  fileprivate static func svg(_ text: String) -> Response { .bytes(Array(text.utf8), type: "image/svg+xml") }
}

extension MendedSound {
  /// For a header: JSON, percent-encoded.
  fileprivate var field: String {
    get throws {
      let list = JSON.list(
        changes.map { .object(["what": .text($0.kind.rawValue)].saying(("message", $0.said))) })
      let text = String(decoding: try list.json, as: UTF8.self)
      return text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
  }
}

extension HTTPField.Name {
  /// What mending changed.
  fileprivate static var changes: HTTPField.Name { HTTPField.Name("Poundkey-Changes") ?? .via }
}

/// A file that is to be saved under a name, whatever the name holds (RFC 6266, RFC 8187).
enum Attachment {
  static func field(_ name: String) -> String {
    let plain = String(name.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
    let exact = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? plain
    return "attachment; filename=\"\(plain)\"" + (plain == name ? "" : "; filename*=UTF-8''\(exact)")
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || " -_.()".unicodeScalars.contains(scalar))
  }
}
