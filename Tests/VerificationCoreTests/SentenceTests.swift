import Testing
import VerificationCore

@Suite("A sentence and its figures")
struct SentenceTests {
  @Test("The text is the literal with its figures, the template has their places")
  func parts() {
    let sentence = Sentence("the speech is at \(.decimal(-361, digits: 1)) dBov: callers strain to hear it")
    #expect(sentence.text == "the speech is at -36.1 dBov: callers strain to hear it")
    #expect(sentence.template == "the speech is at {1} dBov: callers strain to hear it")
    #expect(sentence.figures == [.decimal(-361, digits: 1)])
  }

  @Test(
    "English writes each figure in its way",
    arguments: [
      (.count(1_048_577, isGrouped: true), "1,048,577"), (.count(43_200, isGrouped: false), "43200"),
      (.count(-1_000, isGrouped: true), "-1,000"), (.count(.min, isGrouped: true), "-9,223,372,036,854,775,808"),
      (.decimal(-361, digits: 1), "-36.1"), (.decimal(-4, digits: 1), "-0.4"), (.decimal(12, digits: 0), "12"),
      (.decimal(.min, digits: 99), "-9.223372036854775808"), (.seconds(2_031, digits: 2), "20.31 s"),
      (.seconds(7, digits: 2), "0.07 s"), (.percent(6, digits: 2), "0.06 %"), (.percent(-310, digits: 1), "-31.0 %"),
      (.instant(1_736_931_600_000), "2025-01-15T09:00:00Z"), (.text("{1}"), "{1}"), (.day("2025-03-01"), "2025-03-01"),
      (.list([.text("a"), .count(2, isGrouped: false)]), "a, 2"), (.list([]), ""),
      (.sentence(Sentence("no \(3) of it")), "no 3 of it"),
    ] as [(Sentence.Figure, String)])
  func figures(figure: Sentence.Figure, text: String) {
    #expect(figure.text == text)
  }

  @Test(
    "A length has as many decimals as there are",
    arguments: [(4_000, "4 s"), (250, "0.25 s"), (-1, "-0.001 s"), (0, "0 s"), (100_000, "100 s")])
  func lengths(milliseconds: Int64, text: String) {
    #expect(Sentence("\(Milliseconds(milliseconds))").text == text)
    #expect(Milliseconds(milliseconds).description == text)
  }

  @Test("What is interpolated says by its type how it is written")
  func types() throws {
    let upn = try #require(UPN("helga@larkspur.example"))
    let sentence = Sentence(
      "\(upn) \(3) \("x") \("xy".prefix(1)) \(Milliseconds(500)) \(Instant.virtualStart) \(["a", "b"]) \(verbatim: 33)")
    #expect(
      sentence.figures == [
        .text("helga@larkspur.example"), .count(3, isGrouped: false), .text("x"), .text("x"),
        .seconds(5, digits: 1), .instant(1_736_931_600_000), .list([.text("a"), .text("b")]), .text("33"),
      ])
    #expect(sentence.text == "helga@larkspur.example 3 x x 0.5 s 2025-01-15T09:00:00Z a, b 33")
  }

  @Test("A sentence that is handed on is itself, and a name is a figure")
  func handedOn() {
    let sentence = Sentence("of \(2)")
    #expect(Sentence("\(sentence)") == sentence)
    #expect(Sentence("(\(sentence))").figures == [.sentence(sentence)])
    #expect(Sentence("\(9)").template == "{1}")
    #expect(Sentence("\("MP3")").figures == [.text("MP3")])
    #expect(Sentence(english: "as it was {1}").figures == [])
    #expect(Sentence(english: "as it was {1}").text == "as it was {1}")
  }

  @Test("A stored sentence is read by its template and its figures, in their order and none missing")
  func stored() throws {
    let sentence = Sentence("\(1)\("two") of {three} and \(["{1}", "{2}"]).")
    #expect(Sentence(template: sentence.template, figures: sentence.figures) == sentence)
    #expect(Sentence(template: "", figures: []) == Sentence(""))
    #expect(Sentence(template: "{1} in {2}", figures: [])?.text == "{1} in {2}")
    #expect(Sentence(template: "{1}", figures: [.text("a"), .text("b")]) == nil)
    #expect(Sentence(template: "{2} {1}", figures: [.text("a"), .text("b")]) == nil)
  }

  @Test("What is kept of a finding is kept with its figures")
  func findings() throws {
    let finding = SignInFinding(
      .throttled, .throttled, "\(5) calls to the user or number within \(Milliseconds(1_500))")
    #expect(finding.reason == "5 calls to the user or number within 1.5 s")
    #expect(SignInFinding(.throttled, .throttled, kept: finding.said) == finding)
  }
}
