import Console
import Foundation
import Reports
import ScenarioModel
import ScenarioYAML
import Simulation
import VerificationCore

/// The guided demos, other scenarios, and sessions written as scenarios.
struct ShippedScripts: RoomScripts {
  /// The order in which demos are offered; others follow by name.
  private static let order = ["confirm", "report-fraud", "lockout", "lost-phone"]

  let demos: [Demo]
  /// Below which scenarios may be opened.
  private let folders: ServedFolders

  /// - Parameters:
  ///   - home: holds `scenarios/demo`.
  ///   - folders: where scenarios are, those of the home among them.
  /// - Throws: where a demo is no scenario.
  init(home: String, folders: ServedFolders) throws {
    self.folders = folders
    let names =
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(home)/scenarios/demo")) ?? []).filter {
        $0.hasSuffix(".yaml")
      }
    let ids = names.map { String($0.dropLast(5)) }.sorted { Self.place($0) < Self.place($1) }
    demos = try ids.map { id in
      do throws(InvalidSource) {
        return Demo(id: id, scenario: try folders.reader.scenario(at: "scenarios/demo/\(id).yaml"))
      } catch {
        throw InvalidFile.failure(error)
      }
    }
  }

  private static func place(_ id: String) -> (Int, String) { (order.firstIndex(of: id) ?? order.count, id) }

  private static var reader: ScenarioReader { ScenarioReader(files: SourceFiles(), greetings: GreetingMeter()) }

  func scenario(at path: String, case name: String?) throws -> Scenario {
    guard folders.path(of: path) != nil else {
      throw Problem("no-scenario", "there is no such scenario in the folders that are served")
    }
    let file: ScenarioFile
    do throws(InvalidSource) {
      file = try folders.reader.file(at: path)
    } catch {
      throw error.problems.first ?? Problem("no-scenario", "\"\(path)\" is no scenario")
    }
    let scenarios = file.cases.indices.map(file.scenario)
    guard let found = scenarios.first(where: { name == nil || $0.caseName == name }) else {
      throw Problem("no-case", "\"\(path)\" has no case \"\(name ?? "")\"")
    }
    return found
  }

  /// Written, read again and played in virtual time: what is handed out passes.
  func text(of session: Session) throws -> String {
    var given = session.given
    if !given.keptPINs.isEmpty, given.tenant.settings.pin.mode {
      throw Problem(
        "kept-pins", "the PINs of this tenant are known by their hashes alone: a scenario could not press them",
        hint: "in the demo tenant sessions with PINs can be saved")
    }
    // A scenario begins with a tenant of its own; nothing of it lasts.
    (given.lasts, given.pinCheck, given.passCheck) = (false, nil, nil)
    let plain = Session(given: given, seed: session.seed, acts: session.acts, journal: session.journal)
    let take = Recorder.record(plain, path: "session.yaml")
    let text = Self.written(take.scenario)
    guard take.isFaithful, try Self.passes(text) else {
      throw Problem(
        "not-faithful", "played again this session would not be the same", hint: "reset, and sign in one at a time")
    }
    return text
  }

  private static func written(_ scenario: Scenario) -> String {
    let demo = reader.demoTenant
    let isDemo = scenario.given.tenant == demo.tenant && scenario.given.pins == demo.pins
    let user = scenario.given.user == demo.user ? nil : scenario.given.user
    let text = ScenarioWriter.text(scenario, given: isDemo ? .named(tenant: nil, user: user) : .whole)
    // What cannot be laid out is a good file all the same.
    return (try? FileFormat(Array(text.utf8), path: "session.yaml"))?.text ?? text
  }

  private static func passes(_ text: String) throws -> Bool {
    let folder = try ScratchFolder()
    guard let path = folder.file("session.yaml", content: { Array(text.utf8) }),
      let scenario = try? reader.scenario(at: path)
    else { return false }
    return VirtualDriver.play(scenario).passed
  }
}
