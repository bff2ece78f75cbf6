import Foundation
import GRDB
import VerificationCore

/// The cells of one row, in the order of the table's columns. Decoding never traps: what is not as it was written is
/// damage.
struct Cells {
  let table: Table
  let values: [DatabaseValue]

  init(_ table: Table, _ values: [any CellValue]) {
    self.table = table
    self.values = values.map(\.cell)
  }

  /// - Throws: where the checksum is not that of the row.
  init(_ table: Table, reading row: Row) throws(Damage) {
    self.table = table
    let all = Array(row.databaseValues)
    guard all.count == table.columns.count + 1 else { throw Damage(table: table, key: nil) }
    values = Array(all.dropLast())
    guard case .int64(let sum) = all[all.count - 1].storage, sum == self.sum else {
      throw Damage(table: table, key: Self.text(all[0]))
    }
  }

  /// What goes into a statement: the cells and their sum.
  var arguments: StatementArguments { StatementArguments(values + [sum.databaseValue]) }

  /// FNV-1a of the table's name and of all cells with their kinds and lengths.
  var sum: Int64 {
    var sum = CellSum()
    sum.add(table.name)
    for value in values { sum.add(value) }
    return sum.value
  }

  var damage: Damage { Damage(table: table, key: values.first.map(Self.text)) }

  func integer(_ index: Int) throws(Damage) -> Int64 {
    guard case .int64(let value) = values[index].storage else { throw damage }
    return value
  }

  func text(_ index: Int) throws(Damage) -> String {
    guard case .string(let value) = values[index].storage else { throw damage }
    return value
  }

  func textIfAny(_ index: Int) throws(Damage) -> String? {
    if case .null = values[index].storage { return nil }
    return try text(index)
  }

  func bytes(_ index: Int) throws(Damage) -> [UInt8] {
    guard case .blob(let value) = values[index].storage else { throw damage }
    return Array(value)
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

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .int64(let number): String(number)
    case .string(let text): text
    case .null, .double, .blob: "?"
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

/// What a cell may hold.
protocol CellValue {
  var cell: DatabaseValue { get }
}

extension Int64: CellValue { var cell: DatabaseValue { databaseValue } }
extension Int: CellValue { var cell: DatabaseValue { databaseValue } }
extension String: CellValue {
  /// SQLite's texts end at a NUL; one that stands within is written as the character for what cannot be shown.
  var cell: DatabaseValue {
    guard utf8.contains(0) else { return databaseValue }
    return String(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : Character($0) }).databaseValue
  }
}
extension Instant: CellValue { var cell: DatabaseValue { millisecondsSince1970.databaseValue } }
extension UPN: CellValue { var cell: DatabaseValue { text.cell } }
extension [UInt8]: CellValue { var cell: DatabaseValue { Data(self).databaseValue } }
extension Optional: CellValue where Wrapped: CellValue { var cell: DatabaseValue { self?.cell ?? .null } }

/// FNV-1a over cells: a byte that was flipped always changes it.
struct CellSum {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  var value: Int64 { Int64(bitPattern: hash) }

  mutating func add(_ value: DatabaseValue) {
    switch value.storage {
    case .null: add(byte: 0)
    case .int64(let number):
      add(byte: 1)
      add(UInt64(bitPattern: number))
    case .double(let number):
      add(byte: 2)
      add(number.bitPattern)
    case .string(let text):
      add(byte: 3)
      add(text)
    case .blob(let bytes):
      add(byte: 4)
      add(UInt64(bytes.count))
      for byte in bytes { add(byte: byte) }
    }
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      add(UInt64(bytes.count))
      for byte in bytes { add(byte: byte) }
    }
  }

  private mutating func add(_ number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
  }

  @inline(__always)
  private mutating func add(byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
}
