import HTTPTypes
import Hummingbird
import Synchronization
import VerificationCore

/// Files that are sent here. So many at a time are taken in, each within a limit that is held while it comes.
final class Uploads: Sendable {
  /// At a time, from the first byte until the file was judged.
  static let atOnce = 4

  private let open = Mutex(0)

  /// Takes a file in and does something with it.
  ///
  /// - Parameters:
  ///   - limit: in bytes. Beyond, the sender is told at once, and what is still on its way is not kept.
  ///   - remedy: what to do with a file that is longer.
  /// - Throws: 415 for another type, 413 beyond the limit, 503 where enough files are taken in already.
  func take<Result>(
    _ asked: DeskRequest, upTo limit: Int, tooLarge remedy: Sentence = Uploads.shorter,
    _ work: (PostedSound) async throws -> Result
  ) async throws -> Result {
    let name = try Self.name(asked)
    let type = asked.request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
    guard type == "application/octet-stream" else {
      throw Refused(
        .unsupportedMediaType, "unsupported", "the body is not application/octet-stream",
        hint: "send the bytes of the file with Content-Type: application/octet-stream")
    }
    guard begin() else {
      throw Refused(
        .serviceUnavailable, "busy", said: "\(Self.atOnce) files are being looked into already", advice: "try again")
    }
    defer { end() }
    return try await work(PostedSound(name: name, bytes: try await Self.bytes(asked, upTo: limit, remedy)))
  }

  private func begin() -> Bool {
    open.withLock { open in
      guard open < Self.atOnce else { return false }
      open += 1
      return true
    }
  }

  private func end() { open.withLock { $0 -= 1 } }

  private static func bytes(_ asked: DeskRequest, upTo limit: Int, _ remedy: Sentence) async throws -> [UInt8] {
    let announced = asked.request.headers[.contentLength].flatMap { Int($0) }
    guard announced ?? 0 <= limit else { throw tooLarge(limit, remedy) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(announced ?? 0)
    for try await buffer in asked.request.body {
      guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge(limit, remedy) }
      bytes += buffer.readableBytesView
    }
    // Half a file may be a good one: what broke off on its way is none.
    guard announced ?? bytes.count == bytes.count else {
      throw Refused(.badRequest, "badInput", said: "the file broke off on its way", advice: "send it again")
    }
    return bytes
  }

  /// What to do with a sound that is too long.
  static let shorter = Sentence(
    "cut it, or export it again as 8 kHz mono WAV, 16-bit PCM: 20 s take 320,044 bytes")

  private static func tooLarge(_ limit: Int, _ remedy: Sentence) -> Refused {
    Refused(
      .contentTooLarge, "tooLarge", said: "the file has more than \(limit) bytes, and was not read to its end",
      advice: "\(remedy)")
  }

  /// The name that the file has where it comes from, without folders.
  private static func name(_ asked: DeskRequest) throws(Refused) -> String {
    let last = asked.query["name"]?.split { $0 == "/" || $0 == "\\" }.last.map(String.init)
    guard let last, last.utf8.count <= 255,
      !last.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      throw Refused(
        .badRequest, "badInput", said: "the file has no name that can be used",
        advice: "say it, as in ?name=welcome.wav")
    }
    return last
  }
}
