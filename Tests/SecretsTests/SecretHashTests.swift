import Secrets
import Testing
import VerificationCore

@Suite("What is kept of secrets")
struct SecretHashTests {
  @Test("A hash matches its PIN and no other, and two of one PIN differ")
  func hashes() throws {
    let pin = try #require(Passcode("0471"))
    let hash = try SecretHash(of: pin)
    #expect(try hash.matches(#require(KeyEntry("0471"))))
    #expect(try !hash.matches(#require(KeyEntry("0472"))))
    #expect(try !hash.matches(#require(KeyEntry("471"))))
    #expect(try SecretHash(of: pin) != hash)
    #expect(hash.text.hasPrefix("$argon2id$v=19$"))
    #expect(SecretHash(hash.text) == hash)
  }
}
