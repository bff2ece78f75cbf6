import GRDB

/// The schema, as the steps that made it. A step that was in a release never changes: a new one follows.
enum Migrations {
  /// Of a store file, for who looks at it with `file` or sqlite3: "PKey".
  static let applicationID: Int64 = 0x504B_6579

  static var names: [String] { steps.map(\.0) }

  /// Does all that is missing in one transaction: two processes that open an old store do it once, and one that is ended
  /// leaves it as it was.
  ///
  /// - Parameter last: the last step to do, for stores of earlier versions in tests.
  static func run(_ db: Database, through last: String? = nil) throws {
    guard let next = try missing(db).first else { return }
    if let last, let known = names.firstIndex(of: last), let place = names.firstIndex(of: next), known < place {
      return
    }
    // A step may make a table anew that others refer to.
    try db.execute(sql: "PRAGMA foreign_keys = OFF")
    try db.inTransaction(.immediate) {
      try db.execute(sql: "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      let missing = Set(try missing(db))
      for (name, statements) in steps where missing.contains(name) {
        for statement in statements { try db.execute(sql: statement) }
        try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [name])
        if name == last { break }
      }
      try db.checkForeignKeys()
      return .commit
    }
    try db.execute(sql: "PRAGMA foreign_keys = ON")
  }

  /// The steps that a store lacks, in their order.
  static func missing(_ db: Database) throws -> [String] {
    let applied = try applied(db)
    return names.filter { !applied.contains($0) }
  }

  /// Steps of later versions.
  static func unknown(_ db: Database) throws -> Set<String> { try applied(db).subtracting(names) }

  private static func applied(_ db: Database) throws -> Set<String> {
    // In the form in which GRDB keeps them.
    let table = try String.fetchOne(db, sql: "SELECT name FROM sqlite_master WHERE name = 'grdb_migrations'")
    return table == nil ? [] : try String.fetchSet(db, sql: "SELECT identifier FROM grdb_migrations")
  }

  private static let steps: [(String, [String])] = [
    (
      "events",
      [
        """
        CREATE TABLE change (
          id INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, by TEXT, role TEXT NOT NULL,
          rows INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT
        """,
        """
        CREATE TABLE event (
          sequence INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (id), at INTEGER NOT NULL,
          kind TEXT NOT NULL, upn TEXT, body TEXT NOT NULL, sum INTEGER NOT NULL) STRICT
        """,
        "CREATE INDEX event_cleared ON event (sequence) WHERE kind = 'cleared'",
        "CREATE INDEX event_risk ON event (at) WHERE kind IN ('riskDetected', 'riskClosed')",
        "CREATE INDEX event_risk_by_user ON event (upn, at) WHERE kind IN ('riskDetected', 'riskClosed')",
      ]
    ),
    (
      "records",
      [
        """
        CREATE TABLE sign_in (
          sequence INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (id), at INTEGER NOT NULL,
          upn TEXT NOT NULL, outcome TEXT NOT NULL, error INTEGER NOT NULL, method TEXT, number TEXT, why TEXT NOT NULL,
          sum INTEGER NOT NULL) STRICT
        """,
        "CREATE INDEX sign_in_at ON sign_in (at)",
        "CREATE INDEX sign_in_by_user ON sign_in (upn, at)",
        "CREATE INDEX sign_in_by_outcome ON sign_in (outcome, at)",
        "CREATE INDEX sign_in_by_method ON sign_in (method, at)",
        """
        CREATE TABLE audit (
          sequence INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (id), at INTEGER NOT NULL,
          activity TEXT NOT NULL, upn TEXT, reason TEXT, by TEXT, role TEXT NOT NULL, sum INTEGER NOT NULL) STRICT
        """,
        "CREATE INDEX audit_at ON audit (at)",
        "CREATE INDEX audit_by_user ON audit (upn, at)",
        "CREATE INDEX audit_by_activity ON audit (activity, at)",
        "CREATE INDEX audit_by_admin ON audit (by, at)",
      ]
    ),
    (
      "calls and messages",
      [
        """
        CREATE TABLE call_event (
          sequence INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (id), call TEXT NOT NULL,
          at INTEGER NOT NULL, upn TEXT, kind TEXT NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL) STRICT
        """,
        "CREATE INDEX call_event_at ON call_event (at)",
        "CREATE INDEX call_event_by_call ON call_event (call, at)",
        "CREATE INDEX call_event_by_user ON call_event (upn, at)",
        "CREATE INDEX call_event_by_kind ON call_event (kind, at)",
        """
        CREATE TABLE message (
          sequence INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (id), at INTEGER NOT NULL,
          kind TEXT NOT NULL, upn TEXT, recipient TEXT, body TEXT NOT NULL, sum INTEGER NOT NULL) STRICT
        """,
        "CREATE INDEX message_at ON message (at)",
        "CREATE INDEX message_by_user ON message (upn, at)",
        "CREATE INDEX message_by_kind ON message (kind, at)",
      ]
    ),
    (
      "greetings",
      [
        """
        CREATE TABLE greeting_file (name TEXT PRIMARY KEY, bytes BLOB NOT NULL, sum INTEGER NOT NULL) STRICT
        """
      ]
    ),
    (
      "checkpoints",
      [
        """
        CREATE TABLE checkpoint (
          sequence INTEGER PRIMARY KEY, change INTEGER NOT NULL REFERENCES change (id), body TEXT NOT NULL,
          sum INTEGER NOT NULL) STRICT
        """
      ]
    ),
    // The column "why" may hold figures apart from their words (`Findings`), which no earlier version reads.
    ("sentences", []),
  ]
}
