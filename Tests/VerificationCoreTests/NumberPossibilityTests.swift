import Testing
import VerificationCore

@Suite("Whether a number can be one")
struct NumberPossibilityTests {
  @Test(
    "NUM-4: length and prefix by the plan of the calling code",
    arguments: [
      ("+33 612345678", .possible), ("+33 61234567", .tooShort), ("+33 6123456789", .tooLong),
      ("+44 7700900123", .possible), ("+44 770090", .areaCodeMissing), ("+47 12345", .possible),
      ("+47 1234567", .invalidLength), ("+1 4255550100x204", .possible), ("+1 5550100", .areaCodeMissing),
      ("+142 55550100", .unknownCallingCode), ("+999 123456", .unknownCallingCode), ("+800 12345678", .possible),
    ] as [(String, NumberPossibility)])
  func possibility(text: String, expected: NumberPossibility) throws {
    let number = try #require(PhoneNumber(text))
    #expect(number.possibility == expected)
    #expect((number.impossibility == nil) == (expected == .possible))
    #expect(number.impossibility?.reason ?? "possible" == expected.rawValue)
  }

  @Test(
    "NUM-4: a trunk prefix stays and makes the number impossible, whatever the length; where numbers begin so, length tells",
    arguments: [
      ("+44 07700900123", .trunkPrefix), ("+49 01511234567", .trunkPrefix), ("+36 06201234567", .trunkPrefix),
      ("+1 1425555010", .trunkPrefix), ("+7 89161234567", .trunkPrefix), ("+7 8001234567", .possible),
      ("+81 0312345678", .trunkPrefix), ("+81 00777012345", .possible), ("+39 0612345678", .possible),
      ("+34 0913305144", .tooLong),
    ] as [(String, NumberPossibility)])
  func trunkPrefix(text: String, expected: NumberPossibility) throws {
    #expect(try #require(PhoneNumber(text)).possibility == expected)
  }

  @Test(
    "NUM-4: what is wrong and what to do, without the number",
    arguments: [
      (
        "+44 07700900123", "the 0 behind +44 is dialled only within the country, never behind its code",
        "leave that 0 out: a number is called as it is stored"
      ),
      (
        "+142 55550100", "+142 is no country calling code",
        "the digits begin with +1: put the space behind that, if it is meant"
      ),
      (
        "+999 123456", "+999 is no country calling code", "write the code of the country, 1 to 3 digits, behind the +"
      ),
      (
        "+1 5550100", "7 digits behind +1 reach a line only from within its area",
        "put the area code before them: a number there has 10"
      ),
      (
        "+33 61234567", "8 digits behind +33 are too few: a number there has 9", "add the digits that are missing"
      ),
      (
        "+64 12345678901", "11 digits behind +64 are too many: a number there has 5 to 10",
        "take out what does not belong there; an extension stands behind an x"
      ),
      (
        "+41 12345678901", "11 digits behind +41 are no number: a number there has 9 or 12",
        "ask for the number as it is dialled from abroad"
      ),
    ])
  func sentences(text: String, message: String, remedy: String) throws {
    let problem = try #require(PhoneNumber(text)).impossibility
    #expect((problem?.message ?? "", problem?.remedy ?? "") == (message, remedy))
  }

  @Test(
    "NUM-4: what keeps a text from being +CC number",
    arguments: [
      ("", "it does not begin with +"), ("0033 612345678", "it does not begin with +"),
      ("+33612345678", "no space stands behind the country calling code"),
      ("+33  612345678", "it has more than one space"),
      ("+33 6 12 34 56 78", "it has more than one space"),
      ("+33 61234-5678", "something stands in it that is no digit 0 to 9"),
      ("+٣٣ 612345678", "something stands in it that is no digit 0 to 9"),
      ("+0 612345678", "a country calling code has 1 to 3 digits and does not begin with 0"),
      ("+3361 2345678", "a country calling code has 1 to 3 digits and does not begin with 0"),
      ("+ 612345678", "a country calling code has 1 to 3 digits and does not begin with 0"),
      ("+33 612", "too few digits stand behind the country calling code: 3, and no number has less than 4"),
      (
        "+33 61234567812345",
        "16 digits are too many: with the country calling code no number has more than 15 (E.164)"
      ),
      ("+1 4255550100x", "what stands behind the x is no extension"),
    ])
  func malformed(text: String, message: String) {
    let problem = #expect(throws: NumberProblem.self) { try PhoneNumber(parsing: text) }
    #expect(problem?.message == message)
    #expect(problem?.reason == "malformed")
    #expect(PhoneNumber(text) == nil)
  }

