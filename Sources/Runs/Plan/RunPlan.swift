public import ScenarioModel
import Simulation

/// One case of a plan, as indices: a plan may have hundreds of thousands.
public struct PlannedCase: Hashable, Sendable {
  /// Of `RunPlan.files`.
  public let file: Int32
  /// Of the file's cases.
  public let index: Int32
  /// From 1.
  public let round: Int32
}

/// All that is to be run, in its order: files by path, their cases as written, each as often as asked for.
public struct RunPlan: Sendable {
  /// By path; those of which nothing is run are not there.
  public let files: [ScenarioFile]
  public let cases: [PlannedCase]
  public let options: Options
  /// The same for the same cases from the same bytes with the same options: shards of one run have one hash.
  public let hash: UInt64

  /// What the result of a case depends on, beside the case.
  public struct Options: Hashable, Sendable {
    public var seed: UInt64
    public var clock: RunHeader.Clock
    /// At least 1.
    public var rounds: Int

    public init(seed: UInt64 = 1, clock: RunHeader.Clock = .virtual, rounds: Int = 1) {
      self.seed = seed
      self.clock = clock
      self.rounds = max(1, rounds)
    }
  }

  /// - Parameter invalid: paths of files that cannot be run; a plan with them is another one.
  public init(_ selected: [SelectedFile], invalid: [String] = [], options: Options = Options()) {
    let selected = selected.filter { !$0.cases.isEmpty }.sorted {
      $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8)
    }
    files = selected.map(\.file)
    self.options = options
    var cases: [PlannedCase] = []
    cases.reserveCapacity(selected.reduce(0) { $0 + $1.cases.count } * options.rounds)
    for (file, chosen) in selected.enumerated() {
      for index in chosen.cases {
        for round in 1...options.rounds {
          cases.append(PlannedCase(file: Int32(file), index: index, round: Int32(round)))
        }
      }
    }
    self.cases = cases
    hash = Self.hash(selected, invalid, options)
  }

  private static func hash(_ selected: [SelectedFile], _ invalid: [String], _ options: Options) -> UInt64 {
    var print = FNV1a()
    print.add(options.seed)
    print.add(options.clock.rawValue)
    print.add(UInt64(options.rounds))
    for chosen in selected {
      print.add(chosen.file.path)
      print.add(chosen.file.title.value)
      for source in chosen.file.sources {
        print.add(source.path)
        print.add(source.hash)
      }
      for index in chosen.cases { print.add(chosen.file.cases[Int(index)].name ?? "") }
    }
    for path in invalid.sorted() { print.add(path) }
    return print.value
  }
}

extension RunPlan {
  public func file(of planned: PlannedCase) -> ScenarioFile { files[Int(planned.file)] }

  /// Why a case is not run; nil where it is.
  public func skip(of planned: PlannedCase) -> String? { files[Int(planned.file)].skip?.value }

  /// `scenarios/pin.yaml::PIN by language[language=fr-FR]`, without the round and without secrets.
  public func id(of planned: PlannedCase) -> CaseID { files[Int(planned.file)].shownID(Int(planned.index)) }

  /// As in the stream: with the round behind it where there are several.
  public func fullID(of planned: PlannedCase) -> String {
    options.rounds > 1 ? "\(id(of: planned))#\(planned.round)" : "\(id(of: planned))"
  }

  /// - Parameter index: of `cases`.
  public func position(of index: Int) -> PlayedCase.Position {
    let planned = cases[index]
    return PlayedCase.Position(
      number: index + 1, round: options.rounds > 1 ? Int(planned.round) : nil,
      line: files[Int(planned.file)].line(Int(planned.index)))
  }

  /// For what no output may show of a case.
  public func mask(of planned: PlannedCase) -> SecretMask { files[Int(planned.file)].mask(Int(planned.index)) }

  public func scenario(of planned: PlannedCase) -> Scenario {
    files[Int(planned.file)].scenario(Int(planned.index))
  }

  /// Each round has a seed of its own; the first has the run's.
  public func seed(of planned: PlannedCase) -> UInt64 { options.seed &+ UInt64(planned.round - 1) }

  /// The indices of all cases in another order, the same for the same seed.
  public func shuffled(seed: UInt64) -> [Int] {
    var chance = Chance(seed: seed)
    return Array(cases.indices).shuffled(using: &chance)
  }
}

extension RunPlan {
  public func header(program: String, shuffle: UInt64?, shard: Shard?) -> RunHeader {
    RunHeader(
      program: program, seed: options.seed, clock: options.clock, plan: hash, cases: cases.count,
      rounds: options.rounds, shuffle: shuffle, shard: shard)
  }

  /// The files with the names of those of their cases that are run.
  public var plannedFiles: [PlannedFile] {
    var names = files.map { _ in [String]() }
    for planned in cases where planned.round == 1 { names[Int(planned.file)].append(id(of: planned).name ?? "") }
    return zip(files, names).map { file, names in
      PlannedFile(path: file.path, title: file.shownID(0).title, cases: file.hasMatrix ? names : nil)
    }
  }
}

extension ScenarioFile {
  var hasMatrix: Bool { cases.count != 1 || cases[0].name != nil }

  /// As outputs show them.
  public var shownTags: [String] {
    guard !tags.isEmpty else { return [] }
    let mask = mask(0)
    return tags.map { mask($0) }
  }

  /// As outputs show it.
  public var shownSkip: String? { skip.map { mask(0)($0.value) } }

  /// As outputs show it; in the names of cases secrets are dots already.
  func shownID(_ index: Int) -> CaseID {
    CaseID(path: path, title: mask(index)(title.value), name: cases[index].name)
  }
}

extension RunPlan.Options: CustomStringConvertible {
  public var description: String {
    "seed \(seed), \(clock.rawValue) clock" + (rounds > 1 ? ", \(rounds) rounds" : "")
  }
}
