import Testing
import VerificationCore

@Suite("Files of hardware tokens")
struct OATHFileTests {
  static let header = "upn,serial number,secret key,time interval,manufacturer,model"
  static let key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

  private static func file(_ lines: String..., header: String = header, end: String = "\n") -> OATHFile {
    OATHFile(([header] + lines).joined(separator: end) + end)
  }

  @Test("TEN-8: a row becomes a token that is not active yet")
  func row() throws {
    let file = Self.file("Helga@Larkspur.example,2308374,\(Self.key),60,Larch,K-1")
    #expect(file.problems == [])
    let token = try #require(file.rows.first?.token)
    #expect(file.rows.map(\.line) == [2])
    #expect(token.owner == UPN("helga@larkspur.example"))
    #expect((token.serial, token.manufacturer, token.model) == ("2308374", "Larch", "K-1"))
    #expect(token.interval == .seconds60)
    #expect((token.algorithm.rawValue, token.digits) == ("SHA-1", 6))
    #expect(!token.isActive)
    #expect(token.secret == (try TokenSecret(Self.key)))
  }

  @Test("TEN-8: byte order mark, CRLF, quotes, spaces, blank lines and capitals in the header are read")
  func forms() {
    let text =
      "\u{FEFF}UPN, Serial Number ,\"SECRET KEY\",Time Interval,Manufacturer,Model\r\n\r\n"
      + " a@b.example ,\"1,\"\"x\"\"\",\(Self.key.lowercased()),30,\"Larch\r\nand Sons\",\r\n"
      + "c@d.example,2,\(Self.key),60,,"
    let file = OATHFile(text)
    #expect(file.problems == [])
    #expect(file.rows.map(\.line) == [3, 5])
    #expect(file.rows.map(\.token.serial) == ["1,\"x\"", "2"])
    #expect(file.rows.first?.token.manufacturer == "Larch\r\nand Sons")
  }

  @Test("TEN-8: lines may end with CR alone")
  func carriageReturns() {
    let file = Self.file("a@b.example,1,\(Self.key),30,,", "x,1,\(Self.key),30,,", end: "\r")
    #expect(file.rows.count == 1)
    #expect(file.problems.map(\.line) == [3])
  }

  @Test(
    "TEN-8: the header is required, and what is wrong with it is said",
    arguments: [
      ("", "the file is empty"), ("\u{FEFF}", "the file is empty"),
      ("a@b.example,1,JBSWY3DP,30,M,N", "the header is missing"),
      ("upn,serial number,secret key,manufacturer,model", "the header lacks time interval"),
      (
        "serial number,upn,secret key,time interval,manufacturer,model",
        "the columns of the header are in another order"
      ),
      (header + ",extra", "the header has more than the six columns"),
      (
        "upn;serial number;secret key;time interval;manufacturer;model",
        "the columns are separated by semicolons, not by commas"
      ),
      (
        "UPN\tserial number\tsecret key\ttime interval\tmanufacturer\tmodel",
        "the columns are separated by tabs, not by commas"
      ),
      ("\"upn", "a quoted field begins here and never ends"),
      (header, "there is no token below the header"),
    ])
  func wrongHeader(text: String, message: String) {
    let file = OATHFile(text)
    #expect(file.problems.map(\.message) == [message])
    #expect(file.rows == [])
    #expect(file.wrongRows == 0)
  }

  @Test(
    "TEN-8: a wrong row names its column and what is wrong",
    arguments: [
      (",1,\(key),30,M,N", OATHFile.Column.upn, "there is no user"),
      ("helga,1,\(key),30,M,N", .upn, "this is no user principal name"),
      ("a@b.example,,\(key),30,M,N", .serialNumber, "there is no serial number"),
      ("a@b.example,1,,30,M,N", .secretKey, "there is no key"),
      ("a@b.example,1,JBSWY1DP,30,M,N", .secretKey, "character 6 is 1, and Base32 has the digits 2 to 7 only"),
      (
        "a@b.example,1,\(String(repeating: "A", count: 129)),30,M,N", .secretKey,
        "the key has 129 characters, more than 128"
      ),
      ("a@b.example,1,\(key),45,M,N", .timeInterval, "the interval is not 30 or 60"),
      ("a@b.example,1,\(key),30s,M,N", .timeInterval, "the interval is not 30 or 60"),
      ("a@b.example,1,\(key),30,M", nil, "the row has 5 fields, not 6"),
      ("a@b.example,1,\(key),30,M,N,", nil, "the row has 7 fields, not 6"),
      (
        "a@b.example,1,\(key),30,M \"x\",N", .manufacturer, "a quote stands within a field that does not begin with one"
      ),
      ("a@b.example,\"1\"2,\(key),30,M,N", .serialNumber, "something follows a closing quote"),
      ("a@b.example,1,\(key),30,M,\"N", nil, "a quoted field begins here and never ends"),
    ])
  func wrongRow(row: String, column: OATHFile.Column?, message: String) {
    let file = Self.file("good@b.example,7,\(Self.key),30,M,N", row)
    #expect(file.problems.map(\.message) == [message])
    #expect(file.problems.map(\.column) == [column])
    #expect(file.problems.map(\.line) == [3])
    #expect(file.rows.count == 1)
    #expect(file.wrongRows == 1)
  }

  @Test("TEN-8: everything that is wrong with a row is said at once, with user and token")
  func several() {
    let file = Self.file("a@b.example,77,0,45,M,N")
    #expect(file.problems.map(\.column) == [.secretKey, .timeInterval])
    #expect(file.problems.allSatisfy { $0.upn == UPN("a@b.example") && $0.serial == "77" })
    #expect(file.wrongRows == 1)
  }

  @Test("TEN-8: after a wrong row the next ones are read")
  func goesOn() {
    let file = Self.file(
      "x,1,\(Self.key),30,,", "a@b.example,\"1\"2,\(Self.key),30,,", "a@b.example,3,\(Self.key),30,,")
    #expect(file.rows.map(\.line) == [4])
    #expect(file.wrongRows == 2)
  }

  @Test("A key shows in no message, whichever column it stands in")
  func secrets() {
    for position in 0..<8 {
      for wrong in ["", "x", "45", "\"q\"q", "1"] {
        var fields = Array(repeating: wrong, count: position < 6 ? 6 : position)
        fields[min(position, 5)] = Self.key
        for file in [
          Self.file(fields.joined(separator: ",")), OATHFile(fields.joined(separator: ",")),
          OATHFile(fields.joined(separator: ";")), Self.file("\"" + fields.joined(separator: ",")),
        ] {
          #expect(!file.problems.isEmpty)
          #expect(!OATHFailuresCSV.text(file.problems).contains("JBSW"))
          #expect(!"\(file)".contains("JBSW"))
        }
      }
    }
  }

  @Test("TEN-8: problems as CSV have columns of their own, and no cell is a formula")
  func problemsCSV() {
    let file = Self.file("=1+1@b.example,\"@x,\"\"y\",\(Self.key),45,M,N")
    #expect(
      OATHFailuresCSV.text(file.problems)
        == "line,upn,serial number,field,reason,remedy\r\n"
        + "2,'=1+1@b.example,\"'@x,\"\"y\",time interval,the interval is not 30 or 60,"
        + "write 30 or 60: the seconds that a code lasts\r\n")
  }

  @Test("TEN-8: the limits are those of the rule")
  func limits() {
    #expect(TokenSecret.maxCharacters == 128)
    #expect(OATHToken.maxPerUser == 5)
  }
}
