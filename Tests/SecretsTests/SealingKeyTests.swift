import Secrets
import Testing
import VerificationCore

@Suite("The keys of tokens, sealed")
struct SealingKeyTests {
  private let secret = TokenSecret(bytes: Array("12345678901234567890".utf8))

  private func key(_ byte: UInt8 = 7) throws -> SealingKey {
    try #require(SealingKey(bytes: [UInt8](repeating: byte, count: SealingKey.length)))
  }

  @Test("What was sealed for a token opens for it, and nothing of it can be read meanwhile")
  func opens() throws {
    let key = try key()
    let sealed = key.seal(secret, of: "4711")
    #expect(key.open(sealed, of: "4711") == secret)
    #expect(sealed.count == secret.revealedBytes.count + 24 + 16)
    #expect(!String(decoding: sealed, as: UTF8.self).contains("1234"))
  }

  @Test("Sealed twice, it is different each time")
  func nonces() throws {
    let key = try key()
    let sealed = (0..<100).map { _ in key.seal(secret, of: "4711") }
    #expect(Set(sealed).count == sealed.count)
  }

  @Test("It opens under no other key and for no other token")
  func refuses() throws {
    let sealed = try key().seal(secret, of: "4711")
    #expect(try key(8).open(sealed, of: "4711") == nil)
    #expect(try SealingKey.random().open(sealed, of: "4711") == nil)
    for serial in ["4712", "", "4711 ", "04711"] { #expect(try key().open(sealed, of: serial) == nil) }
  }

  @Test("It does not open with any one bit flipped")
  func flipped() throws {
    let key = try key()
    let sealed = key.seal(secret, of: "4711")
    for bit in 0..<(sealed.count * 8) {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(key.open(changed, of: "4711") == nil, "bit \(bit)")
    }
  }

  @Test("It does not open cut anywhere, nor with more behind it")
  func cut() throws {
    let key = try key()
    let sealed = key.seal(secret, of: "4711")
    for length in 0..<sealed.count { #expect(key.open(Array(sealed.prefix(length)), of: "4711") == nil) }
    #expect(key.open(sealed + [0], of: "4711") == nil)
  }

  @Test("A key has 32 bytes", arguments: [0, 16, 31, 33, 64])
  func length(count: Int) { #expect(SealingKey(bytes: [UInt8](repeating: 1, count: count)) == nil) }

  @Test("Two keys that are made are two")
  func random() throws {
    #expect(try SealingKey.random().revealedBytes != SealingKey.random().revealedBytes)
  }

  @Test("A key prints as dots, whichever way it is printed")
  func hidden() throws {
    let key = try key(201)
    var dumped = ""
    dump(key, to: &dumped)
    for shown in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
      #expect(!shown.contains("201") && shown.contains("••••"), "\(shown)")
    }
    #expect(Mirror(reflecting: key).children.isEmpty)
  }
}