  @Test("NUM-4: a missing space is put where the calling code ends")
  func missingSpace() {
    let problem = #expect(throws: NumberProblem.self) { try PhoneNumber(parsing: "+35361234567") }
    #expect(problem?.remedy == "put a space behind +353, the country calling code")
  }

  @Test("NUM-4: every calling code is found by its digits, and none begins with another")
  func callingCodes() throws {
    let codes = (1...999).compactMap { CallingCode(String($0)) }
    #expect(codes.count == 215)
    for code in codes {
      #expect(CallingCode.beginning("\(code.code)123")?.code == code.code)
      let (least, greatest) = (try #require(code.lengths.least), try #require(code.lengths.greatest))
      #expect(least >= 4)
      #expect(greatest + "\(code.code)".count <= 15)
    }
  }

  @Test("NUM-4: numbers of digits as a list for people")
  func digitCounts() {
    let lists: [DigitCounts] = [[9], [7, 9, 10], [8, 9, 10, 13], [6, 8, 9, 10, 11, 12, 13], [], [31]]
    #expect(lists.map(\.description) == ["9", "7, 9 or 10", "8 to 10 or 13", "6 or 8 to 13", "none", "31"])
    #expect(!lists[5].contains(-1) && !lists[5].contains(32) && lists[5].contains(31))
  }

  @Test("NUM-1, NUM-4: every caller ID is possible")
  func callerIDs() throws {
    for text in CallerIDs.all.flatMap(\.numbers) + [CallerIDs.fallback] {
      #expect(try #require(PhoneNumber(text)).possibility == .possible, "\(text)")
    }
  }

  @Test(
    "NUM-2: the regions of a number",
    arguments: [
      ("+1 4255550100", ["US"]), ("+1 2735550100", ["CA"]), ("+1 8765550123", ["JM"]), ("+1 8005550199", []),
      ("+1 2115550100", []), ("+44 7700900123", ["GB", "GG", "IM", "JE"]), ("+800 12345678", []), ("+999 123456", []),
    ])
  func regions(text: String, expected: [String]) throws {
    #expect(try #require(PhoneNumber(text)).regions == expected)
  }

  @Test(
    "NUM-2: area codes not in use, 900 and personal numbers are no US numbers",
    arguments: ["+1 2735550100", "+1 2115550100", "+1 9005550100", "+1 5005550100", "+1 6005550100", "+1 6845550100"])
  func notUnitedStates(text: String) throws {
    #expect(try !#require(PhoneNumber(text)).isUnitedStates)
  }

  @Test(
    "A mask keeps the last two digits, as many X as digits, and no extension",
    arguments: [
      ("+290 1234", "+XXX XX34"), ("+290 12345", "+XXX XXX45"), ("+1 4255550164", "+X XXXXXXXX64"),
      ("+1 4255550164x204", "+X XXXXXXXX64"), ("+1 4255550164x@99,1#", "+X XXXXXXXX64"),
      ("+49 1234567890123", "+XX XXXXXXXXXXX23"),
    ])
  func masks(text: String, mask: String) throws {
    let number = try #require(PhoneNumber(text))
    #expect(number.masked == mask)
    #expect("\(number) \(String(reflecting: number)) \([number])" == "\(mask) \(mask) [\(mask)]")
  }
}
