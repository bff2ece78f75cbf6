import Records

extension TenantStore {
  /// All rows that came behind one, at once: for tests, where there are few.
  func entries(_ query: LogQuery, after sequence: Int64) throws -> [LogEntry] {
    var found: [LogEntry] = []
    _ = try entries(query, after: sequence) { found.append($0) }
    return found
  }
}
