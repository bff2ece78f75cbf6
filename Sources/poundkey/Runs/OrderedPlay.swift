/// Has pieces of work done several at a time, and takes what came of them in order.
///
/// What is done and not yet taken is bounded: memory does not grow with the run. Told to stop, it begins nothing more and
/// takes what was under way, except that calls in real time are left.
struct OrderedPlay {
  /// How many at a time.
  let jobs: Int
  /// Whether the pieces sleep, and end early when cancelled.
  let isReal: Bool

  /// - Parameters:
  ///   - play: nil where it was cancelled.
  ///   - take: whether to go on.
  func run<Played: Sendable>(
    _ count: Int, play: @escaping @Sendable (Int) async -> Played?, take: (Played) -> Bool
  ) async {
    if jobs == 1, !isReal { return await oneAfterTheOther(count, play, take) }
    await withTaskGroup(of: (index: Int, played: Played?).self) { group in
      if isReal { group.addTask { await Self.untilStopped() } }
      var window = Window<Played>(count: count, jobs: jobs)
      while true {
        while StopSignal.number == nil, let index = window.begin() {
          group.addTask { (index, await play(index)) }
        }
        guard window.isBusy, let next = await group.next() else { break }
        guard next.index >= 0 else {
          group.cancelAll()
          continue
        }
        window.end(next.index, next.played)
        while let played = window.take() {
          guard take(played) else { return group.cancelAll() }
        }
      }
      group.cancelAll()
      for played in window.rest() where !take(played) { break }
    }
  }

  private func oneAfterTheOther<Played>(
    _ count: Int, _ play: (Int) async -> Played?, _ take: (Played) -> Bool
  ) async {
    for index in 0..<count where StopSignal.number == nil {
      guard let played = await play(index), take(played) else { return }
    }
  }

  /// A handler can only set a flag: somebody has to look.
  private static func untilStopped<Played>() async -> (index: Int, played: Played?) {
    while StopSignal.number == nil, (try? await Task.sleep(for: .milliseconds(30))) != nil {}
    return (-1, nil)
  }
}

/// Which pieces are under way, and which are done and wait for an earlier one.
private struct Window<Played> {
  private let count: Int
  private let jobs: Int
  private var begun = 0
  private var taken = 0
  private var running = 0
  private var done: [Int: Played?] = [:]

  init(count: Int, jobs: Int) {
    self.count = count
    self.jobs = jobs
  }

  var isBusy: Bool { running > 0 }

  /// - Returns: the next piece; nil where enough is under way.
  mutating func begin() -> Int? {
    guard begun < count, running < jobs, begun - taken < 4 * jobs else { return nil }
    defer { begun += 1 }
    running += 1
    return begun
  }

  mutating func end(_ index: Int, _ played: Played?) {
    running -= 1
    done.updateValue(played, forKey: index)
  }

  /// - Returns: the next in order; nil where it is not there yet.
  mutating func take() -> Played? {
    while let next = done.removeValue(forKey: taken) {
      taken += 1
      if let next { return next }
    }
    return nil
  }

  /// What is done behind something that was left.
  mutating func rest() -> [Played] {
    defer { done = [:] }
    return done.keys.sorted().compactMap { done[$0] ?? nil }
  }
}
