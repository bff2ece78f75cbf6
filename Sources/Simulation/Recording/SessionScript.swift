import ScenarioModel
import VerificationCore

/// The steps of a session, its times rounded; played along while they are written, so that no rounding adds to another.
struct SessionScript {
  /// How closely times are kept.
  struct Rounding: Hashable {
    /// Times are multiples of this, counted from what they follow.
    let unit: Milliseconds
    /// So far a key may move from its time for the sake of an even pace; never the first or the last of a press.
    let evenness: Milliseconds

    static let readable = Rounding(unit: Milliseconds(100), evenness: Milliseconds(250))
    static let fine = Rounding(unit: Milliseconds(10), evenness: Milliseconds(25))
    static let exact = Rounding(unit: Milliseconds(1), evenness: .zero)

    /// So far what happens may be from its time.
    var tolerance: Milliseconds { Milliseconds(unit.count / 2) }

    func callAsFunction(_ length: Milliseconds) -> Milliseconds { length.rounded(to: unit) }
  }

  /// Keys that are further apart are written in steps of their own.
  private static let longestGap = Milliseconds.seconds(2)
  private static let place = SourcePlace(path: "", span: SourceSpan(line: 1, column: 1))

  private let session: Session
  private let rounding: Rounding
  private let keys: [Int: WrittenKey]
  private var stage: Improvisation
  private(set) var steps: [Step] = []
  /// Whether every act could be done again.
  private(set) var isComplete = false
  /// So many messages of the session are in the steps.
  private var heard = 0
  /// When the message began that the last step hears; nil behind every other step.
  private var listening: Instant?

  init(_ session: Session, _ rounding: Rounding, keys: [Int: WrittenKey], scenario: Scenario) {
    self.session = session
    self.rounding = rounding
    self.keys = keys
    stage = Improvisation(scenario, seed: session.seed)
    isComplete = write()
  }

  private mutating func write() -> Bool {
    let starts = session.journal.indices.filter { session.journal[$0].fact.isStart }
    var index = 0
    while index < session.acts.count {
      let act = session.acts[index]
      guard hear(starts.count { $0 < act.position }) else { return false }
      if act.key == nil {
        guard perform(act) else { return false }
        index += 1
      } else {
        guard let pressed = press(from: index) else { return false }
        index += pressed
      }
    }
    return hear(starts.count)
  }

  /// Hears messages until so many have been heard.
  private mutating func hear(_ count: Int) -> Bool {
    while heard < count {
      let before = stage.now
      while stage.board.heard.count <= heard {
        guard stage.attempt(Step(.waitForNext, at: Self.place)) == nil else { return false }
      }
      let message = stage.board.heard[heard]
      var step = HearStep(message: message.recording.message)
      if stage.now - before >= step.within { step.within = (stage.now - before).rounded(to: .seconds(1)) + .minutes(1) }
      add(.hear(step))
      heard += 1
      listening = message.started
    }
    return true
  }

  private mutating func add(_ verb: Step.Verb) {
    steps.append(Step(verb, at: Self.place))
    listening = nil
  }

  /// Lets time pass without a step.
  private mutating func pass(_ length: Milliseconds) -> Bool {
    length <= .zero || stage.attempt(Step(.wait(length), at: Self.place)) == nil
  }

  private mutating func perform(_ act: Session.Act) -> Bool {
    let delay = max(.zero, rounding(act.at - stage.now))
    guard pass(delay), stage.attempt(Step(act.verb, at: Self.place)) == nil else { return false }
    if case .answer = act.verb {
      add(.answer(after: delay))
    } else {
      if delay > .zero { add(.wait(delay)) }
      add(act.verb)
    }
    return true
  }
}

