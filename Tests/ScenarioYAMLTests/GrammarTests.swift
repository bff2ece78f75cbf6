import Files
import ScenarioModel
import TestSupport
import Testing
import VerificationCore

@testable import ScenarioYAML

/// The grammar says which keys there are; these tests say that the readers read exactly those.
@Suite("The grammar and its readers")
struct GrammarTests {
  /// A place in a file where the keys of a mapping stand.
  struct Spot: Sendable, CustomTestStringConvertible {
    let shape: MappingShape
    /// The lines above, ending with the line that the keys are indented under.
    let above: String
    let indent: Int
    /// What may have to stand there so that a key is looked at.
    var beside: [String] = []
    var kind = SourceKind.scenario

    var testDescription: String { shape.name }
  }

  private static let step = "scenario: T\nsteps:\n"

  private static func inStep(_ verb: String, _ shape: MappingShape, beside: [String] = []) -> Spot {
    Spot(shape: shape, above: "\(step)  - \(verb):\n", indent: 6, beside: beside)
  }

  private static func inUser(_ key: String, _ shape: MappingShape, beside: [String] = []) -> Spot {
    Spot(
      shape: shape, above: "tenant: T\nusers:\n  - upn: a@b.example\n    \(key)\n", indent: 8, beside: beside,
      kind: .tenant)
  }

  private static let inCall = "explore: T\nalphabet: {keys: all}\n"
  private static let inService = "explore: T\nsteps: [signin: call]\n"

