import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing
import VerificationCore

/// What is written is read as the same, and written again as the same: for every tenant there can be.
@Suite("A tenant there and back")
struct TenantRoundTripTests {
  private static let now = Instant.virtualStart + .days(3)

  /// The sounds of greetings lie beside the file, each as long as the greeting says.
  private func document(_ random: RandomTenant) -> TenantDocument {
    TenantDocument(
      tenant: random.tenant, keptPINs: random.pins, modeline: FileSchema.modeline("../docs/tenant.schema.json")
    ) { greeting in greeting.file.map { _ in Self.name(of: greeting) } }
  }

  private static func name(of greeting: CustomGreeting) -> String {
    "greetings/\(greeting.language)/\(greeting.message.rawValue).wav"
  }

  private func reader(_ text: String, _ tenant: Tenant) -> ScenarioReader {
    let sounds = tenant.greetings.map { ("folder/\(Self.name(of: $0))", GreetingMeasurement.accepted($0.length)) }
    return ScenarioReader(
      files: MemoryFiles([
        "folder/t.yaml": text, "folder/s.yaml": "scenario: T\ngiven: {tenant: t.yaml}\nsteps: [signin]\n",
      ]), greetings: KnownGreetings(Dictionary(sounds) { first, _ in first }))
  }

  /// As it is elsewhere: with the sounds where they are now, and without keys.
  private func moved(_ tenant: Tenant) -> Tenant {
    var moved = tenant
    for index in moved.greetings.indices where moved.greetings[index].file != nil {
      moved.greetings[index].file = "folder/\(Self.name(of: moved.greetings[index]))"
    }
    moved.tokens = TokenShelf(
      tenant.tokens.map { token in
        var token = token
        token.secret = nil
        return token
      })
    return moved
  }

  @Test("Whatever a tenant holds survives being written and read, and is written as the same bytes", arguments: 0..<8)
  func survives(slice: UInt64) throws {
    for seed in slice * 25..<(slice + 1) * 25 {
      let random = RandomTenant(seed: seed)
      let text = document(random).text
      let reader = reader(text, random.tenant)
      let read: TenantImport
      do {
        read = try reader.import(at: "folder/t.yaml", now: Self.now)
      } catch {
        Issue.record(
          "seed \(seed): \(error.problems.map { "\($0.place.map { "\($0)" } ?? "") \($0.message)" })\n\(text)")
        continue
      }
      let expected = moved(random.tenant)
      #expect(read.tenant.recreation(pins: read.keptPINs) == expected.recreation(pins: random.pins), "seed \(seed)")
      #expect(read.tenant == expected, "seed \(seed)")
      // A text that looks like a PIN with its key is masked, and stays what it is.
      #expect(read.pins.isEmpty && read.secrets.allSatisfy { $0.hasPrefix("4711") }, "seed \(seed): \(read.secrets)")
      var made = Tenant(name: "another")
      for event in read.tenant.recreation(pins: read.keptPINs) { made.apply(event) }
      #expect(made == read.tenant, "seed \(seed): recreated")
      let again = TenantDocument(
        tenant: read.tenant, keptPINs: read.keptPINs, modeline: FileSchema.modeline("../docs/tenant.schema.json")
      ) { $0.file.map { String($0.dropFirst("folder/".count)) } }
      #expect(again.text == text, "seed \(seed)")
    }
  }

  @Test("fmt leaves what is written alone", arguments: 0..<8)
  func laidOut(slice: UInt64) throws {
    for seed in slice * 25..<(slice + 1) * 25 {
      let text = document(RandomTenant(seed: seed)).text
      do {
        #expect(try FileFormat(Array(text.utf8), path: "t.yaml").text == text, "seed \(seed)")
      } catch {
        Issue.record("seed \(seed): \(error.problems.map(\.message))\n\(text)")
      }
    }
  }

  @Test("A scenario that is given such a tenant starts with exactly that")
  func given() throws {
    for seed in 0..<80 as Range<UInt64> {
      let random = RandomTenant(seed: seed)
      guard !random.tenant.users.isEmpty else { continue }
      let given = try reader(document(random).text, random.tenant).scenario(at: "folder/s.yaml").given
      #expect(given.tenant == moved(random.tenant), "seed \(seed)")
      #expect(given.keptPINs == random.pins && given.pins.isEmpty && given.begun.isEmpty, "seed \(seed)")
    }
  }

  @Test("A scenario that is given such a tenant inline is written with all of it")
  func inline() throws {
    for seed in 0..<80 as Range<UInt64> {
      let random = RandomTenant(seed: seed)
      guard let user = random.tenant.users.first else { continue }
      var written = try scenario("scenario: T\nsteps: [signin]\n")
      written.given = Given(tenant: random.tenant, pins: [:], user: user.upn)
      written.given.keptPINs = random.pins
      let read = try scenario(ScenarioWriter.text(written)).given
      var expected = moved(random.tenant)
      // A scenario of one file has no sounds beside it.
      for index in expected.greetings.indices { expected.greetings[index].file = nil }
      #expect(read.tenant == expected, "seed \(seed)")
      #expect(read.keptPINs == random.pins && read.user == user.upn, "seed \(seed)")
    }
  }

  @Test("The random tenants hold everything that a tenant can hold")
  func random() {
    let tenants = (0..<200).map { RandomTenant(seed: $0) }
    func some(_ holds: (Tenant) -> Bool) -> Bool { tenants.contains { holds($0.tenant) } }
    func many(_ count: (Tenant) -> Int) -> Bool { tenants.contains { count($0.tenant) > 1 } }
    #expect(many(\.users.count) && many(\.blocks.count) && many(\.risks.count) && many(\.lockouts.count))
    #expect(many(\.passes.count) && many(\.remembered.count) && many(\.passedGates.count))
    #expect(many(\.placedCalls.count) && many(\.providers.count) && many(\.locations.count))
    #expect(many(\.tokens.count) && many(\.greetings.count) && many(\.registrations))
    #expect(some { Set($0.blocks.map(\.upn)).count < $0.blocks.count })
    #expect(some { $0.greetings.contains { $0.file != nil } && $0.greetings.contains { $0.file == nil } })
    for setting in Setting.all {
      #expect(some { setting.value(in: $0.settings) != setting.defaultValue }, "\(setting.name)")
    }
    let events = tenants.flatMap { $0.tenant.recreation(pins: $0.pins) }
    let kinds = Set(events.map { "\($0)".prefix { $0 != "(" } })
    #expect(kinds.count == 10, "\(kinds)")
  }
}
