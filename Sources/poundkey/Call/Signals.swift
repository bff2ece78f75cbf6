import Dispatch
import Glibc

/// Being told to stop, as events: what was begun is ended in the usual way, the terminal and the player included.
final class Signals {
  private static let watched = [SIGINT, SIGTERM, SIGHUP]
  private let sources: [any DispatchSourceSignal]

  init(_ tell: @escaping @Sendable (CInt) -> Void) {
    sources = Self.watched.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { tell(number) }
      source.resume()
      return source
    }
  }

  func stop() {
    for source in sources { source.cancel() }
    for number in Self.watched { signal(number, SIG_DFL) }
  }
}
