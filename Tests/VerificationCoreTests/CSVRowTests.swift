import Testing
import VerificationCore

@Suite("CSV for programs and for spreadsheets")
struct CSVRowTests {
  @Test("RFC 4180: Cells are separated and quoted by who opens them")
  func separators() {
    let cells = ["a", "b,c", "d;e", "f\"g", "h\ni"]
    #expect(CSVRow.text(cells) == "a,\"b,c\",d;e,\"f\"\"g\",\"h\ni\"\r\n")
    #expect(CSVRow.text(cells, for: .spreadsheet(.comma)) == "a,\"b,c\",\"d;e\",\"f\"\"g\",\"h\ni\"\r\n")
    #expect(CSVRow.text(cells, for: .spreadsheet(.semicolon)) == "a;\"b,c\";\"d;e\";\"f\"\"g\";\"h\ni\"\r\n")
  }

  @Test(
    "What a spreadsheet would compute stays a text, for everybody",
    arguments: [
      ("=1", "'=1"), ("@a", "'@a"), ("\ta", "'\ta"), ("|a", "'|a"), ("-1+1", "'-1+1"), ("+cmd", "'+cmd"),
      ("\u{FF1D}1", "'\u{FF1D}1"), ("\u{FF0B}1", "'\u{FF0B}1"), ("\u{FF0D}1", "'\u{FF0D}1"),
      ("\u{FF20}a", "'\u{FF20}a"),
      // Telephone numbers: as digits they are numbers to a spreadsheet; masked or spaced it would take them for a formula.
      ("+18553308653", "+18553308653"), ("+XX XXXXXXX78", "'+XX XXXXXXX78"), ("+49 301234567", "'+49 301234567"),
      ("a+b", "a+b"), ("-5", "-5"),
    ])
  func formulas(_ text: String, _ written: String) {
    #expect(CSVRow.cell(text) == written)
  }

  @Test(
    "Under another separator than it was written with a cell falls apart: no part of it is computed either",
    arguments: [
      ("a;=1", "\"a;'=1\""), ("a,=1", "\"a,'=1\""), ("a; =1", "\"a;' =1\""), ("a\t=1", "\"a\t'=1\""),
      ("a\r\n=1", "\"a\r\n'=1\""), ("=1;=2,@3", "\"'=1;'=2,'@3\""), ("a;b", "\"a;b\""), ("a;-5", "\"a;-5\""),
      ("a;", "\"a;\""), ("", ""),
    ])
  func parts(_ text: String, _ written: String) {
    #expect(CSVRow.cell(text, for: .spreadsheet(.comma)) == written)
    #expect(CSVRow.cell(text, for: .spreadsheet(.semicolon)) == written)
  }

  @Test("A program gets a cell as it is, whatever stands in its middle")
  func programs() {
    #expect(CSVRow.cell("a;=1") == "a;=1")
    #expect(CSVRow.cell("a,=1") == "\"a,=1\"")
  }
}
