import Secrets
import Testing
import VerificationCore

@Suite("What is kept of PINs and passes")
struct SecretHashTests {
  @Test("A hash matches its PIN and no other, and two of one PIN differ")
  func hashes() throws {
    let pin = try #require(Passcode("0471"))
    let hash = try SecretHash(of: pin)
    #expect(try hash.matches(#require(KeyEntry("0471"))))
    for wrong in ["0472", "471", "00471", "0471*", ""] {
      #expect(try !hash.matches(#require(KeyEntry(wrong))), "\(wrong)")
    }
    #expect(try SecretHash(of: pin) != hash)
    #expect(hash.text.hasPrefix("$argon2id$v=19$"))
    #expect(SecretHash(hash.text) == hash)
  }

  @Test("All 20 digits of a PIN count")
  func longPIN() throws {
    let digits = "83620517294460183752"
    let hash = try SecretHash(of: try #require(Passcode(digits)))
    #expect(try hash.matches(#require(KeyEntry(digits))))
    #expect(try !hash.matches(#require(KeyEntry(digits.dropLast() + "3"))))
    #expect(try !hash.matches(#require(KeyEntry(digits.dropLast()))))
    #expect(!hash.text.contains(digits))
  }

  @Test("A hash matches its pass, upper and lower case told apart, whatever bytes somebody types")
  func passes() throws {
    let pass = try PassText.random(length: 48)
    let hash = try SecretHash(of: pass)
    #expect(hash.matches(PassText(typed: pass.revealed)))
    let typed = [
      pass.revealed.lowercased() == pass.revealed ? pass.revealed.uppercased() : pass.revealed.lowercased(),
      pass.revealed + " ", pass.revealed + "\u{0}", String(pass.revealed.dropLast()), "", "\u{0}", "é\u{202E}🔑",
    ]
    for wrong in typed { #expect(!hash.matches(PassText(typed: wrong))) }
  }

  @Test("CALL-9: a PIN of the digits of a report code is known by its hash; a code too short for a PIN is none")
  func reportCode() throws {
    let hash = try SecretHash(of: try #require(Passcode("2580")))
    #expect(try hash.matches(#require(ReportCode("2580"))))
    #expect(try !hash.matches(#require(ReportCode("2581"))))
    #expect(!hash.matches(ReportCode.zero))
  }

  @Test(
    "What is no such hash is told apart, or matches nothing",
    arguments: ["", "4711", "$argon2i$v=19$m=65536,t=2,p=1$", "$argon2id$" + String(repeating: "A", count: 200)])
  func wrongTexts(text: String) { #expect(SecretHash(text) == nil) }

  @Test(
    "A hash that was cut or changed matches nothing, and does not crash",
    arguments: [
      "$argon2id$", "$argon2id$v=19$m=65536,t=2,p=1$", "$argon2id$v=19$m=4294967295,t=2,p=1$AAAA$AAAA",
      "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$\u{0}",
    ])
  func damaged(text: String) throws {
    let hash = try #require(SecretHash(text))
    #expect(try !hash.matches(#require(KeyEntry("4711"))))
  }

  @Test("A hash shows nothing of itself")
  func hidden() throws {
    let hash = try SecretHash(of: try #require(Passcode("4711")))
    var dumped = ""
    dump(hash, to: &dumped)
    for shown in ["\(hash)", String(reflecting: hash), dumped, "\([hash])", "\(Optional(hash) as Any)"] {
      #expect(!shown.contains("argon2id") && !shown.contains("4711"), "\(shown)")
    }
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
