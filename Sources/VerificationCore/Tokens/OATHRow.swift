/// Reads one row of a token file.
struct OATHRow {
  struct Wrong: Error {
    let problems: [OATHFile.Problem]
  }

  // A box of tokens has one maker, whose name is kept once.
  private var manufacturer = Repeated()
  private var model = Repeated()

  /// The token of a record without a problem, or everything that is wrong with it.
  mutating func token(_ records: CSVRecords) -> Result<OATHToken, Wrong> {
    let (count, columns) = (records.fields.count, OATHFile.Column.allCases.count)
    guard count == columns else {
      // Which is which cannot be told, so none is shown.
      let problem = OATHFile.Problem(
        line: records.line,
        said: count == 1 ? "the row has 1 field, not \(columns)" : "the row has \(count) fields, not \(columns)",
        remedy: "write \(OATHFile.header), and quote a field that holds a comma")
      return .failure(Wrong(problems: [problem]))
    }
    var reading = Reading(records: records)
    let owner = reading.owner()
    let serial = reading.serial()
    let secret = reading.secret()
    let interval = reading.interval()
    let (maker, type) = (reading.text(.manufacturer), reading.text(.model))
    guard let owner, let serial, let secret, let interval, let maker, let type else {
      let shown = serial.flatMap { TokenSecret.maySeem(like: $0) ? nil : $0 }
      return .failure(Wrong(problems: reading.problems.map { $0.naming(owner, shown) }))
    }
    return .success(
      OATHToken(
        serial: serial, secret: secret, interval: interval, manufacturer: manufacturer.text(maker),
        model: model.text(type), owner: owner))
  }

  private struct Reading {
    let records: CSVRecords
    var problems: [OATHFile.Problem] = []

    /// Without the spaces around it.
    subscript(column: OATHFile.Column) -> ArraySlice<UInt8> {
      Trimmed.bytes(records.content(records.fields[column.place]))
    }

    mutating func owner() -> UPN? {
      guard let field = text(.upn) else { return nil }
      if let upn = UPN(utf8: field) { return upn }
      if field.isEmpty {
        fail(.upn, "there is no user", remedy: "write the user principal name of whom the token is for")
      } else {
        fail(.upn, "this is no user principal name", remedy: "write it as name@domain, without spaces")
      }
      return nil
    }

    mutating func serial() -> String? {
      guard let field = text(.serialNumber) else { return nil }
      if !field.isEmpty { return String(decoding: field, as: UTF8.self) }
      fail(.serialNumber, "there is no serial number", remedy: "write the number on the back of the token")
      return nil
    }

    mutating func secret() -> TokenSecret? {
      do throws(TokenSecret.Problem) {
        return try TokenSecret(utf8: self[.secretKey])
      } catch {
        fail(.secretKey, "\(error.said)", remedy: "\(error.advice)")
        return nil
      }
    }

    mutating func interval() -> OATHToken.Interval? {
      let field = String(decoding: self[.timeInterval], as: UTF8.self)
      if let interval = Int(field).flatMap(OATHToken.Interval.init) { return interval }
      let (short, long) = (OATHToken.Interval.seconds30.rawValue, OATHToken.Interval.seconds60.rawValue)
      // What stands there may be a key in the wrong column.
      fail(
        .timeInterval, "the interval is not \(short) or \(long)",
        remedy: "write \(short) or \(long): the seconds that a code lasts")
      return nil
    }

    /// What may be any text: UTF-8 without a NUL, at which much that reads it would stop.
    mutating func text(_ column: OATHFile.Column) -> ArraySlice<UInt8>? {
      let field = self[column]
      guard let unusual = field.firstIndex(where: { $0 == 0 || $0 >= 0x80 }) else { return field }
      guard let text = String(validating: field[unusual...], as: UTF8.self) else {
        fail(column, "this is not UTF-8 text", remedy: "save the file as CSV UTF-8")
        return nil
      }
      guard !text.utf8.contains(0) else {
        fail(column, "a NUL (U+0000) stands in it", remedy: "take the NUL out; it is no character of any text")
        return nil
      }
      return field
    }

    private mutating func fail(_ column: OATHFile.Column, _ message: Phrasing, remedy: Phrasing) {
      problems.append(OATHFile.Problem(line: records.line, column: column, said: message, remedy: remedy))
    }
  }

  /// A text that many rows have.
  private struct Repeated {
    private var last = ""

    mutating func text(_ bytes: ArraySlice<UInt8>) -> String {
      if !last.utf8.elementsEqual(bytes) { last = String(decoding: bytes, as: UTF8.self) }
      return last
    }
  }
}

extension OATHFile.Column {
  fileprivate var place: Int {
    switch self {
    case .upn: 0
    case .serialNumber: 1
    case .secretKey: 2
    case .timeInterval: 3
    case .manufacturer: 4
    case .model: 5
    }
  }
}

extension TokenSecret {
  /// Whether a serial number may be a key in the wrong column: long, or of 8 characters and more and nothing but Base32
  /// with a letter in it. RFC 4226 wants keys of 128 bits; 16 characters of Base32 are 80, 8 are 40.
  static func maySeem(like text: String) -> Bool {
    guard text.utf8.count >= 8 else { return false }
    if text.unicodeScalars.count >= 16 { return true }
    let hasLetter = text.utf8.contains { $0 >= UInt8(ascii: "A") }
    return hasLetter && (try? Base32.decode(text)) != nil
  }
}
