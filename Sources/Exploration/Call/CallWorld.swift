import VerificationCore

/// One call, walked by the machine that live calls run, with the network, the telephone and the PIN check around it as
/// `Switchboard` plays them: what is due first happens first, and of what is due together, what was ordered first.
public struct CallWorld: World {
  public typealias Key = Key192
  public static let isLossless = true

  public let configurations: [CallConfiguration]
  public let alphabet: CallAlphabet
  /// Whether entries of the same class count as one.
  public let reduces: Bool
  /// What the history keeps beside the outcome; whatever no condition asks for would only multiply states.
  let recalls: Recall
  private let entries: [EntryClasses]
  // What is asked for at every step, by configuration and free of references.
  private let policies: [CallPolicy]
  private let pins: [KeyEntry]
  private let wrongPINs: [KeyEntry]
  private let denials: [UInt8]
  /// Twenty a configuration: the messages by number, the spoken extension, its tones. In milliseconds.
  private let sounds: [Int32]
  private static let soundsEach = 20
  /// `call.limit` of each configuration, in milliseconds.
  let limits: [Int32]

  public struct Recall: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let pin = Recall(rawValue: 1)
    public static let entry = Recall(rawValue: 2)
    public static let block = Recall(rawValue: 4)
    public static let outcome = Recall(rawValue: 8)
  }

  /// - Parameter configurations: 1 to 256 of them.
  public init(
    _ configurations: [CallConfiguration], alphabet: CallAlphabet, reduces: Bool = true,
    recalls: Recall = [.outcome]
  ) {
    self.configurations = configurations
    self.alphabet = alphabet
    self.reduces = reduces
    self.recalls = recalls
    entries = configurations.map(EntryClasses.init)
    policies = configurations.map(\.policy)
    pins = configurations.map(\.pinEntry)
    wrongPINs = configurations.map { KeyEntry($0.wrongPINKeys) }
    denials = configurations.map(\.denials)
    sounds = configurations.flatMap { $0.soundLengths + [$0.spokenExtension, $0.tones] }
    limits = configurations.map { Int32(clamping: $0.policy.limit.count) }
  }

  public static let limitOfConfigurations = 256

  public var initialStates: [CallMoment] { configurations.indices.map { CallMoment.idle($0) } }
  public func key(of state: CallMoment) -> Key192 { state.packed }
  public func state(of key: Key192) -> CallMoment { CallMoment(key) }
  public static var nothingSeen: CallObservation { CallObservation() }

  /// How long the network takes to say that a call cannot be put through.
  static let failureDelay: Int32 = 1_500
}

// The moves.
extension CallWorld {
  public func moves(of state: CallMoment, into moves: inout MoveList) {
    switch state.call.stage {
    case .ended: return
    case .idle:
      moves.append(CallMove(.dial).move)
      for fault in alphabet.dialFaults { moves.append(CallMove(.dialInVain(fault)).move) }
      return
    case .checkingPIN where state.check == .right || state.check == .wrong:
      moves.append(CallMove(.checkAnswers).move)
      moves.append(CallMove(.lateCheck).move)
      return
    case .ringing, .reachingExtension, .listening, .checkingPIN, .confirmingBlock, .closing: break
    }
    if alphabet.silence { moves.append(CallMove(.silence).move) }
    let mayWait = alphabet.lastMoment && (state.due ?? 0) > 1
    if alphabet.atOnce { add(of: state, lastMoment: false, &moves) }
    if mayWait { add(of: state, lastMoment: true, &moves) }
  }

  private func add(of state: CallMoment, lastMoment: Bool, _ moves: inout MoveList) {
    func add(_ action: CallMove.Action) { moves.append(CallMove(action, lastMoment: lastMoment).move) }
    if alphabet.cancel { add(.cancel) }
    if state.call.isRinging {
      if alphabet.answers { add(.answer) }
      if alphabet.declines { add(.decline) }
    } else {
      if alphabet.hangUp { add(.hangUp) }
      if alphabet.lineDrop { add(.lineDrop) }
      if !pins[Int(state.configuration)].isEmpty, Self.takesEntry(state.call.stage) {
        if alphabet.rightPIN { add(.rightPIN) }
        if alphabet.wrongPIN { add(.wrongPIN) }
      }
    }
    var kinds: UInt16 = 0
    for key in alphabet.keys {
      if reduces {
        let kind = UInt16(1) << kind(of: key, state)
        if kinds & kind != 0 { continue }
        kinds |= kind
      }
      add(.key(key))
    }
  }

  private static func takesEntry(_ stage: CallState.Stage) -> Bool {
    if case .listening = stage { true } else { false }
  }

