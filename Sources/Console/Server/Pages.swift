import Foundation
import HTTPTypes
import Hummingbird
import ScenarioModel

/// The files of the pages, read once: what is served is in memory.
public struct Pages: Sendable {
  struct File: Sendable {
    let bytes: ByteBuffer
    let type: String
    /// Of the content: the same file has the same one.
    let tag: String
  }

  /// By the path in an address.
  let files: [String: File]
  /// The description of the API, as its file has it.
  let openAPI: [UInt8]

  private static let types = [
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
    "json": "application/json", "svg": "image/svg+xml", "png": "image/png",
  ]
  /// The folders whose files are served under their own names.
  private static let folders = ["scripts", "styles", "words", "images"]

  /// - Parameter folder: that holds `pages`, `scripts`, `styles`, `words`, `images` and `openapi.json`.
  /// - Throws: where it cannot be read.
  public init(folder: String) throws {
    var files: [String: File] = [:]
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: "\(folder)/pages") where name.hasSuffix(".html") {
      let address = name == "room.html" ? "/" : "/\(name.dropLast(5))"
      files[address] = try Self.file(at: "\(folder)/pages/\(name)")
    }
    for kind in Self.folders {
      for name in (try? manager.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? [] {
        if let file = try Self.file(at: "\(folder)/\(kind)/\(name)") { files["/\(kind)/\(name)"] = file }
      }
    }
    self.files = files
    openAPI = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/openapi.json")))
  }

  /// - Returns: nil for a kind of file that is not served.
  private static func file(at path: String) throws -> File? {
    guard let type = types[path.split(separator: ".").last.map(String.init) ?? ""] else { return nil }
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return File(
      bytes: ByteBuffer(bytes: data), type: type, tag: "\"\(String(FNV1a.hash(Array(data)), radix: 16))\"")
  }

  func response(to request: Request) -> Response? {
    guard let file = files[request.uri.path] else { return nil }
    // Asked for again each time, and answered in a few bytes where nothing has changed.
    var headers: HTTPFields = [.contentType: file.type, .eTag: file.tag, .cacheControl: "no-cache"]
    if request.headers[.ifNoneMatch] == file.tag {
      headers[.contentType] = nil
      return Response(status: .notModified, headers: headers)
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
  }
}
