import ScenarioModel
import Testing

@Suite("What masks a secret")
struct SecretMaskTests {
  private let mask = SecretMask(["739146", "abc2"])

  @Test(
    "hides it with as many dots, spaces between its digits kept",
    arguments: [
      ("press: \"739146#\"", "press: \"••••••#\""), ("7 3 9 1 4 6 #", "• • • • • • #"), ("739 146#", "••• •••#"),
      ("PIN739146x", "PIN••••••x"), ("739146739146", "739146739146"), ("739146 739146", "•••••• ••••••"),
      ("abc2!", "••••!"), ("é739146é", "é••••••é"),
    ])
  func hidden(text: String, shown: String) {
    #expect(mask(text) == shown)
  }

  @Test(
    "leaves what is part of a longer number or word",
    arguments: ["+33 7391461", "0739146", "xabc2", "abc23", "73914", "7391 x46", ""])
  func left(text: String) {
    #expect(mask(text) == text)
  }

  @Test("hides the longer of two of which one begins the other")
  func longest() {
    #expect(SecretMask(["1234", "123456"])("123456 1234") == "•••••• ••••")
  }
}

@Suite("A mask of many secrets")
struct ManySecretsTests {
  @Test("hides each of them, and is as quick as of one")
  func many() {
    let mask = SecretMask((100_000..<200_000).map(String.init))
    let text = (0..<2_000).map { "\(100_000 + $0 * 37) 99\($0) " }.joined()
    let shown = mask(text)
    #expect(shown.hasPrefix("•••••• 990 •••••• 991 "))
    #expect(!shown.contains("10000"))
  }

  @Test("takes the longest of what begins at one place, spaces or not")
  func longest() {
    let mask = SecretMask(["4711", "471122", "00417"])
    #expect(mask("47 11 22 and 47 11 23 and 0 0 4 1 7") == "•• •• •• and •• •• 23 and • • • • •")
    #expect(mask("004711 4711") == "004711 ••••")
  }
}