  /// Keys of the same kind lead to the same representative.
  private func kind(of key: VerificationCore.Key, _ state: CallMoment) -> UInt8 {
    switch state.call.stage {
    case .confirmingBlock where key == .one: 8
    case .listening(.digits(let entry, _), _): entries[Int(state.configuration)].kind(of: key, after: entry)
    case .listening: entries[Int(state.configuration)].kind(of: key, after: KeyEntry())
    case .idle, .ringing, .reachingExtension, .checkingPIN, .confirmingBlock, .closing, .ended:
      key.isLetter ? 2 : key == .pound ? 1 : key == .star ? 0 : 3
    }
  }
}

// What a move leads to.
extension CallWorld {
  public func apply(_ move: Move, to state: CallMoment, _ seen: inout CallObservation) -> CallMoment {
    let move = CallMove(move)
    seen.clear()
    var after = state
    if move.isLastMoment, let due = state.due { pass(due - 1, &after, &seen) }
    let index = Int(state.configuration)
    switch move.action {
    case .dial: deliver(.dial, &after, &seen)
    case .dialInVain(let fault):
      deliver(.dial, &after, &seen)
      pass(Self.failureDelay, &after, &seen)
      deliver(.failed(fault.failure), &after, &seen)
    case .answer: deliver(.answered, &after, &seen)
    case .decline: deliver(.failed(.rejected), &after, &seen)
    case .key(let key): deliver(.key(key), &after, &seen)
    case .silence:
      pass(after.due ?? 0, &after, &seen)
      happen(&after, &seen)
    case .hangUp: deliver(.remoteHungUp, &after, &seen)
    case .lineDrop: deliver(.lineDropped, &after, &seen)
    case .cancel: deliver(.cancelled, &after, &seen)
    case .rightPIN: type(pins[index], &after, &seen)
    case .wrongPIN: type(wrongPINs[index], &after, &seen)
    case .checkAnswers: happen(&after, &seen)
    case .lateCheck: after.check = .absent
    }
    settle(&after, &seen)
    return after
  }

  private func type(_ entry: KeyEntry, _ state: inout CallMoment, _ seen: inout CallObservation) {
    for position in 0..<entry.count { deliver(.key(entry[position]), &state, &seen) }
  }

  private func pass(_ length: Int32, _ state: inout CallMoment, _ seen: inout CallObservation) {
    state.pass(length)
    seen.elapsed += length
  }

  /// What is due now happens before anybody can do anything.
  private func settle(_ state: inout CallMoment, _ seen: inout CallObservation) {
    // A machine that orders more and more that is due at once would never let time pass.
    for _ in 0..<32 {
      guard state.due == 0, !state.call.hasEnded else { return }
      if alphabet.lateCheck, state.check == .right || state.check == .wrong { return }
      happen(&state, &seen)
    }
  }

  /// The first of what is due now.
  private func happen(_ state: inout CallMoment, _ seen: inout CallObservation) {
    if state.check == .right || state.check == .wrong { return answerCheck(&state, &seen) }
    // Ringing was ordered before the limit, all else after it.
    if let timer = state.timer, timer.kind == .ring, timer.left == 0 { return fire(timer, &state, &seen) }
    if state.limit == 0 {
      state.limit = nil
      return deliver(.timerFired(.callLimit), &state, &seen)
    }
    if state.sound == 0 {
      state.sound = nil
      return deliver(.finished(CallMoment.current), &state, &seen)
    }
    if let timer = state.timer, timer.left == 0 { fire(timer, &state, &seen) }
  }

  private func fire(_ timer: CallMoment.Countdown, _ state: inout CallMoment, _ seen: inout CallObservation) {
    state.timer = nil
    deliver(.timerFired(CallTimer(timer.kind, CallMoment.current)), &state, &seen)
  }

  private func answerCheck(_ state: inout CallMoment, _ seen: inout CallObservation) {
    let isRight = state.check == .right
    state.check = .none
    if recalls.contains(.pin) { state.history.lastPIN = isRight ? .right : .wrong }
    guard !isRight else { return deliver(.pinMatched(CallMoment.current), &state, &seen) }
    let denials = self.denials[Int(state.configuration)]
    if denials > 0 { state.wrongPINs += 1 }
    let locks = denials > 0 && state.wrongPINs >= denials
    deliver(locks ? .pinMismatchedAndLocked(CallMoment.current) : .pinMismatched(CallMoment.current), &state, &seen)
  }

  /// Hands a fact to the machine and carries out its orders.
  @inline(__always)
  private func deliver(_ input: CallInput, _ state: inout CallMoment, _ seen: inout CallObservation) {
    let index = Int(state.configuration)
    let transition = next(state.call, input, at: Self.now, policy: policies[index])
    if recalls.contains(.entry), input == .key(.pound) { recallEntry(&state) }
    let before = state.call
    state.call = transition.state
    var code = CallTransition.bareCode(input, from: before, to: state.call)
    for position in 0..<transition.orders.count { carryOut(transition.orders[position], &state, &seen, &code) }
    seen.note(code)
    canonicalise(&state, index)
  }

