/// One line of a token file.
enum OATHRow {
  struct Wrong: Error {
    let problems: [OATHFile.Problem]
  }

  /// The token, or everything that is wrong with it.
  static func read(_ record: CSVRecords.Record) -> Result<OATHToken, Wrong> {
    let fields = record.fields.map { Trimmed.text($0) }
    let columns = OATHFile.Column.allCases
    guard fields.count == columns.count else {
      // Which is which cannot be told, so none is shown.
      let message = "the row has \(fields.count) field\(fields.count == 1 ? "" : "s"), not \(columns.count)"
      let remedy = "write \(OATHFile.header), and quote a field that holds a comma"
      return .failure(Wrong(problems: [OATHFile.Problem(line: record.line, message, remedy: remedy)]))
    }
    var reading = Reading(fields: Dictionary(uniqueKeysWithValues: zip(columns, fields)), line: record.line)
    let owner = reading.owner()
    let serial = reading.serial()
    let secret = reading.secret()
    let interval = reading.interval()
    guard let owner, let serial, let secret, let interval, reading.problems.isEmpty else {
      let shown = serial.flatMap { looksLikeSecret($0) ? nil : $0 }
      return .failure(Wrong(problems: reading.problems.map { $0.naming(owner, shown) }))
    }
    return .success(
      OATHToken(
        serial: serial, secret: secret, interval: interval, manufacturer: reading[.manufacturer],
        model: reading[.model], owner: owner))
  }

  /// A key may have slipped into the wrong column. RFC 4226 wants 128 bits; 16 characters of Base32 are 80.
  private static func looksLikeSecret(_ text: String) -> Bool {
    text.unicodeScalars.count >= 16
  }

  private struct Reading {
    let fields: [OATHFile.Column: String]
    let line: Int
    var problems: [OATHFile.Problem] = []

    subscript(column: OATHFile.Column) -> String { fields[column] ?? "" }

    mutating func owner() -> UPN? {
      if let upn = UPN(self[.upn]) { return upn }
      if self[.upn].isEmpty {
        fail(.upn, "there is no user", remedy: "write the user principal name of whom the token is for")
      } else {
        fail(.upn, "this is no user principal name", remedy: "write it as name@domain, without spaces")
      }
      return nil
    }

    mutating func serial() -> String? {
      guard self[.serialNumber].isEmpty else { return self[.serialNumber] }
      fail(.serialNumber, "there is no serial number", remedy: "write the number on the back of the token")
      return nil
    }

    mutating func secret() -> TokenSecret? {
      do {
        return try TokenSecret(self[.secretKey])
      } catch {
        fail(.secretKey, error.message, remedy: error.remedy)
        return nil
      }
    }

    mutating func interval() -> OATHToken.Interval? {
      if let interval = Int(self[.timeInterval]).flatMap(OATHToken.Interval.init) { return interval }
      let seconds = OATHToken.Interval.allCases.map { String($0.rawValue) }.joined(separator: " or ")
      // What stands there may be a key in the wrong column.
      fail(.timeInterval, "the interval is not \(seconds)", remedy: "write \(seconds): the seconds that a code lasts")
      return nil
    }

    private mutating func fail(_ column: OATHFile.Column, _ message: String, remedy: String) {
      problems.append(OATHFile.Problem(line: line, column: column, message, remedy: remedy))
    }
  }
}

extension OATHFile.Problem {
  fileprivate func naming(_ owner: UPN?, _ serial: String?) -> OATHFile.Problem {
    var problem = self
    problem.upn = owner
    problem.serial = serial
    return problem
  }
}
