import Glibc
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
  /// A signal that ends the program.
  case told(CInt)
}

/// Gathers keys, news, ticks and signals into one stream, so that one loop answers all of them.
///
/// Signals are watched before the keyboard is taken: one that comes in between would leave the terminal as it must not be.
struct ScreenEvents {
  let stream: AsyncStream<ScreenEvent>
  let send: AsyncStream<ScreenEvent>.Continuation
  private let tasks: [Task<Void, Never>]

  init(_ keyboard: Keyboard) {
    (stream, send) = AsyncStream.makeStream()
    let (send, bytes) = (send, keyboard.bytes())
    tasks = [
      Task {
        for await byte in bytes { send.yield(.typed(byte)) }
        send.yield(.keyboardGone)
      },
      Task {
        while (try? await Task.sleep(for: .milliseconds(100))) != nil {
          send.yield(StopSignal.number.map { .told($0) } ?? .tick)
        }
      },
    ]
  }

  func cancel() {
    for task in tasks { task.cancel() }
    send.finish()
  }
}
