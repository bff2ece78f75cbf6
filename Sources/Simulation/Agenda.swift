import VerificationCore

/// What is to happen, by time and, at the same time, by when it was entered.
///
/// A call has at most a handful of entries, so a sorted array is the quickest heap there is.
struct Agenda<Event: Hashable & Sendable>: Sendable {
  private var entries: [(at: Instant, event: Event)] = []

  var all: [(at: Instant, event: Event)] { entries }

  /// When the next entry is due.
  var next: Instant? { entries.first?.at }

  mutating func enter(_ event: Event, at instant: Instant) {
    let position = entries.firstIndex { $0.at > instant } ?? entries.endIndex
    entries.insert((instant, event), at: position)
  }

  mutating func cancel(where matches: (Event) -> Bool) {
    entries.removeAll { matches($0.event) }
  }

  /// Takes out the earliest entry that is due by `deadline`.
  mutating func pop(dueBy deadline: Instant) -> (at: Instant, event: Event)? {
    guard let first = entries.first, first.at <= deadline else { return nil }
    return entries.removeFirst()
  }
}
