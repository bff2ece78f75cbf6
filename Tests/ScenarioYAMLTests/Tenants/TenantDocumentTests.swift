import Files
import ScenarioModel
import ScenarioYAML
import TestSupport
import Testing
import VerificationCore

@Suite("A tenant as a document")
struct TenantDocumentTests {
  private static let folder = "\(Repository.root)/Tests/ScenarioYAMLTests/Fixtures/tenants"
  private static let modeline = FileSchema.modeline("../../../../docs/tenant.schema.json")

  static let documents: [(name: String, document: TenantDocument)] = [
    (
      "everything",
      TenantDocument(tenant: TenantFixtures.everything, keptPINs: [TenantFixtures.helga], modeline: modeline) {
        $0.file.map { _ in "greetings/en/fraud.wav" }
      }
    ),
    ("odd-texts", TenantDocument(tenant: TenantFixtures.oddTexts, modeline: modeline)),
    ("empty", TenantDocument(tenant: Tenant(name: ""), modeline: modeline)),
  ]

  @Test("A tenant is written as the file in the fixtures, byte for byte", arguments: documents.map(\.name))
  func written(name: String) throws {
    let document = try #require(Self.documents.first { $0.name == name }?.document)
    let expected = try String(validating: DiskFiles(in: Self.folder).load("\(name).yaml"), as: UTF8.self)
    #expect(document.text == expected)
    #expect(document.text == document.text)
  }

  @Test(
    "The files in the fixtures are read as the tenants that they were written from", arguments: documents.map(\.name))
  func read(name: String) throws {
    let document = try #require(Self.documents.first { $0.name == name }?.document)
    let reader = ScenarioReader(
      files: DiskFiles(in: Self.folder),
      greetings: KnownGreetings(["greetings/en/fraud.wav": .accepted(Milliseconds(6_250))]))
    let read = try reader.import(at: "\(name).yaml", now: .virtualStart)
    var expected = document.tenant
    for index in expected.greetings.indices where expected.greetings[index].file != nil {
      expected.greetings[index].file = "greetings/en/fraud.wav"
    }
    #expect(read.tenant == expected)
    #expect(read.keptPINs == document.keptPINs)
  }

  @Test("No secret is written: of a PIN that there is one, of a token no key")
  func secrets() throws {
    var tenant = TenantFixtures.everything
    tenant.tokens = TokenShelf(
      tenant.tokens.map { token in
        var token = token
        token.secret = TokenSecret(bytes: Array("very secret".utf8))
        return token
      })
    let with = TenantDocument(tenant: tenant, keptPINs: [TenantFixtures.helga], modeline: Self.modeline) {
      $0.file.map { _ in "greetings/en/fraud.wav" }
    }
    #expect(with.text == Self.documents.first { $0.name == "everything" }?.document.text)
    #expect(with.text.contains("pin: kept"))
  }
}
