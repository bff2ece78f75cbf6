import Foundation
import Hummingbird
import NIOCore
import VerificationCore

/// The members of a JSON object that a request carries.
struct RequestFields {
  /// A body holds a few words; uploads go another way.
  static let limit = 16 * 1_024

  private let members: [String: JSON]

  /// - Throws: 415 for another content type, 413 for too much, 400 for what is no JSON object.
  init(_ request: Request) async throws {
    let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
    guard type == "application/json" else {
      throw Refused(
        .unsupportedMediaType, "unsupported", "the body is not application/json",
        hint: "send a JSON object with Content-Type: application/json")
    }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.limit)
    } catch is NIOTooManyBytesError {
      throw Refused(.contentTooLarge, "tooLarge", "the body has more than \(Self.limit) bytes")
    }
    guard let object = try? JSONDecoder().decode([String: JSON].self, from: Data(body.readableBytesView)) else {
      throw Refused(
        .badRequest, "badInput", "the body is no JSON object", hint: "as in {\"user\": \"helga@larkspur.example\"}")
    }
    members = object
  }

  /// As it came; nil where it is not there.
  func value(_ name: String) -> JSON? { members[name] }

  func missing(_ name: String) -> Refused {
    Refused(
      .badRequest, "badInput", "\"\(name)\" is missing", hint: "/api/openapi.json tells what each request takes")
  }

  func text(_ name: String) throws -> String {
    guard let text = try optionalText(name) else {
      throw missing(name)
    }
    return text
  }

  func optionalText(_ name: String) throws -> String? {
    switch members[name] {
    case nil, .null: return nil
    case .text(let text):
      guard text.utf8.count <= 1_024 else { throw Refused(.badRequest, "badInput", "\"\(name)\" is too long") }
      return text
    default: throw Refused(.badRequest, "badInput", "\"\(name)\" is to be a string")
    }
  }

  func flag(_ name: String) throws -> Bool {
    guard let flag = try optionalFlag(name) else {
      throw missing(name)
    }
    return flag
  }

  func optionalFlag(_ name: String) throws -> Bool? {
    switch members[name] {
    case nil, .null: return nil
    case .flag(let flag): return flag
    default: throw Refused(.badRequest, "badInput", "\"\(name)\" is to be true or false")
    }
  }

  func optionalNumber(_ name: String) throws -> Int? {
    switch members[name] {
    case nil, .null: return nil
    case .number(let number): return Int(clamping: number)
    default: throw Refused(.badRequest, "badInput", "\"\(name)\" is to be a whole number")
    }
  }

  func texts(_ name: String) throws -> [String]? {
    let mistake = Refused(.badRequest, "badInput", "\"\(name)\" is to be a list of strings")
    switch members[name] {
    case nil, .null: return nil
    case .list(let list):
      return try list.map { element throws(Refused) in
        if case .text(let text) = element { text } else { throw mistake }
      }
    default: throw mistake
    }
  }

  func upn(_ name: String = "user") throws -> UPN {
    guard let upn = try optionalUPN(name) else { throw missing(name) }
    return upn
  }

  func optionalUPN(_ name: String) throws -> UPN? {
    guard let text = try optionalText(name) else { return nil }
    guard let upn = UPN(text) else {
      throw Refused(
        .badRequest, "badInput", "\"\(name)\" is no user principal name", hint: "as in helga@larkspur.example")
    }
    return upn
  }

  /// One of the words of a type.
  func word<Word: RawRepresentable & CaseIterable>(_ name: String, _ type: Word.Type) throws -> Word?
  where Word.RawValue == String {
    guard let text = try optionalText(name) else { return nil }
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refused(.badRequest, "badInput", "\"\(name)\" cannot be \"\(text)\"", hint: "it takes \(words)")
    }
    return word
  }
}
