import Glibc
import Synchronization

/// Being told to stop, remembered for a verb that looks from time to time: what was begun is ended in the usual way, the
/// terminal and the player included. Nothing is lost that comes right after the start.
enum StopSignal {
  private static let received = Atomic<CInt>(0)

  /// From here on, being told to stop ends nothing by itself.
  static func watch() {
    // Made now: a handler must not be the first to touch it.
    received.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { StopSignal.received.store($0, ordering: .relaxed) }
    }
  }

  /// From here on they end the program as they did.
  static func ignore() {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
  }

  /// The last signal that came; nil while none did.
  static var number: CInt? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
