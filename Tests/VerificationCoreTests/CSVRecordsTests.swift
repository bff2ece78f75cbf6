import Simulation
import Testing
import VerificationCore

@Suite("Comma-separated values")
struct CSVRecordsTests {
  private func records(_ text: String) -> [Result<CSVRecords.Record, CSVRecords.Problem>] {
    var records = CSVRecords(text)
    return Array(sequence(state: ()) { _ in records.next() })
  }

  private func fields(_ text: String) -> [[String]?] { records(text).map { try? $0.get().fields } }

  @Test("RFC 4180 is read: quotes, twins, commas and line ends in quotes, every line end, no blank lines")
  func read() throws {
    #expect(
      fields("a,b\r\n\r\n\"c,\"\"\",\"\"\r\"e\nf\",\n,") == [["a", "b"], ["c,\"", ""], ["e\nf", ""], ["", ""]])
    let record = try #require(records("\u{FEFF}é,\"x\r\ny\",\"z\",w").first).get()
    #expect((record.line, record.fields.count) == (1, 4))
    #expect(record.fields[1] == "x\r\ny")
    #expect(record.columns == [1, 3, 4, 8])
  }

  @Test("After a problem the reading goes on below the line where the record began")
  func goesOn() {
    #expect(
      records("a,\"b\nc,d\n").map { try? $0.get().line } == [nil, 2])
    #expect(records("a,\"b\nc,d\n").first == .failure(.unclosedQuote(line: 1)))
    #expect(fields("a\"b,\"c\nd\",e\nf") == [nil, nil, ["f"]])
    #expect(records("1\n2,\"x\ny\"z,3\n4").map { try? $0.get().line } == [1, nil, nil, 4])
    let problems = records("1\n2,\"x\ny\"z,3\n4").compactMap { record -> CSVRecords.Problem? in
      if case .failure(let problem) = record { problem } else { nil }
    }
    #expect(problems == [.afterQuote(line: 2, column: 1), .strayQuote(line: 3, column: 0)])
  }

  @Test(
    "Two hundred thousand bytes of any pattern of quotes are read in a moment, every line at most twice",
    .timeLimit(.minutes(1)),
    arguments: [
      "\"a\n", "x\",\"x\n", "\",\"x\n", "\"\"\"\n", "\"\n", "x,\"\n", "\"x\",\"y\n", "\"\"x\n", "\",\"\n", "\"\r",
    ])
  func linear(line: String) {
    var records = CSVRecords(String(repeating: line, count: 200_000 / line.utf8.count) + "\"z\"q")
    var count = 0
    while records.next() != nil { count += 1 }
    #expect(count > 1_000)
  }

  @Test("What is written as CSV is read again as it was, in a thousand seeded tables")
  func again() {
    var chance = Chance(seed: 4180)
    let letters: [Unicode.Scalar] = ["a", "b", " ", ",", "\"", "\n", "\r", "é", "=", "😀", "\0"]
    for _ in 0..<1_000 {
      let table = (0..<Int.random(in: 1...4, using: &chance)).map { _ in
        (0..<Int.random(in: 1...4, using: &chance)).map { _ in
          var text = String.UnicodeScalarView()
          for _ in 0..<Int.random(in: 0...5, using: &chance) {
            text.append(letters.randomElement(using: &chance) ?? "a")
          }
          return String(text)
        }
      }
      let written = table.map { row in row.map(Self.quoted).joined(separator: ",") }.joined(separator: "\r\n")
      // A blank line is no record: quotes keep one of a single empty field.
      #expect(fields(written) == table)
    }
  }

  /// By scalars: of characters, `,` and a line end may be part of another.
  private static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