  static let spots: [Spot] =
    [
      Spot(shape: Grammar.scenario, above: "", indent: 0, beside: ["scenario: T", "steps: [signin]"]),
      Spot(
        shape: Grammar.matrix, above: "scenario: T\nsteps: [signin]\nmatrix:\n", indent: 2, beside: ["axes: {a: [1]}"]),
      Spot(shape: Grammar.fragment, above: "", indent: 0, beside: ["fragment: T", "steps: [answer]"], kind: .fragment),
      inStep("use", Grammar.use, beside: ["fragment: a.yaml"]),
      inStep("repeat", Grammar.repeated, beside: ["times: 2", "steps: [answer]"]),
      inStep("hear", Grammar.absence, beside: ["absent: true", "within: 5s"]),
      Spot(
        shape: Grammar.presence, above: "\(step)  - expect:\n      callerID:\n", indent: 8, beside: ["contains: x"]),
      Spot(
        shape: Grammar.textMatcher, above: "\(step)  - expect:\n      why:\n", indent: 8, beside: ["contains: x"]),
      Spot(
        shape: Grammar.countedMatcher, above: "\(step)  - expect:\n      mail:\n        to:\n", indent: 10,
        beside: ["contains: x"]),
      Spot(
        shape: Grammar.countRange, above: "\(step)  - text:\n      segments:\n", indent: 8, beside: ["min: 1"]),
      Spot(
        shape: Grammar.lengthRange, above: "\(step)  - expect:\n      length:\n", indent: 8, beside: ["min: 1s"]),
      Spot(shape: Grammar.otherResult, above: "\(step)  - expect:\n      result:\n", indent: 8),
      Spot(shape: Grammar.given, above: "scenario: T\ngiven:\n", indent: 2),
      Spot(shape: Grammar.tenant, above: "", indent: 0, beside: ["tenant: T"], kind: .tenant),
      Spot(
        shape: Grammar.user, above: "tenant: T\nusers:\n  -\n", indent: 4, beside: ["upn: a@b.example"], kind: .tenant),
      Spot(
        shape: Grammar.phones, above: "tenant: T\nusers:\n  - upn: a@b.example\n    phones:\n", indent: 6, kind: .tenant
      ),
      Spot(
        shape: Grammar.greeting, above: "tenant: T\ngreetings:\n  -\n", indent: 4,
        beside: ["message: greetingPIN", "language: de"], kind: .tenant),
      Spot(
        shape: Grammar.location, above: "tenant: T\nlocations:\n  -\n", indent: 4,
        beside: ["name: Office", "ranges: [203.0.113.0/24]"], kind: .tenant),
      inUser("blocked:\n      -", Grammar.block, beside: ["reason: x", "since: 2025-01-10"]),
      inUser(
        "risk:\n      -", Grammar.riskDetection, beside: ["kind: adminConfirmedUserCompromised", "at: 2025-01-10"]),
      inUser("lockout:", Grammar.lockout, beside: ["wrongPINs: 1", "last: 2025-01-10"]),
      inUser("pass:", Grammar.issuedPass, beside: ["issued: 2025-01-10", "lifetime: 1h"]),
      inUser("remembered:\n      -", Grammar.rememberedClient, beside: ["since: 2025-01-10"]),
      inUser("verifiedForReset:", Grammar.verifiedForReset),
      inUser("calls:\n      -", Grammar.placedCall, beside: ["number: x", "at: 2025-01-10"]),
      inUser("apps:\n      -", Grammar.registeredApp, beside: ["device: x", "secret: 1"]),
      Spot(
        shape: Grammar.token, above: "tenant: T\ntokens:\n  -\n", indent: 4, beside: ["serial: x"], kind: .tenant),
      Spot(shape: settings, above: "scenario: T\ngiven:\n  set:\n", indent: 4),
      inStep("set", settings), inStep("signin", Grammar.signIn), inStep("answer", Grammar.answer),
      inStep("press", Grammar.press, beside: ["keys: \"#\""]),
      inStep("hear", Grammar.hear, beside: ["message: greetingPIN"]),
      inStep("text", Grammar.text), inStep("enter", Grammar.enter, beside: ["code: right"]),
      inStep("app", Grammar.app, beside: ["answer: approve"]),
      inStep("register", Grammar.register, beside: ["phone: \"+33 612345678\""]),
      inStep("restore", Grammar.restore, beside: ["from: a", "onto: b"]), inStep("password", Grammar.password),
      inStep("fault", Grammar.faultMapping),
      Spot(shape: Grammar.voicemail, above: "\(step)  - fault:\n      voicemail:\n", indent: 8),
      Spot(shape: Grammar.carrier, above: "\(step)  - fault:\n      carrier:\n", indent: 8),
      Spot(shape: Grammar.delayedTexts, above: "\(step)  - fault:\n      sms:\n", indent: 8),
      inStep("expect", Grammar.expect),
      Spot(shape: Grammar.expectedUser, above: "\(step)  - expect:\n      user:\n", indent: 8),
      Spot(
        shape: Grammar.record, above: "\(step)  - expect:\n      records:\n        -\n", indent: 10,
        beside: ["audit: x"]),
      Spot(shape: Grammar.mail, above: "\(step)  - expect:\n      mail:\n", indent: 8, beside: ["to: x"]),
      Spot(shape: Grammar.stepMapping, above: "\(step)  -\n", indent: 4, beside: ["hear: greetingPIN"]),
      Spot(
        shape: Grammar.callExploration, above: "", indent: 0, beside: ["explore: T", "alphabet: {keys: all}"],
        kind: .explore),
      Spot(
        shape: Grammar.serviceExploration, above: "", indent: 0, beside: ["explore: T", "steps: [signin: call]"],
        kind: .explore),
      Spot(shape: Grammar.alphabet, above: "explore: T\nalphabet:\n", indent: 2, kind: .explore),
      Spot(shape: Grammar.callBound, above: "\(inCall)bound:\n", indent: 2, kind: .explore),
      Spot(shape: Grammar.serviceBound, above: "\(inService)bound:\n", indent: 2, kind: .explore),
      Spot(shape: Grammar.callProperties, above: "\(inCall)properties:\n", indent: 2, kind: .explore),
      Spot(shape: Grammar.serviceProperties, above: "\(inService)properties:\n", indent: 2, kind: .explore),
      Spot(
        shape: Grammar.alwaysEnds, above: "\(inCall)properties:\n  alwaysEnds:\n", indent: 4, kind: .explore),
      Spot(shape: Grammar.callCondition, above: "\(inCall)properties:\n  never:\n    -\n", indent: 6, kind: .explore),
      Spot(
        shape: Grammar.serviceCondition, above: "\(inService)properties:\n  never:\n    -\n", indent: 6, kind: .explore),
    ]
    + Grammar.admin.map { inStep("admin", $0, beside: ["\($0.fields[0].name): omar@larkspur.example"]) }

