import LiveCalls
import Reports
import ScenarioModel
import Simulation
import VerificationCore

/// A scenario in real time: on the screen of a terminal, or as lines where there is none.
struct TerminalReplay {
  private let scenario: Scenario
  private let seed: UInt64
  private let player: SoundPlayer?

  init(_ scenario: Scenario, seed: UInt64, player: SoundPlayer?) {
    self.scenario = scenario
    self.seed = seed
    self.player = player
  }

  func run() async throws -> Verdict {
    Keyboard.isThere ? try await onScreen() : try await asLines()
  }

  private func asLines() async throws -> Verdict {
    let text = JournalText(
      style: Output.style, start: scenario.given.start, width: Output.width, zone: scenario.given.zone,
      mask: scenario.given.mask)
    defer { player?.stop() }
    return try await LiveReplay(clock: PausableClock(), seed: seed).play(scenario) { news, _, _ in
      player?.follow(news)
      Output.lines(news.flatMap(text.lines))
      Output.flush()
    }
  }

  private func onScreen() async throws -> Verdict {
    StopSignal.watch()
    defer { StopSignal.ignore() }
    let clock = PausableClock()
    let keyboard = try Keyboard()
    let events = ScreenEvents(keyboard)
    let replay = LiveReplay(clock: clock, seed: seed)
    let (scenario, send) = (scenario, events.send)
    let playing = Task {
      do {
        let verdict = try await replay.play(scenario) { news, board, _ in
          send.yield(.happened(news: news, board: board))
        }
        send.yield(.finished(verdict))
      } catch {
        send.yield(.failed("\(error)"))
      }
    }
    defer {
      playing.cancel()
      events.cancel()
      player?.stop()
      keyboard.close()
    }
    return try await watch(events, clock, replay)
  }

  /// The last picture stays until a key is pressed.
  private func watch(
    _ events: ScreenEvents, _ clock: PausableClock, _ replay: LiveReplay<PausableClock>
  ) async throws -> Verdict {
    var verdict: Verdict?
    let given = scenario.given
    let screen = CallScreen(
      title: scenario.title.value, isScripted: true, start: given.start, style: Output.style,
      mask: given.mask)
    var view = CallView(screen: screen, clock: clock, player: player, board: Switchboard(given, seed: seed)) {
      given.start + replay.elapsed
    }
    for await event in events.stream {
      switch event {
      case .typed(3): throw Failure(.interrupted)
      case .typed where verdict != nil: return try finished(verdict)
      case .typed(UInt8(ascii: "q")), .typed(4), .keyboardGone: return try finished(verdict)
      case .typed(UInt8(ascii: "p")): view.togglePause()
      case .happened(let news, let board): view.show(news, board)
      case .finished(let result):
        verdict = result
        clock.pause()
      case .failed(let reason): throw Failure(.environment, "error: \(reason)")
      case .told(let signal): throw Failure(.stopped(by: signal))
      case .typed, .tick: break
      }
      view.draw()
    }
    return try finished(verdict)
  }

  private func finished(_ verdict: Verdict?) throws(Failure) -> Verdict {
    guard let verdict else { throw Failure(.interrupted, "The replay was left before its end.") }
    return verdict
  }
}
