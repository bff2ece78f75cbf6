import Foundation
import Hummingbird
import Logging
import NIOCore
import ScenarioModel
import TestSupport
import Testing
import VerificationCore

@testable import Console

@Suite("console/openapi.json")
struct OpenAPITests {
  private struct Silence: RoomSounds {
    func wave(_ file: String, _ source: Recording.Source) async throws -> [UInt8]? { nil }
  }

  private static let folder = "\(Repository.root)/console"

  /// `get /api/users/{upn}`, of all that the console answers beside its pages.
  private func routes() async throws -> Set<String> {
    let parts = ConsoleServer.Parts(
      room: try await RoomStage().room, sounds: Silence(), pages: try Pages(folder: Self.folder), diagrams: { [:] },
      desks: Desks(
        greetings: GreetingDouble(), people: PeopleDouble(), tokens: TokenDouble(), logs: LogDouble(),
        settings: SettingDouble(), scenarios: ScenarioDouble()))
    let router = ConsoleServer(parts, logger: Logger(label: "test")).router()
    return Set(
      router.routes.map { route in
        let parts = route.path.description.split(separator: "/").map { part in
          part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
        }
        return "\(route.method.rawValue.lowercased()) /\(parts.joined(separator: "/"))"
      })
  }

  private func described() throws -> Set<String> {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/openapi.json"))
    let document = try JSONDecoder().decode([String: JSON].self, from: data)
    guard case .object(let paths)? = document["paths"] else { return [] }
    return Set(
      paths.flatMap { path, methods -> [String] in
        guard case .object(let methods) = methods else { return [] }
        return methods.keys.map { "\($0) \(path)" }
      })
  }

  @Test("It describes every route of the router, and nothing that is none")
  func routesAndDescription() async throws {
    let (routes, described) = (try await routes(), try described())
    // Actions on users are one route and described one by one; test_openapi.py compares their names.
    let action = "post /api/users/{upn}/{action}"
    let actions = described.filter { $0.hasPrefix("post /api/users/{upn}/") }
    #expect(routes.contains(action))
    #expect(actions.count > 10)
    #expect(routes.subtracting([action]).subtracting(described).sorted() == [])
    #expect(described.subtracting(actions).subtracting(routes).sorted() == [])
  }
}
