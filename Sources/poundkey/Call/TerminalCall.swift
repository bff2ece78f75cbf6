import LiveCalls
import Reports
import ScenarioModel
import Simulation
import VerificationCore

/// What reaches a call's screen.
enum ScreenEvent: Sendable {
  case typed(UInt8)
  case keyboardGone
  case happened(news: [JournalEntry], board: Switchboard)
  /// Time to draw again.
  case tick
  case finished(Verdict)
  case failed(String)
}

/// Gathers keys, news and ticks into one stream, so that one loop answers all of them.
struct ScreenEvents {
  let stream: AsyncStream<ScreenEvent>
  let send: AsyncStream<ScreenEvent>.Continuation
  private var tasks: [Task<Void, Never>] = []

  init(_ keyboard: Keyboard) {
    (stream, send) = AsyncStream.makeStream()
    let (send, bytes) = (send, keyboard.bytes())
    tasks = [
      Task {
        for await byte in bytes { send.yield(.typed(byte)) }
        send.yield(.keyboardGone)
      },
      Task {
        while (try? await Task.sleep(for: .milliseconds(100))) != nil { send.yield(.tick) }
      },
    ]
  }

  func cancel() {
    for task in tasks { task.cancel() }
    send.finish()
  }
}

/// One live call on the screen, with the keyboard as keypad.
struct TerminalCall {
  let given: Given
  let request: SignInRequest
  let seed: UInt64
  let player: SoundPlayer?

  /// Until the person quits.
  ///
  /// - Returns: all that happened.
  func run() async throws -> [JournalEntry] {
    let clock = PausableClock()
    let exchange = LiveExchange(tenant: given.tenant, pins: given.pins, seed: seed, start: given.start, clock: clock)
    let keyboard = try Keyboard()
    let events = ScreenEvents(keyboard)
    let updates = exchange.updates
    let relay = Task {
      for await update in updates { events.send.yield(.happened(news: update.news, board: update.board)) }
    }
    defer {
      relay.cancel()
      events.cancel()
      player?.stop()
      keyboard.close()
    }
    try await exchange.perform(.signIn(request))
    var view = CallView(
      screen: CallScreen(
        title: given.tenant.name, isScripted: false, start: given.start, style: Output.style),
      clock: clock, board: Switchboard(tenant: given.tenant, pins: given.pins))
    for await event in events.stream {
      switch event {
      case .typed(let byte):
        guard try await answer(byte, exchange, clock, &view) else {
          await exchange.close()
          return view.board.journal
        }
      case .keyboardGone: return view.board.journal
      case .happened(let news, let board):
        view.board = board
        player?.follow(news)
      case .tick, .finished, .failed: break
      }
      view.draw()
    }
    return view.board.journal
  }

  /// - Returns: false to quit.
  private func answer(
    _ byte: UInt8, _ exchange: LiveExchange<PausableClock>, _ clock: PausableClock, _ view: inout CallView
  ) async throws -> Bool {
    let character = Character(Unicode.Scalar(byte))
    switch character {
    case "\u{3}": throw Failure(.interrupted)
    case "q", "\u{4}": return false
    case "p": view.togglePause(player)
    case _ where clock.isPaused: break  // a person who paused does nothing else
    case "a": try await exchange.perform(.answer)
    case "h": try await exchange.perform(.hangUp)
    case "c": try await exchange.perform(.cancelSignIn(request.upn))
    case "s": try await exchange.perform(.signIn(request))
    default:
      guard let key = Key(character), !key.isLetter else { break }
      try await exchange.perform(.press(key))
    }
    return true
  }
}

/// What the screen shows now.
struct CallView {
  let screen: CallScreen
  let clock: PausableClock
  private let started: PausableClock.Instant
  var board: Switchboard

  init(screen: CallScreen, clock: PausableClock, board: Switchboard) {
    self.screen = screen
    self.clock = clock
    self.board = board
    started = clock.now
  }

  func togglePause(_ player: SoundPlayer?) {
    if clock.isPaused { clock.resume() } else { clock.pause() }
    player?.pause(clock.isPaused)
  }

  func draw() {
    guard let size = TerminalSize.current else { return }
    let elapsed = Milliseconds(started.duration(to: clock.now).wholeMilliseconds)
    let frame = CallScreen.Frame(
      board: board, now: screen.start + elapsed, isPaused: clock.isPaused, width: size.columns,
      rows: size.rows)
    Screen.draw(screen.lines(frame), rows: size.rows)
  }
}
