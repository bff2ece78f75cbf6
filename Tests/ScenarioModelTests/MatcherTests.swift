import ScenarioModel
import Testing

@Suite("Matchers and suggestions")
struct MatcherTests {
  @Test(
    "Plain text must be equal, a pattern may match anywhere",
    arguments: [
      ("abc", "abc", true), ("abc", "abcd", false), ("/b.d/", "abcd", true), ("/^b/", "abcd", false), ("/", "/", true),
    ])
  func matches(pattern: String, text: String, matches: Bool) throws {
    #expect(try Matcher(pattern).matches(text) == matches)
  }

  @Test("What is no regular expression", arguments: ["/(/", "/[/", "/*/"])
  func noPattern(text: String) {
    #expect(throws: Matcher.Mistake.noPattern) { try Matcher(text) }
  }

  @Test(
    "A repetition of what repeats or chooses may never end, and is refused",
    arguments: [
      "/^(a+)+$/", "/^(.|.|.)*x$/", "/((a*))+/", "/(a|b){2,}/", "/((a)|b)*/", "/a*b*c*d*e*/",
    ])
  func endless(text: String) {
    #expect(throws: Matcher.Mistake.endless) { try Matcher(text) }
  }

  @Test(
    "What always ends is taken",
    arguments: [
      "/press 1.*account/", "/(abc)+/", "/(a|b)c/", "/[*+|]+/", "/\\(a+\\)*/", "/MFA.*denied.*code.*/",
    ])
  func ends(text: String) throws {
    _ = try Matcher(text)
  }

  @Test(
    "The closest word is suggested, none that is far",
    arguments: [
      ("hangupp", "hangup"), ("hnagup", "hangup"), ("PRESS", "press"), ("xyzzy", nil), ("", nil),
      (String(repeating: "x", count: 1_000), nil),
    ] as [(String, String?)])
  func suggested(word: String, suggestion: String?) {
    #expect(Suggestion.closest(to: word, among: ["hangup", "press", "wait"]) == suggestion)
  }
}
