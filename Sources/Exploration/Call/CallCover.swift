public import ScenarioModel
import VerificationCore

extension CallExploration {
  /// A few runs that together take every transition which the search reaches, but those in `taken`.
  ///
  /// The longest ways are looked at first: they take most of the others on the way. Each run is played to its end.
  public func cover(
    except taken: CallCoverage = CallCoverage(), bound: SearchBound? = nil,
    progress: (Int, Int) -> Bool = { _, _ in true }
  ) -> (findings: CallFindings, runs: [CallTrace]) {
    var onlooker = CallOnlooker(world, conditions: [], within: nil, probes: false)
    var search = Search(world)
    search.run(&onlooker, bound: bound ?? SearchBound(depth: plan.depth, states: plan.states), progress: progress)
    var missing = Set(onlooker.transitions.first.keys).subtracting(taken.codes)
    let goals = missing.compactMap { code in onlooker.transitions.first[code].map { (code: code, at: $0) } }
      .sorted { ($0.at.index, $0.code) > ($1.at.index, $1.code) }
    var runs: [CallTrace] = []
    for goal in goals where missing.contains(goal.code) {
      guard let last = goal.at.move else { continue }
      let path = search.path(to: goal.at.index)
      let configuration = Int(search.state(at: path.start).configuration)
      let (moves, codes) = ended(path.moves + [last], configuration, missing)
      missing.subtract(codes)
      runs.append(trace(moves, configuration: configuration, title: "Takes \(CallTransition(code: goal.code))"))
    }
    return (CallFindings(self, search, onlooker, properties: []), runs)
  }

  /// The moves, then silence until the call has ended, and the transitions on the way; in each state first what changes
  /// nothing there and is missing.
  private func ended(
    _ moves: [Move], _ configuration: Int, _ missing: Set<UInt32>
  ) -> (moves: [Move], codes: Set<UInt32>) {
    var (state, seen) = (CallMoment.idle(configuration), CallWorld.nothingSeen)
    var (all, codes): ([Move], Set<UInt32>) = ([], [])
    var left = moves[...]
    while all.count < 2_000, !left.isEmpty || !state.call.hasEnded {
      for (move, taken) in idleMoves(of: state) where !taken.isSubset(of: codes) && !taken.isDisjoint(with: missing) {
        all.append(move)
        codes.formUnion(taken)
      }
      let move = left.popFirst() ?? CallMove(.silence).move
      state = world.apply(move, to: state, &seen)
      all.append(move)
      if !seen.isEmpty { codes.formUnion([seen.first] + seen.others) }
    }
    return (all, codes)
  }

  /// The moves that leave a state as it is, with the transitions that they take.
  private func idleMoves(of state: CallMoment) -> [(Move, Set<UInt32>)] {
    var (list, seen) = (MoveList(), CallWorld.nothingSeen)
    world.moves(of: state, into: &list)
    return (0..<list.count).compactMap { position in
      let after = world.apply(list[position], to: state, &seen)
      guard after == state, !seen.isEmpty else { return nil }
      return (list[position], Set([seen.first] + seen.others))
    }
  }

  /// The shortest run to a condition; nil where there is none in the bound.
  public func shortest(
    to condition: ExplorationPlan.Condition, bound: SearchBound? = nil, progress: (Int, Int) -> Bool = { _, _ in true }
  ) -> (trace: CallTrace?, unique: Int, end: SearchEnd) {
    let asking = CallWorld(
      world.configurations, alphabet: world.alphabet, reduces: world.reduces,
      recalls: world.recalls.union(CompiledCondition.recall(for: condition)))
    var onlooker = CallOnlooker(asking, conditions: [condition], within: nil, probes: false, stopsAtFirst: true)
    var search = Search(asking)
    search.run(&onlooker, bound: bound ?? SearchBound(depth: plan.depth, states: plan.states), progress: progress)
    guard let met = onlooker.met[0], let last = met.move else { return (nil, search.unique, search.end) }
    let path = search.path(to: met.index)
    let configuration = Int(search.state(at: path.start).configuration)
    return (
      trace(path.moves + [last], configuration: configuration, title: "Shortest way to \(condition)"), search.unique,
      search.end
    )
  }

  /// Calls walked by chance, each to its end or to `depth` moves.
  ///
  /// - Returns: how many ended, the transitions taken, and the first run that met each `never`.
  public func walk(
    _ count: Int, depth: Int, by chance: inout some RandomNumberGenerator
  ) -> (
    ended: Int, moves: Int, transitions: [CallTransition], violations: [(Placed<ExplorationPlan.Property>, CallTrace)]
  ) {
    let watched = plan.properties.compactMap { property in
      if case .never(let condition) = property.value { (property, CompiledCondition(condition)) } else { nil }
    }
    var violations: [(Placed<ExplorationPlan.Property>, CallTrace)] = []
    var (ended, made, codes): (Int, Int, Set<UInt32>) = (0, 0, [])
    var (list, seen) = (MoveList(), CallWorld.nothingSeen)
    for _ in 0..<count {
      let configuration = Int.random(in: world.configurations.indices, using: &chance)
      var (state, moves): (CallMoment, [Move]) = (.idle(configuration), [])
      while moves.count < depth {
        list.removeAll()
        world.moves(of: state, into: &list)
        guard list.count > 0 else { break }
        let move = list[Int.random(in: 0..<list.count, using: &chance)]
        let reportedBefore = state.history.hasReported
        state = world.apply(move, to: state, &seen)
        moves.append(move)
        if !seen.isEmpty { codes.formUnion([seen.first] + seen.others) }
        let word = CompiledCondition.word(state, reportedBefore: reportedBefore)
        for (property, condition) in watched where condition.holds(for: word, heard: seen.heard) {
          if violations.contains(where: { $0.0.place == property.place && $0.0.value == property.value }) { continue }
          violations.append((property, trace(moves, configuration: configuration, title: "\(property.value)")))
        }
      }
      made += moves.count
      if state.call.hasEnded { ended += 1 }
    }
    return (ended, made, codes.sorted().map { CallTransition(code: $0) }, violations)
  }
}
