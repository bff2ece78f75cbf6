import Testing
import VerificationCore

@Suite("Telephone numbers")
struct NumberTests {
  @Test("NUM-4: +CC, a space, the number, and an extension for office lines")
  func parsed() throws {
    let number = try #require(PhoneNumber("+1 4255550100x204"))
    #expect(number.countryCode == "1")
    #expect(number.e164 == "+14255550100")
    #expect(number.phoneExtension?.text == "204")
    #expect(number.full == "+1 4255550100x204")
  }

  @Test("A number shows its last two digits and nothing else")
  func masked() throws {
    let number = try #require(PhoneNumber("+33 612345678"))
    #expect(number.masked == "+XX XXXXXXX78")
    #expect("\(number)" == "+XX XXXXXXX78")
  }

  @Test(
    "NUM-4: what is no number",
    arguments: [
      "", "+", "33 612345678", "+33612345678", "+33  612345678", "+0 612345678", "+3333 61234567", "+33 612",
      "+33 61234567812345", "+33 61234x", "+33 6123456a", "+٣٣ 612345678", "+33 61234 5678",
    ])
  func notParsed(text: String) {
    #expect(PhoneNumber(text) == nil)
  }

  @Test(
    "NUM-1: the caller ID is by the country of the person's number, the seed choosing among several",
    arguments: [
      ("+33 612345678", 1, "+33 744081468"), ("+49 15112345678", 1, "+1 8553308653"),
      ("+1 4255550100", 1, "+1 8553308653"),
      ("+86 13912345678", 0, "+44 1235619418"), ("+86 13912345678", 9, "+66 977832930"),
      ("+886 912345678", 3, "+886 255686508"),
    ] as [(String, UInt64, String)])
  func callerID(phone: String, seed: UInt64, expected: String) throws {
    let number = try #require(PhoneNumber(phone))
    #expect(CallerIDs.number(for: number, own: nil, seed: seed) == expected)
  }

  @Test("NUM-1: 29 countries, 50 numbers, each written +CC number")
  func table() {
    #expect(CallerIDs.all.count == 29)
    let numbers = CallerIDs.all.flatMap(\.numbers)
    #expect(numbers.count == 50)
    #expect(numbers.allSatisfy { PhoneNumber($0) != nil })
  }

  @Test(
    "NUM-2: a US number is ten digits of no other region of +1; toll-free counts, territories do not",
    arguments: [
      ("+1 4255550100", true), ("+1 8005550199", true), ("+1 8885550199", true), ("+1 4165550123", false),
      ("+1 7875550123", false), ("+1 8765550123", false), ("+1 4255550100x42", false), ("+1 425555010", false),
      ("+1 1255550100", false), ("+1 4251550100", false), ("+44 7700900123", false),
    ])
  func unitedStates(text: String, isThere: Bool) throws {
    #expect(try #require(PhoneNumber(text)).isUnitedStates == isThere)
  }

  @Test("NUM-2: callerID.own replaces all of them")
  func own() throws {
    let number = try #require(PhoneNumber("+33 612345678"))
    #expect(CallerIDs.number(for: number, own: "+1 8005550199", seed: 1) == "+1 8005550199")
  }
}
