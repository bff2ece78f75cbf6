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

@Suite("Names of contents")
struct ContentHashTests {
  @Test("A content has the name that BLAKE2b-256 gives it")
  func known() {
    #expect(
      ContentHash.text(of: []) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")
    #expect(
      ContentHash.text(of: Array("abc".utf8)) == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
  }
}
