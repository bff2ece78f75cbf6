import GRDB
import GRDBSQLite
import VerificationCore

/// Adds rows to one table: `begin`, the cells in the order of its columns, `finish`, which adds their sum.
///
/// Cells go straight into the statement: a log takes tens of thousands of rows at a time.
struct RowAppender: ~Copyable {
  let table: Table
  private let db: Database
  private let statement: Statement
  /// The same, without a reference to count for each cell.
  private let row: OpaquePointer
  private let start: CellSum
  private var sum: CellSum
  private var place: CInt = 0
  /// What SQLite said to the first cell that it did not take.
  private var refusal = SQLITE_OK

  /// - Parameter sql: takes the cells and their sum; else it adds a row.
  init(_ table: Table, _ db: Database, sql: String? = nil) throws {
    (self.table, self.db) = (table, db)
    statement = try db.cachedStatement(sql: sql ?? table.insertion)
    row = statement.sqliteStatement
    start = CellSum(of: table)
    sum = start
  }

  mutating func begin() { (sum, place, refusal) = (start, 0, SQLITE_OK) }

  mutating func addNull() {
    sum.addNull()
    place += 1
    note(sqlite3_bind_null(row, place))
  }

  mutating func add(_ number: Int64) {
    sum.add(number)
    place += 1
    note(sqlite3_bind_int64(row, place, number))
  }

  mutating func add(_ instant: Instant) { add(instant.millisecondsSince1970) }

  mutating func add(_ text: String) {
    if text.utf8.withContiguousStorageIfAvailable({ add(text: UnsafeRawBufferPointer($0)) }) != nil { return }
    var text = text
    text.withUTF8 { add(text: UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ text: String?) { if let text { add(text) } else { addNull() } }

  mutating func add(_ upn: UPN?) { add(upn?.text) }

  mutating func add(_ json: JSONText) { json.bytes.withUnsafeBytes { add(text: $0) } }

  mutating func add(blob bytes: [UInt8]) {
    bytes.withUnsafeBytes { bytes in
      sum.add(blob: bytes)
      place += 1
      // A pointer that is nil would be NULL.
      let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
      note(sqlite3_bind_blob64(row, place, start, UInt64(bytes.count), Self.copied))
    }
  }

  /// - Throws: `DatabaseError`; the row is not there then.
  mutating func finish() throws {
    note(sqlite3_bind_int64(row, place + 1, sum.value))
    guard refusal == SQLITE_OK else { throw error(refusal) }
    let code = sqlite3_step(row)
    defer { sqlite3_reset(row) }
    guard code == SQLITE_DONE else { throw error(code) }
  }

  private mutating func add(text bytes: UnsafeRawBufferPointer) {
    sum.add(text: bytes)
    place += 1
    // With its length: a NUL within is a character like others. A pointer that is nil would be NULL.
    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    note(
      unsafe sqlite3_bind_text64(
        row, place, start ?? Self.empty, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8)))
  }

  private mutating func note(_ code: CInt) { if refusal == SQLITE_OK { refusal = code } }

  private func error(_ code: CInt) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: db.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
  }

  /// SQLITE_TRANSIENT: SQLite makes a copy of its own.
  private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  private static var empty: UnsafePointer<CChar>? { UnsafePointer(bitPattern: 1) }
}
