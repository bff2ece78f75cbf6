public import ScenarioModel
public import VerificationCore

/// What was done in a live session, and all that happened: what a recorder makes a scenario of.
///
/// The journal alone would not do: it has dots in place of digits, and nothing of keys that the network lost.
public struct Session: Sendable {
  public let given: Given
  /// For what was left to chance.
  public let seed: UInt64
  public var acts: [Act]
  public var journal: [JournalEntry]

  /// One thing that somebody did: a step that takes no time, keys one by one.
  ///
  /// As in a scenario, the telephone and the page are those of whoever signed in last.
  public struct Act: Sendable {
    public let at: Instant
    public let verb: Step.Verb
    /// So many entries the journal had before it.
    public let position: Int

    /// - Parameter verb: what could be done; `answer` without a delay, `press` of a single key.
    public init(at instant: Instant, _ verb: Step.Verb, position: Int) {
      self.at = instant
      self.verb = verb
      self.position = position
    }

    var key: Key? {
      guard case .press(let press) = verb, press.pin == nil, press.keys.count == 1 else { return nil }
      return press.keys.first
    }
  }

  public init(given: Given, seed: UInt64 = 1, acts: [Act] = [], journal: [JournalEntry] = []) {
    self.given = given
    self.seed = seed
    self.acts = acts
    self.journal = journal
  }

  /// What happened from this act to the next.
  func facts(after index: Int) -> ArraySlice<JournalEntry> {
    let start = min(acts[index].position, journal.count)
    let end = index + 1 < acts.count ? acts[index + 1].position : journal.count
    return journal[start..<max(start, min(end, journal.count))]
  }
}

// The keys of a session may be a PIN.
extension Session: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "a session of \(acts.count) acts" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Session.Act: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "an act at \(at)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