// Keys.
extension SessionScript {
  /// Presses this key and all that follow it at an even pace.
  ///
  /// - Returns: how many; nil where it cannot be done.
  private mutating func press(from first: Int) -> Int? {
    let into = listening.flatMap { during(session.acts[first].at, $0) }
    let time = into.flatMap { into in listening.map { $0 + into } }
    let delay = max(.zero, time.map { $0 - stage.now } ?? rounding(session.acts[first].at - stage.now))
    guard pass(delay), let run = paced(from: first, at: stage.now) else { return nil }
    var press = run.press
    guard stage.attempt(Step(.press(press), at: Self.place)) == nil else { return nil }
    if let into, case .hear(let hear)? = steps.last?.verb {
      steps.removeLast()
      (press.during, press.after) = (hear, into)
    } else if delay > .zero {
      add(.wait(delay))
    }
    add(.press(press))
    return run.count
  }

  /// How long into the message that was heard last; nil where it is over by then.
  private func during(_ time: Instant, _ started: Instant) -> Milliseconds? {
    let into = max(.zero, rounding(time - started))
    var later = stage
    guard later.attempt(Step(.wait(max(.zero, started + into - stage.now)), at: Self.place)) == nil else { return nil }
    return later.board.heard.indices.contains(heard - 1) && later.board.heard[heard - 1].ended == nil ? into : nil
  }

  /// The longest run of keys from here that one step can press.
  private func paced(from first: Int, at start: Instant) -> (press: PressStep, count: Int)? {
    var last = first
    while last + 1 < session.acts.count, joins(last) { last += 1 }
    while last >= first {
      if let interval = interval(first, last, from: start),
        var press = PressStep((first...last).compactMap { keys[$0] })
      {
        hold(&press, interval, until: room(after: last, start, interval, last - first))
        return (press, last - first + 1)
      }
      last -= 1
    }
    return nil
  }

  /// Whether the next act is a key that can stand in one step with this one, with nothing between them.
  private func joins(_ index: Int) -> Bool {
    guard let key = keys[index], let next = keys[index + 1], key != .key(.pound), key.goes(before: next) else {
      return false
    }
    let facts = session.facts(after: index)
    return session.acts[index + 1].at - session.acts[index].at <= Self.longestGap && facts.allSatisfy(\.fact.isOfTyping)
  }

  /// From one key to the next; nil where no even pace comes close enough to all of them.
  private func interval(_ first: Int, _ last: Int, from start: Instant) -> Milliseconds? {
    guard first < last else { return PressStep.usualHold + PressStep.usualGap }
    let (length, count) = (session.acts[last].at - start, Int64(last - first))
    for unit in [100, 50, 10, 1] as [Int64] where unit <= rounding.unit.count {
      let interval = max(.zero, Milliseconds(length.count / count).rounded(to: Milliseconds(unit)))
      let isClose = (first + 1...last).allSatisfy { index in
        let time = start + Milliseconds(interval.count * Int64(index - first))
        return (session.acts[index].at - time).count.magnitude
          <= (index == last ? rounding.tolerance : rounding.evenness).count.magnitude
      }
      if isClose { return interval }
    }
    return nil
  }

  /// The time from the last key to the next act.
  private func room(after last: Int, _ start: Instant, _ interval: Milliseconds, _ count: Int) -> Milliseconds? {
    guard last + 1 < session.acts.count else { return nil }
    return session.acts[last + 1].at - (start + Milliseconds(interval.count * Int64(count)))
  }

  /// Nobody does anything while holding a key.
  private func hold(_ press: inout PressStep, _ interval: Milliseconds, until room: Milliseconds?) {
    press.hold = room.map { $0 < PressStep.usualHold } == true ? .zero : min(PressStep.usualHold, interval)
    press.gap = interval - press.hold
    // Of a single key nobody needs to know it.
    if press.keys.count == 1 || press.pin?.digits?.count == 1 { press.gap = PressStep.usualGap }
  }
}

extension JournalFact {
  /// A digit, and what it interrupts; all that comes of other keys has a time of its own.
  fileprivate var isOfTyping: Bool {
    switch self {
    case .key, .ended(_, _, stopped: true), .noted(.ignored): true
    default: false  // something came of it
    }
  }
}

extension Milliseconds {
  /// The nearest multiple.
  func rounded(to unit: Milliseconds) -> Milliseconds {
    let half = unit.count / 2
    return Milliseconds((count + (count < 0 ? -half : half)) / unit.count * unit.count)
  }
}