  private static let settings: MappingShape = {
    guard case .mapping(let shape) = Grammar.settings else { preconditionFailure("settings are a mapping") }
    return shape
  }()

  private func problems(_ text: String, _ kind: SourceKind) -> [Problem] {
    let reader = ScenarioReader(files: MemoryFiles(["x.yaml": text]), greetings: KnownGreetings())
    do {
      switch kind {
      case .scenario: _ = try reader.scenario(at: "x.yaml")
      case .tenant: _ = try reader.tenant(at: "x.yaml")
      case .explore: _ = try reader.exploration(at: "x.yaml")
      case .fragment: try reader.fragment(at: "x.yaml")
      }
      return []
    } catch {
      return error.problems
    }
  }

  /// The file with one key, and what stands beside it.
  private func text(_ spot: Spot, _ key: String, _ value: String, _ beside: [String]) -> String {
    let margin = String(repeating: " ", count: spot.indent)
    let lines = beside.filter { !$0.hasPrefix("\(key):") } + ["\(key): \(value)"]
    return spot.above + lines.map { "\(margin)\($0)\n" }.joined()
  }

  @Test("Every key of the grammar is read: a value of no use is refused, there", arguments: spots)
  func read(spot: Spot) throws {
    #expect(!spot.shape.keys.isEmpty)
    for key in spot.shape.keys {
      // A command that fails is told before what it could have been given besides.
      if Grammar.adminCompanions.contains(where: { $0.name == key }), spot.shape.name != "admin.unlock",
        spot.shape.name.hasPrefix("admin.")
      {
        continue
      }
      let isRead = ([spot.beside, []] + spot.beside.map { [$0] }).contains { beside in
        let text = text(spot, key, "[[[]]]", beside)
        let line = text.split(separator: "\n").count
        return problems(text, spot.kind).contains { problem in
          // Behind the key: what is missing is told at the start of the mapping, which the key may be.
          problem.place?.span.line == line && (problem.place?.span.column ?? 0) > spot.indent + key.count
        }
      }
      #expect(isRead, "\(spot.shape.name) has the key \(key), and nobody reads it")
    }
  }

  @Test("A key that the grammar does not have is refused everywhere", arguments: spots)
  func unknown(spot: Spot) {
    let text = text(spot, "zzz", "1", spot.beside)
    let isCommand = spot.shape.name == Grammar.faultMapping.name
    #expect(
      problems(text, spot.kind).contains { isCommand || ["unknown-key", "unknown-setting"].contains($0.id) },
      "\(spot.shape.name) takes zzz")
  }

  @Test("No reader has a list of keys of its own, and none looks at a key that the grammar does not have")
  func sources() throws {
    let folder = "\(Repository.root)/Sources/ScenarioYAML"
    let files = (Folder.files(below: folder, endings: ["swift"])?.files ?? []).filter { $0.hasSuffix("Reader.swift") }
    #expect(files.count >= 9)
    let known = Set(Self.spots.flatMap(\.shape.keys))
    for file in files {
      let text = String(decoding: try DiskFiles().load(file), as: UTF8.self)
      #expect(!text.contains("\", keys: ["), "\(file)")
      for match in text.matches(of: /fields\["(\w+)"\]/) {
        #expect(known.contains(String(match.1)), "\(file) reads \(match.1)")
      }
    }
  }

  @Test("The verbs of the grammar are those of the steps, in their order")
  func verbs() {
    #expect(Grammar.verbs.map(\.name) == Step.verbs)
  }

  @Test("Names of definitions are used once")
  func names() {
    let names = Self.spots.filter { $0.shape.name != "settings" }.map(\.shape.name)
    #expect(Set(names).count == names.count)
  }
}
