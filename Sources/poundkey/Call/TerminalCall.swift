import LiveCalls
import Reports
import ScenarioModel
import Simulation
import VerificationCore

/// One live call on the screen, with the keyboard as keypad.
struct TerminalCall {
  let given: Given
  let request: SignInRequest
  let seed: UInt64
  let player: SoundPlayer?
  /// nil: nothing of it lasts.
  let store: LiveStore?

  /// A call that is over, or was left.
  struct Ended {
    let session: Session
    /// Why it was left, where the person did not just quit.
    let failure: Failure?
  }

  /// Until the person quits or the program is told to stop. Signals are watched from here on; the caller ends that.
  func run() async throws -> Ended {
    StopSignal.watch()
    let clock = PausableClock()
    let keyboard = try Keyboard()
    let events = ScreenEvents(keyboard)
    let send = events.send
    let exchange = LiveExchange(given, seed: seed, clock: clock) { update in
      send.yield(.happened(news: update.news, board: update.board))
    }
    defer {
      events.cancel()
      player?.stop()
      keyboard.close()
    }
    try await Self.perform(.signIn(request), exchange)
    let failure = try await converse(events, exchange, clock)
    if let store {
      // A call that somebody walks away from comes to an end all the same, and to a record.
      try store.write(await exchange.finish(), isOver: true)
    } else {
      await exchange.close()
    }
    return Ended(session: await exchange.session, failure: failure)
  }

  /// - Returns: why the call was left, where the person did not just quit.
  private func converse(
    _ events: ScreenEvents, _ exchange: LiveExchange<PausableClock>, _ clock: PausableClock
  ) async throws -> Failure? {
    let screen = CallScreen(
      title: given.tenant.name, isScripted: false, start: given.start, style: Output.style,
      mask: given.mask)
    var view = CallView(screen: screen, clock: clock, player: player, board: Switchboard(given, seed: seed)) {
      exchange.now
    }
    for await event in events.stream {
      switch event {
      case .typed(3): return Failure(.interrupted)
      case .typed(let byte):
        guard try await answer(byte, exchange, clock, view) else { return nil }
      case .keyboardGone: return nil
      case .happened(let news, let board):
        try store?.write(board.journal)
        view.show(news, board)
      case .told(let signal): return Failure(.stopped(by: signal))
      case .tick, .finished, .failed: break
      }
      view.draw()
    }
    return nil
  }

  /// - Returns: false to quit.
  private func answer(
    _ byte: UInt8, _ exchange: LiveExchange<PausableClock>, _ clock: PausableClock, _ view: CallView
  ) async throws -> Bool {
    let character = Character(Unicode.Scalar(byte))
    switch character {
    case "q", "\u{4}": return false
    case "p": view.togglePause()
    case _ where clock.isPaused: break  // the screen says that p goes on
    case "a": try await Self.perform(.answer(request.upn), exchange)
    case "h": try await Self.perform(.hangUp(request.upn), exchange)
    case "c": try await Self.perform(.cancelSignIn(request.upn), exchange)
    case "s":
      if let store {
        try store.write(await exchange.session.journal)
        let renewed = try store.given(given.user, at: exchange.now)
        await exchange.renew { renewed }
      }
      try await Self.perform(.signIn(request), exchange)
    default:
      guard let key = Key(character), !key.isLetter else { break }
      try await Self.perform(.press(key, request.upn), exchange)
    }
    return true
  }

  private static func perform(
    _ act: LiveExchange<PausableClock>.Act, _ exchange: LiveExchange<PausableClock>
  ) async throws(VerificationService.SignInError) {
    do throws(LiveExchange<PausableClock>.Refusal) {
      try await exchange.perform(act)
    } catch {
      // A key that is of no use at the moment is no mistake.
      if case .signIn(let mistake) = error { throw mistake }
    }
  }
}

/// What the screen shows now.
struct CallView {
  let screen: CallScreen
  let clock: PausableClock
  let player: SoundPlayer?
  private(set) var board: Switchboard
  private let now: () -> Instant

  /// - Parameter now: the time of the call, which stands still while it is paused.
  init(
    screen: CallScreen, clock: PausableClock, player: SoundPlayer?, board: Switchboard, now: @escaping () -> Instant
  ) {
    self.screen = screen
    self.clock = clock
    self.player = player
    self.board = board
    self.now = now
  }

  mutating func show(_ news: [JournalEntry], _ board: Switchboard) {
    self.board = board
    player?.follow(news)
  }

  func togglePause() {
    if clock.isPaused { clock.resume() } else { clock.pause() }
    player?.pause(clock.isPaused)
  }

  func draw() {
    guard let size = TerminalSize.current else { return }
    let frame = CallScreen.Frame(
      board: board, now: now(), isPaused: clock.isPaused, trouble: player?.trouble, width: size.columns,
      rows: size.rows)
    Screen.draw(screen.lines(frame))
  }
}
