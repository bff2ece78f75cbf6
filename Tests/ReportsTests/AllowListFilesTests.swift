import Reports
import Testing
import VerificationCore

@Suite("The allow list as files")
struct AllowListFilesTests {
  @Test(
    "NUM-5: a cell is quoted where RFC 4180 asks for it, and never a formula",
    arguments: [
      ("", ""), ("Türkiye", "Türkiye"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""),
      ("=1", "'=1"), ("=\"a\"", "\"'=\"\"a\"\"\""), ("@a", "'@a"), ("\ta", "'\ta"), ("\r\na", "\"'\r\na\""),
      ("+18553308653", "+18553308653"), ("+1 8553308653", "'+1 8553308653"), ("-5", "-5"), ("-5+1", "'-5+1"),
      ("+", "'+"), ("+٣", "'+٣"), ("a=1", "a=1"), ("=\u{301}1", "'=\u{301}1"),
    ])
  func cells(text: String, cell: String) {
    #expect(Array(CSVRow.cell(text).utf8) == Array(cell.utf8))
  }

  @Test(
    "NUM-5: a vCard text escapes what RFC 6350 separates with, and no control character passes",
    arguments: [
      ("a;b,c\\d", "a\\;b\\,c\\\\d"), ("a\r\nb\nc\rd", "a\\nb\\nc\\nd"), ("\u{1B}[31m\u{7F}a\tb", "[31ma\tb"),
      (",\u{301}", "\\,\u{301}"),
    ])
  func escapes(text: String, escaped: String) {
    #expect(Array(VCardLine.escaped(text).utf8) == Array(escaped.utf8))
  }

  @Test("NUM-5: lines are folded at 75 octets, the space before what goes on included, and no character is cut")
  func folds() {
    #expect(VCardLine.folded(String(repeating: "a", count: 75)) == String(repeating: "a", count: 75) + "\r\n")
    let long = VCardLine.folded(String(repeating: "a", count: 150))
    #expect(
      long == String(repeating: "a", count: 75) + "\r\n " + String(repeating: "a", count: 74) + "\r\n a\r\n")
    let telephones = VCardLine.folded("a" + String(repeating: "\u{1F4DE}", count: 20))
    #expect(
      telephones == "a" + String(repeating: "\u{1F4DE}", count: 18) + "\r\n "
        + String(repeating: "\u{1F4DE}", count: 2) + "\r\n")
  }
}
