import GRDB
import VerificationCore

/// What a thorough look at a store found.
public struct StoreCheck: Hashable, Sendable {
  /// Each as a sentence; none in a store that is whole.
  public internal(set) var problems: [String] = []
  /// Rows by table, in the order in which they were looked at.
  public internal(set) var counts: [Count] = []

  public struct Count: Hashable, Sendable {
    public let table: String
    public let rows: Int
  }

  public var isWhole: Bool { problems.isEmpty }
}

extension TenantStore {
  /// Looks at every page and every row: SQLite's own check, the schema, the checksum of each row, that none is missing
  /// between two or at the end of a change, and that the events make the tenant that is read.
  ///
  /// - Parameter progress: the table that is looked at, and how many of its rows have been.
  public func check(_ progress: @escaping (_ table: String, _ rows: Int) -> Void = { _, _ in }) -> StoreCheck {
    var check = StoreCheck()
    do throws(StoreError) {
      try reading { db in
        var walk = CheckWalk(db: db, store: self, progress: progress)
        walk.run()
        check = walk.found
      }
    } catch {
      check.problems.append(error.explanation)
    }
    return check
  }
}

/// One walk through a store. What cannot even be read is told, and the walk goes on.
private struct CheckWalk {
  let db: Database
  let store: TenantStore
  let progress: (String, Int) -> Void
  var found = StoreCheck()
  private var rowsOfChange: [Int64: Int64] = [:]

  init(db: Database, store: TenantStore, progress: @escaping (String, Int) -> Void) {
    (self.db, self.store, self.progress) = (db, store, progress)
  }

  mutating func run() {
    attempt("SQLite's own check") { walk throws in try walk.askSQLite() }
    attempt("the schema") { walk throws in try walk.compareSchema() }
    for table in Table.all { attempt("table \(table.name)") { walk throws in try walk.read(table) } }
    attempt("the changes") { walk throws in try walk.countChanges() }
    attempt("the tenant") { walk throws in try walk.rebuild() }
  }

  private mutating func attempt(_ what: String, _ work: (inout CheckWalk) throws -> Void) {
    do {
      try work(&self)
    } catch let damage as Damage {
      found.problems.append("\(what): \(damage.what)")
    } catch let error as DatabaseError {
      found.problems.append("\(what): SQLite says \"\(error.message ?? "\(error.resultCode)")\"")
    } catch {
      found.problems.append("\(what): \(error)")
    }
  }

  private mutating func askSQLite() throws {
    let lines = try Row.fetchAll(db, sql: "PRAGMA integrity_check").map { Self.text($0) }
    found.problems += lines.filter { $0 != "ok" }.map { "SQLite's own check: \($0)" }
    let strays = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
    if strays > 0 { found.problems.append("\(strays) rows name a change that is not there") }
  }

  private static func text(_ row: Row) -> String {
    row.databaseValues.first.flatMap { String.fromDatabaseValue($0) } ?? "?"
  }

  private mutating func compareSchema() throws {
    let fresh = try DatabaseQueue()
    try fresh.writeWithoutTransaction { try Migrations.run($0) }
    let expected = try fresh.read(Self.schema)
    let actual = try Self.schema(db)
    for name in Set(expected.keys).union(actual.keys).sorted() where expected[name] != actual[name] {
      let what =
        actual[name] == nil ? "is missing" : expected[name] == nil ? "is none of ours" : "is not as it was made"
      found.problems.append("the schema: \(name) \(what)")
    }
  }

  /// What each table and index was made with, by name.
  private static func schema(_ db: Database) throws -> [String: [String]] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT name, type, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
    return Dictionary(
      rows.map { row in
        let values = Array(row.databaseValues).map { String.fromDatabaseValue($0) ?? "" }
        return (values[0], Array(values.dropFirst()))
      }, uniquingKeysWith: +)
  }

  private mutating func read(_ table: Table) throws {
    var (count, damaged, next): (Int, Int, Int64) = (0, 0, 1)
    defer { found.counts.append(StoreCheck.Count(table: table.name, rows: count)) }
    try db.rows(of: table, table.selection + " ORDER BY \(table.key)") { row in
      count += 1
      if count.isMultiple(of: 10_000) { progress(table.name, count) }
      let cells: Cells
      do throws(Damage) {
        cells = try row.get()
      } catch {
        damaged += 1
        found.problems.append(error.what)
        return
      }
      guard table.isHistory || table == .change else { return }
      let number = try cells.integer(0)
      // What is damaged stands for itself.
      if number > next + Int64(damaged) {
        found.problems.append(
          "table \(table.name): \(number - next - Int64(damaged)) rows before \(number) are missing")
      }
      (next, damaged) = (number + 1, 0)
      if table != .change { rowsOfChange[try cells.integer(1), default: 0] += 1 }
    }
  }

  private mutating func countChanges() throws {
    var unclaimed = rowsOfChange
    var damaged = false
    try db.rows(of: .change, Table.change.selection + " ORDER BY id") { row in
      guard let cells = try? row.get() else { return damaged = true }
      let (id, count) = (try cells.integer(0), try cells.integer(5))
      let there = unclaimed.removeValue(forKey: id) ?? 0
      if there != count { found.problems.append("change \(id) wrote \(count) rows, of which \(there) are there") }
    }
    guard !damaged, let stray = unclaimed.keys.min() else { return }
    found.problems.append("change \(stray) is missing, but its rows are there")
  }

  /// From the first event on, and by the newest checkpoint: both make the same tenant.
  private mutating func rebuild() throws {
    var all = Holding()
    try store.replay(db, after: 0, into: &all)
    let read = try store.read(db)
    let isSame =
      all.tenant.recreation() == read.tenant.recreation() && all.pins == read.pins && all.passes == read.passes
      && all.keys == read.keys
    if !isSame { found.problems.append("the checkpoint is not what the events make") }
    for file in read.tenant.greetings.compactMap(\.file) {
      guard try Row.fetchOne(db, sql: "SELECT 1 FROM greeting_file WHERE name = ?", arguments: [file]) == nil else {
        continue
      }
      found.problems.append("the recording \(file) of a greeting is missing")
    }
  }
}
