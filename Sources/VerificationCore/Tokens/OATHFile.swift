/// A file of hardware tokens, read as a whole: `upn,serial number,secret key,time interval,manufacturer,model` (TEN-8).
///
/// `OATHRows` reads one row after the other.
public struct OATHFile: Hashable, Sendable {
  /// Columns, in their order. Mark: seed.
  public enum Column: String, Hashable, Sendable, CaseIterable {
    case upn
    case serialNumber = "serial number"
    case secretKey = "secret key"
    case timeInterval = "time interval"
    case manufacturer
    case model
  }

  /// Bytes of a file. Mark: ours.
  public static let maxBytes = 64_000_000

  public struct Row: Hashable, Sendable {
    /// In the file, from 1.
    public let line: Int
    public let token: OATHToken
  }

  /// Those without a problem.
  public private(set) var rows: [Row] = []
  /// In the order of the file; a row may have several.
  public private(set) var problems: [Problem] = []
  /// Rows with at least one problem; a wrong header is none.
  public private(set) var wrongRows = 0

  public init(_ text: String) { self.init(Array(text.utf8)) }

  /// - Parameter bytes: of the whole file.
  public init(_ bytes: [UInt8]) {
    var entries = OATHRows(bytes)
    while let entry = entries.next() {
      switch entry {
      case .token(let row): rows.append(row)
      case .wrongRow(let found):
        wrongRows += 1
        problems += found
      case .wrongFile(let problem): problems.append(problem)
      }
    }
  }

  /// `upn,serial number,...`
  public static var header: String { Column.allCases.map(\.rawValue).joined(separator: ",") }
}
