import Testing
import VerificationCore

/// A file of tokens with made-up keys: serial number and user of each row.
func tokenFile(_ rows: [String]...) -> OATHFile {
  OATHFile(
    (["upn,serial number,secret key,time interval,manufacturer,model"]
      + rows.map { "\($0[1]),\($0[0]),JBSWY3DPEHPK3PXP,30,Larkspur,Key" }).joined(separator: "\n"))
}

@Suite("Hardware tokens of a tenant")
struct TokenAdministrationTests {
  private static let other = "helga@larkspur.example"

  private func bench(_ shared: Settings.OATH.Shared = .refuse) throws -> Bench {
    let helga = try #require(UPN(Self.other))
    return try Bench {
      $0.oath.shared = shared
    } tenant: {
      $0.users.append(User(upn: helga))
    }
  }

  @Test("TEN-8: a token counts once it is activated with its current code")
  func activated() throws {
    var bench = try bench()
    try bench.administer(.importTokens(tokenFile(["T1", Self.other])))
    let upn = try #require(UPN(Self.other))
    let helga = try #require(bench.tenant.user(upn))
    #expect(bench.tenant.registeredMethods(of: helga, at: bench.now) == [])
    let wrong = bench.refusal(.activateToken(serial: "T1", isCodeRight: false))
    #expect(wrong == .tokenCodeWrong(serial: "T1"))
    #expect(wrong?.explanation == "this is not the current code of token T1")
    #expect(bench.refusal(.activateToken(serial: "T2", isCodeRight: true)) == .noSuchToken(serial: "T2"))
    try bench.administer(.activateToken(serial: "T1", isCodeRight: true))
    #expect(bench.tenant.registeredMethods(of: helga, at: bench.now) == [.code])
    #expect(bench.audits == ["Hardware token imported", "Hardware token activated"])
  }

  @Test("TEN-8: a wrong row is told in the audit log, and keeps no other out")
  func rows() throws {
    var bench = try bench()
    let file = OATHFile(
      """
      upn,serial number,secret key,time interval,manufacturer,model
      helga@larkspur.example,T1,JBSWY3DPEHPK3PXP,30,Larkspur,Key
      helga@larkspur.example,T2,JBSWY3DPEHPK3PX1,30,Larkspur,Key
      nobody@larkspur.example,T3,JBSWY3DPEHPK3PXP,60,Larkspur,Key
      helga@larkspur.example,T4,JBSWY3DPEHPK3PXP,60,Larkspur,Key
      """)
    try bench.administer(.importTokens(file))
    #expect(bench.tenant.tokens.map(\.serial) == ["T1", "T4"])
    let rejected = bench.tenant.audits.filter { $0.activity == .tokenRejected }.map { $0.reason ?? "" }
    #expect(rejected.count == 2)
    #expect(rejected.first?.hasPrefix("line 3: ") == true)
    #expect(rejected.last == "line 4: the tenant has no user nobody@larkspur.example")
    #expect(!rejected.contains { $0.contains("JBSW") })
  }

  @Test("TEN-8: one user a token; oath.shared: warn lets another have it too")
  func shared() throws {
    for (setting, serials) in [(Settings.OATH.Shared.refuse, 1), (.warn, 2)] {
      var bench = try bench(setting)
      try bench.administer(.importTokens(tokenFile(["T1", Self.other], ["T1", bench.upn.text])))
      #expect(bench.tenant.tokens.count == serials)
      #expect(
        bench.tenant.audits.last?.fullText
          == (setting == .warn
            ? "Hardware token imported (T1, which helga@larkspur.example has too)"
            : "Hardware token rejected (line 3: token T1 belongs to another user: one token, one user (oath.shared: warn allows it))")
      )
    }
  }

  @Test("TEN-8: the same token for the same user replaces itself; a sixth is too many, in one file as in several")
  func again() throws {
    var bench = try bench()
    let five = tokenFile(
      ["T1", Self.other], ["T2", Self.other], ["T3", Self.other], ["T4", Self.other], ["T5", Self.other],
      ["T6", Self.other])
    try bench.administer(.importTokens(five))
    #expect(bench.tenant.tokens.count == 5)
    try bench.administer(.importTokens(five))
    #expect(bench.tenant.tokens.count == 5)
    #expect(bench.tenant.audits.count { $0.activity == .tokenRejected } == 2)
  }
}
