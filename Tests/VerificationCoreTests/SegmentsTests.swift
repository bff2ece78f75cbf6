import Testing
import VerificationCore

@Suite("How a text is encoded and cut")
struct SegmentsTests {
  @Test("SMS-3: é è à ù Ç do not force UCS-2", arguments: ["é", "è", "à", "ù", "Ç"])
  func gsm(letter: String) {
    let segments = Segments("Acc\(letter)s")
    #expect(segments.encoding == .gsm7)
    #expect(segments.forcing == [])
    #expect(segments.units == 5)
  }

  @Test("SMS-3: ç ê ô û î œ and the curly apostrophe do", arguments: ["ç", "ê", "ô", "û", "î", "œ", "’"])
  func ucs(letter: Unicode.Scalar) {
    let segments = Segments("Ab\(letter) \(letter)")
    #expect(segments.encoding == .ucs2)
    #expect(segments.forcing.map(\.scalar) == [letter])
    #expect(segments.forcing.map(\.places) == [[3, 5]])
  }

  @Test(
    "SMS-3: 160 septets are one message, 161 are two of at most 153",
    arguments: [(160, [160]), (161, [153, 8]), (306, [153, 153]), (307, [153, 153, 1])])
  func septets(count: Int, parts: [Int]) {
    #expect(Segments(String(repeating: "a", count: count)).segments.map(\.units) == parts)
  }

  @Test(
    "SMS-3: 70 UTF-16 units are one message, 71 are two of at most 67",
    arguments: [(70, [70]), (71, [67, 4]), (134, [67, 67]), (135, [67, 67, 1])])
  func units(count: Int, parts: [Int]) {
    #expect(Segments(String(repeating: "ê", count: count)).segments.map(\.units) == parts)
  }

  @Test("SMS-3: a character of the extension table takes two septets", arguments: Array("^{}\\[~]|€\u{0C}"))
  func extensionTable(character: Character) {
    let segments = Segments(String(repeating: character, count: 80))
    #expect(segments.encoding == .gsm7)
    #expect(segments.segments.map(\.units) == [160])
  }

  @Test("SMS-3: the escape and what it escapes stay in one part")
  func escapePair() {
    let text = String(repeating: "a", count: 152) + "€" + String(repeating: "b", count: 10)
    let segments = Segments(text).segments
    #expect(segments.map(\.units) == [152, 12])
    #expect(segments[1].text == "€bbbbbbbbbb")
  }

  @Test("SMS-3: the halves of a surrogate pair stay in one part")
  func surrogatePair() {
    let text = String(repeating: "a", count: 66) + "📞" + String(repeating: "b", count: 10)
    let segments = Segments(text).segments
    #expect(segments.map(\.units) == [66, 12])
    #expect(segments[1].text == "📞bbbbbbbbbb")
  }

  @Test("SMS-3: the segments together are the text, whatever it holds")
  func whole() {
    let pieces: [Unicode.Scalar] = ["a", "€", "ê", "\r", "\n", "\u{301}", "📞", "\u{200D}", "\u{1B}", "{"]
    for seed in UInt64(1)...200 {
      var state = seed
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int(seed * 3) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        scalars.append(pieces[Int((state >> 33) % UInt64(seed % 2 == 0 ? 2 : pieces.count))])
      }
      let segments = Segments(String(scalars))
      #expect(segments.segments.map(\.text).joined().unicodeScalars.elementsEqual(scalars))
      #expect(segments.segments.reduce(0) { $0 + $1.units } == segments.units)
      let limit = segments.segments.count == 1 ? segments.encoding.singleLimit : segments.encoding.partLimit
      #expect(segments.segments.allSatisfy { $0.units <= limit })
    }
  }

  @Test("SMS-3: an empty text is one empty message")
  func empty() {
    #expect(Segments("").segments.map(\.text) == [""])
    #expect(Segments("").encoding == .gsm7)
  }

  @Test("SMS-3: 255 parts can be sent, 256 cannot")
  func partLimit() {
    #expect(Segments(String(repeating: "a", count: 255 * 153)).canBeSent)
    #expect(!Segments(String(repeating: "a", count: 255 * 153 + 1)).canBeSent)
  }

  @Test("SMS-3: septets are those of TS 23.038; the escape is no character")
  func septetValues() {
    #expect(GSM7.septets(of: "@") == .single(0x00))
    #expect(GSM7.septets(of: "Ç") == .single(0x09))
    #expect(GSM7.septets(of: "a") == .single(0x61))
    #expect(GSM7.septets(of: "à") == .single(0x7F))
    #expect(GSM7.septets(of: "É") == .single(0x1F))
    #expect(GSM7.septets(of: "€") == .escaped(0x65))
    #expect(GSM7.septets(of: "\u{1B}") == nil)
  }

  @Test("SMS-3: every replacement is of the GSM-7 alphabet")
  func replacements() {
    var count = 0
    for value in UInt32(0)...0x2FFF {
      guard let scalar = Unicode.Scalar(value), let replacement = Replacement.of(scalar) else { continue }
      count += 1
      #expect(Segments(replacement).encoding == .gsm7, "U+\(String(value, radix: 16))")
    }
    #expect(count > 300)
  }

  @Test(
    "SMS-3: a remedied text is GSM-7",
    arguments: [
      ("L’accès est prêt…", "L'accès est pret..."), ("cafe\u{301}", "café"), ("e\u{302}tre", "etre"),
      ("«\u{A0}Œuvre\u{A0}»", "\" OEuvre \""), ("a\tb\u{200B}", "a b"), ("código", "codigo"),
    ])
  func remedied(text: String, expected: String) {
    #expect(Replacement.applied(to: text).map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
  }

  @Test("SMS-3: where a character has no replacement there is no remedied text")
  func noRemedy() {
    #expect(Replacement.applied(to: "код") == nil)
    #expect(Replacement.applied(to: "ok 📞") == nil)
  }
}
