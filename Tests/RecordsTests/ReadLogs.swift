import Records

extension TenantStore {
  /// All rows behind one, at once.
  func entries(_ query: LogQuery, after sequence: Int64) throws -> [LogEntry] {
    var entries: [LogEntry] = []
    _ = try self.entries(query, after: sequence) { entries.append($0) }
    return entries
  }
}