  private static let now = Instant(millisecondsSince1970: 0)

  private func recallEntry(_ state: inout CallMoment) {
    switch state.call.stage {
    case .listening(.digits(let entry, _), _):
      state.history.lastEntry = entries[Int(state.configuration)].classOfSent(entry)
    case .listening(.message(.authenticationDeniedRetry, _), _): return  // a # that is ignored sends nothing
    case .listening: state.history.lastEntry = .empty
    case .idle, .ringing, .reachingExtension, .checkingPIN, .confirmingBlock, .closing, .ended: return
    }
  }

  @inline(__always)
  private func carryOut(
    _ order: CallAction, _ state: inout CallMoment, _ seen: inout CallObservation, _ code: inout UInt32
  ) {
    switch order {
    case .play(let message, _):
      if state.sound != nil { state.leftRunning = true }
      state.sound = sound(of: state, Int(message.number))
      seen.heard |= 1 << UInt32(message.number)
    case .speakExtension: state.sound = sound(of: state, 18)
    case .sendExtension: state.sound = sound(of: state, 19)
    case .stop: state.sound = nil
    case .schedule(let deadline, let timer):
      let left = Int32(clamping: (deadline - Self.now).count)
      if timer.kind == .callLimit {
        state.limit = left
      } else {
        if state.timer != nil { state.leftRunning = true }
        state.timer = CallMoment.Countdown(kind: timer.kind, left: left)
      }
    case .cancel(let timer):
      if timer.kind == .callLimit { state.limit = nil } else if state.timer?.kind == timer.kind { state.timer = nil }
    case .verifyPIN(let entry, _):
      let pin = pins[Int(state.configuration)]
      state.check = !pin.isEmpty && entry == pin ? .right : .wrong
    case .conclude(let outcome):
      state.history.conclusions = min(3, state.history.conclusions + 1)
      state.history.result = outcome
    case .report: state.history.hasReported = true
    case .block:
      if recalls.contains(.block) { state.history.isBlocked = true }
      code |= CallTransition.blockMark
    case .note(let note): code |= note.mark
    case .dial, .abandon, .hangUp: return
    }
  }

  /// The state that stands for all of its class, with reduction or without.
  public func representative(of moment: CallMoment) -> CallMoment {
    guard case .listening(.digits(let entry, let ticket), let wrongEntries) = moment.call.stage else { return moment }
    var one = moment
    let kept = entries[Int(moment.configuration)].representative(of: entry)
    one.call = CallState(stage: .listening(.digits(kept, ticket), wrongEntries: wrongEntries), lastTicket: ticket)
    return one
  }

  @inline(__always)
  private func sound(of state: CallMoment, _ number: Int) -> Int32 {
    sounds[Int(state.configuration) * Self.soundsEach + number]
  }

  /// Tickets by their meaning, entries by their class, nothing pending after the end.
  @inline(__always)
  private func canonicalise(_ state: inout CallMoment, _ index: Int) {
    let ticket = CallMoment.current
    switch state.call.stage {
    case .idle: return
    case .ended:
      state.sound = nil
      state.timer = nil
      state.limit = nil
      state.check = .none
      state.wrongPINs = 0
    case .listening(.digits(let entry, _), let wrongEntries) where reduces:
      state.call = CallState(
        stage: .listening(.digits(entries[index].representative(of: entry), ticket), wrongEntries: wrongEntries),
        lastTicket: ticket)
      return
    case .ringing, .reachingExtension, .listening, .checkingPIN, .confirmingBlock, .closing: break
    }
    state.call = CallState(stage: state.call.stage.under(ticket), lastTicket: ticket)
    if state.check != .none, !state.call.isChecking { state.check = .none }
  }
}

extension CallState {
  var isChecking: Bool {
    if case .checkingPIN = stage { true } else { false }
  }
}

extension CallState.Stage {
  /// The same stage under another ticket.
  func under(_ ticket: Ticket) -> CallState.Stage {
    switch self {
    case .idle, .ended: self
    case .ringing: .ringing(ticket)
    case .reachingExtension(let step, _): .reachingExtension(step, ticket)
    case .listening(.message(let message, _), let wrong): .listening(.message(message, ticket), wrongEntries: wrong)
    case .listening(.grace, let wrong): .listening(.grace(ticket), wrongEntries: wrong)
    case .listening(.digits(let entry, _), let wrong): .listening(.digits(entry, ticket), wrongEntries: wrong)
    case .checkingPIN(_, let wrong): .checkingPIN(ticket, wrongEntries: wrong)
    case .confirmingBlock(_, let speaking): .confirmingBlock(ticket, speaking: speaking)
    case .closing(let outcome, _): .closing(outcome, ticket)
    }
  }
}
