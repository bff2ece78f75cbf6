import Secrets
import Testing
import VerificationCore

@Suite("The text of a pass")
struct PassTextTests {
  @Test("REC-2: it has as many characters as are asked for", arguments: [8, 9, 20, 48])
  func length(length: Int) throws { #expect(try PassText.random(length: length).revealed.count == length) }

  @Test("No character in it is taken for another, and all others come")
  func alphabet() throws {
    let expected = Set("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789")
    #expect(expected.count == 56)
    // The chance that one of them stays away from 9,600 characters is below 1 in 10^72.
    let seen = try (0..<200).reduce(into: Set<Character>()) { seen, _ in
      seen.formUnion(try PassText.random(length: 48).revealed)
    }
    #expect(seen == expected)
  }

  @Test("No two are the same")
  func different() throws {
    let texts = try (0..<500).map { _ in try PassText.random(length: 8).revealed }
    #expect(Set(texts).count == texts.count)
  }

  @Test("It prints as dots, whichever way it is printed")
  func hidden() throws {
    let pass = try PassText.random(length: 12)
    var dumped = ""
    dump(pass, to: &dumped)
    for shown in ["\(pass)", String(reflecting: pass), dumped, "\([pass])", "\(["a": pass])"] {
      #expect(!shown.contains(pass.revealed) && shown.contains("••••"), "\(shown)")
    }
    #expect(Mirror(reflecting: pass).children.isEmpty)
  }
}
