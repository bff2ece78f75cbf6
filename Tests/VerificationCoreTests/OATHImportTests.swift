import Simulation
import Testing
import VerificationCore

@Suite("Importing hardware tokens row by row")
struct OATHImportTests {
  static let key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
  private let admin = Admin(upn: UPN("root@larkspur.example"))

  /// Helga has an app, Omar has not.
  private func tenant(_ shared: Settings.OATH.Shared = .refuse) throws -> Tenant {
    var helga = User(upn: try #require(UPN("helga@larkspur.example")))
    helga.apps = [AppRegistration(device: "phone", secret: AppSecret(1))]
    var tenant = Tenant(name: "Larkspur", users: [helga, User(upn: try #require(UPN("omar@larkspur.example")))])
    tenant.settings.oath.shared = shared
    return tenant
  }

  private func bytes(_ rows: [String]) -> [UInt8] { Array(([OATHFile.header] + rows).joined(separator: "\n").utf8) }

  private func row(_ user: String, _ serial: String, _ key: String = key, _ interval: String = "30") -> String {
    "\(user)@larkspur.example,\(serial),\(key),\(interval),Larch,K-1"
  }

  private func all(_ bytes: [UInt8], into tenant: Tenant) throws -> [OATHImport.Row] {
    var rows = try OATHImport(bytes, into: tenant, by: admin, at: .virtualStart)
    var all: [OATHImport.Row] = []
    while let row = rows.next() { all.append(row) }
    return all
  }

  @Test("TEN-8: a good row comes to its token and an audit of who imported it; the bytes read say how far it is")
  func good() throws {
    let file = bytes([row("helga", "T1"), row("omar", "T2")])
    var rows = try OATHImport(file, into: try tenant(), by: admin, at: .virtualStart)
    #expect((rows.bytesRead, rows.byteCount) == (0, file.count))
    let next = rows.next()
    let first = try #require(next)
    let token = try #require(OATHFile(file).rows.first?.token)
    let audit = AuditRecord(
      at: .virtualStart, activity: .tokenImported, upn: token.owner, reason: "T1",
      by: .admin(admin.upn, .globalAdministrator))
    #expect(first.line == 2 && first.isImported && first.events == [.tokenImported(token), .audited(audit)])
    #expect(rows.bytesRead == file.count - row("omar", "T2").utf8.count)
    let (second, third, fourth) = (rows.next(), rows.next(), rows.next())
    #expect(second?.line == 3 && third == nil && fourth == nil)
    #expect((rows.bytesRead, rows.imported, rows.wrong) == (file.count, 2, 0))
  }

  @Test("TEN-10: only a global administrator imports")
  func role() throws {
    for role in Role.allCases where role != .globalAdministrator {
      #expect(throws: CommandRefusal.roleMissing(needed: .globalAdministrator)) {
        try OATHImport([], into: Tenant(name: "T"), by: Admin(role: role), at: .virtualStart)
      }
    }
  }

  @Test("TEN-8: what the tenant does not take has line, field and reason, and names user and token")
  func refused() throws {
    let rows = try all(
      bytes([
        row("nobody", "T0"), row("omar", "T1"), row("helga", "T1"), row("helga", "T2"), row("helga", "T3"),
        row("helga", "T4"), row("helga", "T5"), row("helga", "T6"), row("helga", "T2"),
      ]), into: try tenant())
    #expect(rows.map(\.isImported) == [false, true, false, true, true, true, true, false, true])
    let problems = rows.flatMap(\.problems)
    #expect(problems.map(\.line) == [2, 4, 9])
    #expect(problems.map(\.column) == [.upn, .serialNumber, .upn])
    #expect(problems.map(\.serial) == ["T0", "T1", "T6"])
    #expect(problems.map { $0.upn?.text.prefix(5) } == ["nobod", "helga", "helga"])
    #expect(
      problems.map(\.message) == [
        "the tenant has no user nobody@larkspur.example",
        "token T1 belongs to another user: one token, one user (oath.shared: warn allows it)",
        "a user has at most 5 tokens and apps",
      ])
    #expect(
      problems.map(\.remedy) == [
        "add the user first, or mend the name", "delete it first, or mend the number",
        "delete a token or an app of the user first",
      ])
    let audits = rows.flatMap(\.events).compactMap { event -> AuditRecord? in
      if case .audited(let record) = event { record } else { nil }
    }
    #expect(audits.first?.reason == "line 2: the tenant has no user nobody@larkspur.example")
    #expect(audits.count { $0.activity == .tokenRejected } == 3)
  }

  @Test("TEN-8: the command does the same in one go, in the order of the file")
  func command() throws {
    let file = bytes([row("helga", "T1"), row("helga", "T2", "1"), row("x", "T3"), "x", row("omar", "T1")])
    for shared in Settings.OATH.Shared.allCases {
      let tenant = try tenant(shared)
      let events = try tenant.decide(.importTokens(OATHFile(file)), by: admin, at: .virtualStart)
      #expect(events == (try all(file, into: tenant).flatMap(\.events)))
      #expect(events.count == (shared == .warn ? 7 : 6))
    }
  }

  @Test(
    "TEN-8: each wrong row has its field and what is wrong",
    arguments: [
      ("a@b.c,1,JBSW1,30,,", OATHFile.Column.secretKey, "character 5 is 1, and Base32 has the digits 2 to 7 only"),
      ("a@b.c,1,JB\u{e9}1,30,,", .secretKey, "character 3 is U+00E9, and Base32 has a to z, A to Z and 2 to 7 only"),
      ("a@b.c,1,JB\u{0}1,30,,", .secretKey, "character 3 is U+0000, and Base32 has a to z, A to Z and 2 to 7 only"),
      (
        "a@b.c,1,\(String(repeating: "\u{e9}", count: 129)),30,,", .secretKey,
        "the key has 129 characters, more than 128"
      ),
      (
        "a@b.c,1,\(String(repeating: "\u{e9}", count: 128)),30,,", .secretKey,
        "character 1 is U+00E9, and Base32 has a to z, A to Z and 2 to 7 only"
      ),
      ("a\u{0}@b.c,1,JBSWY3DP,30,,", .upn, "a NUL (U+0000) stands in it"),
      ("a@b.c,\u{0},JBSWY3DP,30,,", .serialNumber, "a NUL (U+0000) stands in it"),
      ("a@b.c,1,JBSWY3DP,30,\u{e9}\u{0},", .manufacturer, "a NUL (U+0000) stands in it"),
      ("a@b.c;1;JBSWY3DP;30;;", nil, "the row has 1 field, not 6"),
      (
        "a@b.c,1,JBSWY3DP,30,\"M,N\na@b.c,2,JBSWY3DP,30,6\",N", nil,
        "a quoted field begins here and takes in rows below, which are read for themselves"
      ),
    ])
  func wrong(row: String, column: OATHFile.Column?, message: String) throws {
    let problems = OATHFile(bytes(["x@b.c,7,JBSWY3DP,30,,", row])).problems
    #expect(problems.first?.line == 3)
    #expect(problems.first?.column == column)
    #expect(problems.first?.message == message)
  }

  @Test("TEN-8: a row that is not UTF-8 is wrong by itself; a file of UTF-16 as a whole")
  func encodings() {
    let latin: [UInt8] = Array("a@b.c,2,JBSWY3DP,30,Caf".utf8) + [0xE9] + Array(",\na@b.c,3,JBSWY3DP,30,,".utf8)
    let file = OATHFile(bytes(["a@b.c,1,JBSWY3DP,30,Café,\n"]) + latin)
    #expect(file.rows.map(\.token.serial) == ["1", "3"])
    #expect(file.rows.first?.token.manufacturer == "Café")
    #expect(file.problems.map(\.message) == ["this is not UTF-8 text"])
    #expect((file.problems.first?.line, file.problems.first?.column) == (3, .manufacturer))
    for utf16 in [[0xFF, 0xFE, 0x75, 0], [0xFE, 0xFF, 0, 0x75], [0x75, 0], [0, 0x75]] as [[UInt8]] {
      #expect(OATHFile(utf16).problems.map(\.message) == ["the file is UTF-16"])
    }
  }

  @Test(
    "TEN-8: a quote that is opened in the middle of 20,000 rows takes no other row with it", .timeLimit(.minutes(1)),
    arguments: ["\"Larch", "6\"", "\"Larch\"x", "\"6\"\" long"])
  func openQuote(maker: String) {
    var rows = (0..<20_000).map { "a@b.c,\($0),JBSWY3DP,30,Larch,K" }
    rows[10_000] = "a@b.c,10000,JBSWY3DP,30,\(maker),K"
    let file = OATHFile(bytes(rows))
    #expect((file.rows.count, file.wrongRows) == (19_999, 1))
    #expect(file.problems.map(\.line) == [10_002])
  }

  @Test("TEN-8: where two rows lack a quote each, the rows between them are read", .timeLimit(.minutes(1)))
  func quotesThatMeet() {
    var rows = (0..<1_000).map { "a@b.c,\($0),JBSWY3DP,30,Larch,K" }
    for (first, second) in [("\"Larch", "\"Larch"), ("\"Larch", "6\""), ("\"Larch", "Larch\""), ("6\"", "\"Larch")] {
      rows[200] = "a@b.c,200,JBSWY3DP,30,\(first),K"
      rows[700] = "a@b.c,700,JBSWY3DP,30,\(second),K"
      let file = OATHFile(bytes(rows))
      #expect(file.problems.map(\.line) == [202, 702])
      #expect(file.rows.count == 998)
    }
  }

  @Test("No key shows in a failure or an audit of one, whichever columns are swapped")
  func secrets() throws {
    var chance = Chance(seed: 8)
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let tenant = try tenant()
    for _ in 0..<3_000 {
      let length = [8, 10, 12, 13, 15, 16, 26, 32, 64, 129].randomElement(using: &chance) ?? 8
      let key = "K" + String((1..<length).map { _ in alphabet.randomElement(using: &chance) ?? "A" })
      var fields = ["helga@larkspur.example", "2308374", key, "30", "Larch", "K-1"]
      fields.swapAt(2, Int.random(in: 0...5, using: &chance))
      if Bool.random(using: &chance) { fields[Int.random(in: 0...5, using: &chance)] = key }
      if Bool.random(using: &chance) {
        fields[0] = ["nobody@larkspur.example", "x"].randomElement(using: &chance) ?? ""
      }
      let rows = try all(bytes([fields.joined(separator: ",")]), into: tenant)
      let problems = rows.flatMap(\.problems)
      #expect(!OATHFailuresCSV.text(problems).contains(key))
      if !problems.isEmpty { #expect(!"\(rows)".contains(key)) }
    }
  }

  @Test("TEN-8: no cell of a failure is a formula, also behind a quote")
  func formulas() {
    for start in ["=", "+", "-", "@", "\t", "\"=", "'=", " =", "\"\"@"] {
      let name = start + "SUM(A1)"
      let quoted = "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      let file = OATHFile(bytes(["a@b.c,\(quoted),JBSWY3DP,45,,"]))
      var written = CSVRecords(OATHFailuresCSV.text(file.problems))
      _ = written.next()
      let serial = (try? written.next()?.get())?.fields[2]
      #expect(serial == "'" + name.drop { $0 == " " })
    }
  }
}
