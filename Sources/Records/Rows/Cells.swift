import GRDB
import GRDBSQLite
import VerificationCore

/// The cells of a row that was read, in the order of the table's columns. Decoding never traps: what is not as it was
/// written is damage.
///
/// They lie in the statement that is being read, and are gone with its next row.
struct Cells {
  let table: Table
  private let row: OpaquePointer

  /// - Throws: where the checksum is not that of the row.
  fileprivate init(_ table: Table, _ row: OpaquePointer) throws(Damage) {
    (self.table, self.row) = (table, row)
    let last = CInt(table.columns.count)
    guard sqlite3_column_count(row) == last + 1, sqlite3_column_type(row, last) == SQLITE_INTEGER,
      sqlite3_column_int64(row, last) == sum
    else { throw damage }
  }

  private var sum: Int64 {
    var sum = CellSum(of: table)
    for index in 0..<CInt(table.columns.count) {
      switch sqlite3_column_type(row, index) {
      case SQLITE_INTEGER: sum.add(sqlite3_column_int64(row, index))
      case SQLITE_TEXT: sum.add(text: textBytes(index))
      case SQLITE_BLOB: sum.add(blob: blobBytes(index))
      case SQLITE_FLOAT: sum.add(sqlite3_column_double(row, index))
      default: sum.addNull()
      }
    }
    return sum.value
  }

  var damage: Damage {
    let key: String? =
      switch sqlite3_column_type(row, 0) {
      case SQLITE_INTEGER: String(sqlite3_column_int64(row, 0))
      case SQLITE_TEXT: String(decoding: textBytes(0), as: UTF8.self)
      default: nil
      }
    return Damage(table: table, key: key)
  }

  func integer(_ index: Int) throws(Damage) -> Int64 {
    guard sqlite3_column_type(row, CInt(index)) == SQLITE_INTEGER else { throw damage }
    return sqlite3_column_int64(row, CInt(index))
  }

  func text(_ index: Int) throws(Damage) -> String { String(decoding: try utf8(index), as: UTF8.self) }

  /// The bytes of a text, without a copy.
  func utf8(_ index: Int) throws(Damage) -> UnsafeRawBufferPointer {
    guard sqlite3_column_type(row, CInt(index)) == SQLITE_TEXT else { throw damage }
    return textBytes(CInt(index))
  }

  func textIfAny(_ index: Int) throws(Damage) -> String? {
    if sqlite3_column_type(row, CInt(index)) == SQLITE_NULL { return nil }
    return try text(index)
  }

  func bytes(_ index: Int) throws(Damage) -> [UInt8] {
    guard sqlite3_column_type(row, CInt(index)) == SQLITE_BLOB else { throw damage }
    return Array(blobBytes(CInt(index)))
  }

  func instant(_ index: Int) throws(Damage) -> Instant { Instant(millisecondsSince1970: try integer(index)) }

  func upn(_ index: Int) throws(Damage) -> UPN { try read(try text(index), UPN.init) }

  func upnIfAny(_ index: Int) throws(Damage) -> UPN? {
    guard let text = try textIfAny(index) else { return nil }
    return try read(text, UPN.init)
  }

  func read<Value>(_ text: String, _ value: (String) -> Value?) throws(Damage) -> Value {
    guard let value = value(text) else { throw damage }
    return value
  }

  private func textBytes(_ index: CInt) -> UnsafeRawBufferPointer {
    // First the text, then its length, as SQLite asks for.
    let start = sqlite3_column_text(row, index)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(row, index)))
  }

  private func blobBytes(_ index: CInt) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(row, index)
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(row, index)))
  }
}

extension Database {
  /// Hands on the rows of a table that a query chooses, one by one, each with its checksum verified.
  ///
  /// - Parameter sql: begins with the table's `selection`.
  func rows(
    of table: Table, _ sql: String, _ arguments: StatementArguments = [],
    _ each: (Result<Cells, Damage>) throws -> Void
  ) throws {
    let statement = try makeStatement(sql: sql)
    try statement.setArguments(arguments)
    try withExtendedLifetime(statement) {
      while true {
        switch sqlite3_step(statement.sqliteStatement) {
        case SQLITE_ROW:
          let cells = Result { () throws(Damage) in try Cells(table, statement.sqliteStatement) }
          try each(cells)
        case SQLITE_DONE: return
        case let code:
          throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
        }
      }
    }
  }
}

/// A row that is not as it was written.
struct Damage: Error, Hashable {
  let table: Table
  /// The first cell of the row, where it could be read.
  let key: String?

  var what: String { "row \(key ?? "?") of \(table.name) is not as it was written" }
}
