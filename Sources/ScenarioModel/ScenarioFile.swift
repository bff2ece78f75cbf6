/// A scenario file as read: all cases of its matrix, each made when it is its turn.
///
/// What the rows of the matrix do not touch is held once; of the rest each distinct form is held once. All of it was
/// checked when it was read: making a case cannot fail.
public struct ScenarioFile: Sendable {
  /// One row of the matrix; a file without one has one case without a name.
  public struct Case: Hashable, Sendable {
    /// What stands in brackets behind the title: the row's id, else `name=value,...`. In place of secrets it has dots, and
    /// no two cases of a file have the same.
    public var name: String?
    /// Where the row is written; nil without a matrix.
    public var place: SourcePlace?
    /// `name=value,...`, where the name does not say it already; no secret is in it.
    public var values: String?

    public init(name: String? = nil, place: SourcePlace? = nil, values: String? = nil) {
      self.name = name
      self.place = place
      self.values = values
    }
  }

  /// A file that this one was made of.
  public struct Source: Hashable, Sendable {
    public var path: String
    /// FNV-1a, 64 bits, of its bytes.
    public var hash: UInt64

    public init(path: String, hash: UInt64) {
      self.path = path
      self.hash = hash
    }
  }

  public let path: String
  public let title: Placed<String>
  public let tags: [String]
  /// Ids of the rules that it shows.
  public let rules: [String]
  /// Why none of its cases is run; nil where all are.
  public let skip: Placed<String>?
  /// This file first, then its fragments, tables, tenant and greetings, and what was added.
  public private(set) var sources: [Source]
  public let cases: [Case]
  /// What was read, for quoting.
  public let texts: SourceTexts
  private let given: Forms<Given>
  private let steps: [Forms<[Step]>]
  private let expect: Forms<Expectation?>

  public init(
    path: String, title: Placed<String>, tags: [String] = [], rules: [String] = [], skip: Placed<String>? = nil,
    sources: [Source], cases: [Case] = [Case()], texts: SourceTexts = SourceTexts(), given: Forms<Given>,
    steps: [Forms<[Step]>], expect: Forms<Expectation?>
  ) {
    self.path = path
    self.title = title
    self.tags = tags
    self.rules = rules
    self.skip = skip
    self.sources = sources
    self.cases = cases
    self.texts = texts
    self.given = given.map { given in
      var masked = given
      masked.mask = given.mask
      return masked
    }
    self.steps = steps
    self.expect = expect
  }

  /// What is not read with it, and what the result of its cases depends on all the same.
  public mutating func add(_ source: Source) { sources.append(source) }

  /// Whether a case compares its transcript with one that is kept.
  public var asksForSnapshot: Bool {
    expect.distinct.contains { $0?.snapshot != nil }
      || steps.contains { part in
        part.distinct.contains { $0.contains { $0.verb.snapshot != nil } }
      }
  }

  public func id(_ index: Int) -> CaseID { CaseID(path: path, title: title.value, name: cases[index].name) }

  /// Where a case is written: the row of the matrix, where it stands in this file, else the title.
  public func line(_ index: Int) -> Int {
    guard let place = cases[index].place, place.path == path else { return title.place.span.line }
    return place.span.line
  }

  /// For what no output may show of a case.
  ///
  /// - Parameter index: of `cases`.
  public func mask(_ index: Int) -> SecretMask { given[index].mask }

  /// - Parameter index: of `cases`.
  public func scenario(_ index: Int) -> Scenario {
    var taken: [Step] = []
    taken.reserveCapacity(steps.count)
    // Most are one step.
    for part in steps { taken.append(contentsOf: part[index]) }
    return Scenario(
      path: path, title: title, tags: tags, rules: rules, given: given[index], steps: taken,
      expect: expect[index], caseName: cases[index].name, caseValues: cases[index].values)
  }
}

/// A part of a file in all its distinct forms, and which of them each case has.
public struct Forms<Value: Sendable>: Sendable {
  private let values: [Value]
  /// By case; empty where all have the first.
  private let chosen: [Int32]

  /// The same in every case.
  public init(_ value: Value) {
    values = [value]
    chosen = []
  }

  /// - Parameter chosen: for each case an index of `values`.
  public init(_ values: [Value], chosen: [Int32]) {
    precondition(Self.areAll(chosen, below: values.count), "each case has one of the values")
    self.values = values
    self.chosen = chosen
  }

  private static func areAll(_ chosen: [Int32], below count: Int) -> Bool {
    let chosen = chosen.span
    for index in chosen.indices where chosen[index] < 0 || chosen[index] >= count { return false }
    return true
  }

  public subscript(index: Int) -> Value { chosen.isEmpty ? values[0] : values[Int(chosen[index])] }

  func map<Other>(_ change: (Value) -> Other) -> Forms<Other> { Forms<Other>(values.map(change), chosen: chosen) }

  /// Each form once.
  public var distinct: [Value] { values }
}
