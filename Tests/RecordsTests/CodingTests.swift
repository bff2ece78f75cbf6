import Records
import StoreContents
import TestSupport
import Testing
import VerificationCore

@testable import Records

@Suite("What stands in rows")
struct CodingTests {
  @Test("Every case of every event is the same behind its row, whatever its texts and times")
  func everyEvent() throws {
    var drawn = Drawn(seed: 1)
    for place in 0..<Drawn.eventCount {
      for _ in 0..<60 {
        let event = drawn.event(place)
        #expect(event.place == place)
        let kept = drawn.maybe { $0.text() }
        guard let coded = CodedEvent(event, keeping: kept) else {
          #expect(event.isOfALog)
          continue
        }
        let read = try #require(reread(coded))
        #expect(read.event() == event)
        #expect(read.body.kept == kept)
      }
    }
    for place in 0..<Drawn.setupCount {
      for _ in 0..<60 {
        let event = drawn.setup(place)
        #expect(event.place == place)
        let coded = try #require(CodedEvent(.setUp(event), keeping: nil))
        #expect(reread(coded)?.event() == .setUp(event))
      }
    }
  }

  private func reread(_ coded: CodedEvent) -> CodedEvent? {
    coded.body.json.bytes.withUnsafeBytes { bytes in
      var json = JSONReading(bytes)
      guard let body = EventBody(&json), json.isAtEnd else { return nil }
      return CodedEvent(kind: coded.kind, upn: coded.upn, body: body)
    }
  }

  @Test("A body that is cut, or has a key too many, is none")
  func strayBodies() throws {
    let user = StoreContents.user(1)
    let whole = try #require(CodedEvent(.setUp(.userSet(user)), keeping: nil)).body.json.bytes
    for end in whole.indices { #expect(!isBody(Array(whole[..<end]))) }
    #expect(isBody(whole))
    for text in [
      #"{"unknown":1}"#, #"{"name":"a","active":true}"#, #"{"name":"a","name":"b"}"#, "{} ", "[]", "", #"{"name":1}"#,
    ] {
      #expect(!isBody(Array(text.utf8)), "\(text)")
    }
  }

  private func isBody(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var json = JSONReading(bytes)
      return EventBody(&json) != nil && json.isAtEnd
    }
  }

  @Test("The sum of a row changes with every single bit of its cells, their order, their kinds and the table")
  func sums() {
    let text = Array("helga@larkspur.example, and what she did at noon".utf8)
    for length in [1, 7, 8, 9, text.count] {
      let cell = Array(text.prefix(length))
      var seen: Set<Int64> = [sum(.audit, cell)]
      for index in cell.indices {
        for bit in 0..<8 {
          var flipped = cell
          flipped[index] ^= 1 << bit
          #expect(seen.insert(sum(.audit, flipped)).inserted)
        }
      }
      #expect(seen.insert(sum(.event, cell)).inserted)
      #expect(seen.insert(sum(.audit, cell + [0])).inserted)
      #expect(seen.insert(sum(.audit, cell.dropLast())).inserted)
    }
    var (left, right, none, zero) = (CellSum(of: .event), CellSum(of: .event), CellSum(of: .event), CellSum(of: .event))
    for number in [1, 2] as [Int64] { left.add(number) }
    for number in [2, 1] as [Int64] { right.add(number) }
    none.addNull()
    zero.add(Int64(0))
    #expect(Set([left, right, none, zero].map(\.value)).count == 4)
  }

  private func sum(_ table: Records.Table, _ cell: [UInt8]) -> Int64 {
    var sum = CellSum(of: table)
    cell.withUnsafeBytes { sum.add(text: $0) }
    return sum.value
  }
}
