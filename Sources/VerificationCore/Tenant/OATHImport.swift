/// The import of a file of hardware tokens, row by row, as if each were uploaded alone: a wrong one keeps none of the others
/// out (TEN-8).
///
///     var rows = try OATHImport(bytes, into: store.tenant, by: admin, at: now)
///     while let row = rows.next() { … row.events … row.problems … rows.bytesRead … }
public struct OATHImport: Sendable {
  /// What came of one row.
  public struct Row: Hashable, Sendable {
    /// In the file, from 1.
    public let line: Int
    /// The token imported and its audit, or an audit for each problem. They are the caller's to keep.
    public let events: [TenantEvent]
    /// Why there is no token; empty where there is one.
    public let problems: [OATHFile.Problem]
    /// Whether it is a row at all; a wrong header is none.
    public let isRow: Bool

    public var isImported: Bool { problems.isEmpty }
  }

  private var rows: OATHRows
  private var decisions: TokenDecisions
  /// Rows so far.
  public private(set) var imported = 0
  public private(set) var wrong = 0

  /// - Parameters:
  ///   - file: the whole file, in bytes.
  ///   - tenant: into which.
  public init(
    _ file: [UInt8], into tenant: Tenant, by admin: Admin = Admin(), at now: Instant
  ) throws(CommandRefusal) {
    let needed = Role.globalAdministrator
    guard admin.role.mayAct(as: needed) else { throw .roleMissing(needed: needed) }
    rows = OATHRows(file)
    decisions = TokenDecisions(tenant: tenant, admin: admin, now: now)
  }

  public var byteCount: Int { rows.byteCount }
  /// How many of them have been read; all at the end.
  public var bytesRead: Int { rows.bytesRead }

  /// What comes of the next row; nil at the end.
  public mutating func next() -> Row? {
    guard let entry = rows.next() else { return nil }
    let row = decisions.decide(entry)
    if row.isRow {
      if row.isImported { imported += 1 } else { wrong += 1 }
    }
    return row
  }
}

extension OATHRows.Entry {
  /// In the file, from 1.
  public var line: Int {
    switch self {
    case .token(let row): row.line
    case .wrongRow(let problems): problems.first?.line ?? 0
    case .wrongFile(let problem): problem.line
    }
  }
}

/// Decides on one row after the other.
struct TokenDecisions {
  /// With the tokens that were taken; nothing else of it changes.
  private var tenant: Tenant
  private let actor: AuditRecord.Actor
  private let now: Instant

  init(tenant: Tenant, admin: Admin, now: Instant) {
    self.tenant = tenant
    actor = .admin(admin.upn, admin.role)
    self.now = now
  }

  mutating func decide(_ entry: OATHRows.Entry) -> OATHImport.Row {
    switch entry {
    case .token(let row): decide(row)
    case .wrongRow(let problems): refused(entry.line, problems)
    case .wrongFile(let problem): refused(entry.line, [problem], isRow: false)
    }
  }

  private mutating func decide(_ row: OATHFile.Row) -> OATHImport.Row {
    let token = row.token
    let others = token.owner.map { tenant.tokens.owners(of: token.serial, besides: $0) } ?? []
    if let owner = token.owner, let problem = problem(row, of: owner, others) { return refused(row.line, [problem]) }
    tenant.apply(.tokenImported(token))
    let shared = others.isEmpty ? "" : ", which \(Self.told(others)) has too"
    let audit = audit(.tokenImported, token.owner, others.isEmpty ? token.serial : token.serial + shared)
    return OATHImport.Row(line: row.line, events: [.tokenImported(token), audit], problems: [], isRow: true)
  }

  /// A few by name: a number may be everybody's.
  private static func told(_ others: [UPN]) -> String {
    let names = others.prefix(5).map(\.text).joined(separator: " and ")
    return others.count > 5 ? "\(names) and \(others.count - 5) more" : names
  }

  private func problem(_ row: OATHFile.Row, of owner: UPN, _ others: [UPN]) -> OATHFile.Problem? {
    let serial = TokenSecret.maySeem(like: row.token.serial) ? nil : row.token.serial
    func problem(_ refusal: CommandRefusal, _ column: OATHFile.Column, _ remedy: Phrasing) -> OATHFile.Problem {
      OATHFile.Problem(refusal, line: row.line, column: column, remedy: remedy).naming(owner, serial)
    }
    guard let apps = tenant.users.apps(of: owner) else {
      return problem(.unknownUser(owner), .upn, "add the user first, or mend the name")
    }
    if tenant.settings.oath.shared == .refuse, !others.isEmpty {
      return problem(.tokenTaken(serial: serial ?? "••••"), .serialNumber, "delete it first, or mend the number")
    }
    if tenant.tokens.count(of: owner) + apps >= OATHToken.maxPerUser,
      !tenant.tokens.contains(serial: row.token.serial, of: owner)
    {
      return problem(.tooManyTokens, .upn, "delete a token or an app of the user first")
    }
    return nil
  }

  private func refused(_ line: Int, _ problems: [OATHFile.Problem], isRow: Bool = true) -> OATHImport.Row {
    let events = problems.map { audit(.tokenRejected, $0.upn, "line \($0.line): \($0.message)") }
    return OATHImport.Row(line: line, events: events, problems: problems, isRow: isRow)
  }

  private func audit(_ activity: AuditRecord.Activity, _ upn: UPN?, _ reason: String) -> TenantEvent {
    .audited(AuditRecord(at: now, activity: activity, upn: upn, reason: reason, by: actor))
  }
}

extension OATHFile {
  /// Rows and problems as they follow one another in the file.
  var entries: [OATHRows.Entry] {
    var entries: [OATHRows.Entry] = []
    entries.reserveCapacity(rows.count + problems.count)
    var problems = self.problems[...]
    for row in rows {
      while let problem = problems.first, problem.line < row.line {
        entries.append(.wrongRow([problem]))
        problems.removeFirst()
      }
      entries.append(.token(row))
    }
    return entries + problems.map { .wrongRow([$0]) }
  }
}
