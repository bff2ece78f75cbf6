import Testing
import VerificationCore

@Suite("The allow list")
struct AllowListTests {
  @Test("NUM-5: 29 countries and everybody else; each number once, though several countries are called from it")
  func all() {
    let list = AllowList()
    #expect(list.entries.count == 30)
    #expect(list.entries.last?.name == "Every other country")
    #expect(list.entries.last?.numbers == ["+1 8553308653"])
    #expect(list.numbers.count == 46)
    #expect(Set(list.numbers).count == 46)
  }

  @Test("NUM-2, NUM-5: the tenant's own number stands in place of all")
  func own() throws {
    let number = try #require(PhoneNumber("+1 8005550199"))
    let list = AllowList(organisation: "Larkspur", own: number)
    #expect(list.entries.map(\.name) == ["Larkspur"])
    #expect(list.numbers == ["+1 8005550199"])
    #expect(AllowList(organisation: "Larkspur").entries.count == 30)
  }

  @Test("NUM-1, NUM-2: all that a person may be called from")
  func callerIDs() throws {
    let (german, pakistani) = (
      try #require(PhoneNumber("+49 15112345678")), try #require(PhoneNumber("+92 3001234567"))
    )
    #expect(CallerIDs.numbers(for: german, own: nil) == ["+1 8553308653"])
    #expect(CallerIDs.numbers(for: pakistani, own: nil).count == 5)
    #expect(CallerIDs.numbers(for: pakistani, own: "+1 8005550199") == ["+1 8005550199"])
  }
}
