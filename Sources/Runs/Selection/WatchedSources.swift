/// Which scenario files are made of which files, for running again what a change touches.
public struct WatchedSources: Sendable {
  /// By scenario file, what it is made of; nil for one that cannot be read, which any change may mend.
  private var sources: [String: Set<String>?] = [:]

  public init() {}

  /// - Parameter sources: in the same form as the paths given to `touched`.
  public mutating func add(_ file: String, madeOf sources: Set<String>?) {
    self.sources.updateValue(sources, forKey: file)
  }

  public mutating func remove(_ file: String) { sources.removeValue(forKey: file) }

  public var files: Set<String> { Set(sources.keys) }

  /// All that is read for them.
  public var all: Set<String> { sources.values.reduce(into: []) { $0.formUnion($1 ?? []) } }

  /// The scenario files that are to be read again.
  ///
  /// - Parameter changed: paths; nil where it is not known which.
  public func touched(by changed: Set<String>?) -> Set<String> {
    guard let changed else { return files }
    return Set(sources.filter { $0.value.map { !$0.isDisjoint(with: changed) } ?? true }.keys)
  }
}
