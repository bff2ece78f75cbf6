import Records
import Reports
import Runs
import ScenarioModel
import ScenarioYAML
import Secrets
import Simulation
import VerificationCore

/// A scenario played in the tenant of a store, in one change.
struct StoredPlay {
  let file: String
  /// The path of the store.
  let store: String
  let `case`: CaseFilter?
  let seed: UInt64

  struct Done {
    let verdict: Verdict
    let isWritten: Bool
    /// The names of its verifications in the log.
    let calls: [String]
  }

  /// - Parameter keep: writes also what is not as expected.
  func run(in opened: TenantStore, at now: Instant, keep: Bool) throws -> Done {
    var done: Done?
    do {
      try opened.change("play", at: now) { change in
        let verdict = VirtualDriver.play(try scenario(try change.holding(), at: now), seed: seed)
        guard verdict.passed || keep else {
          done = Done(verdict: verdict, isWritten: false, calls: [])
          throw NotWritten()
        }
        let given = verdict.scenario.given
        var journal = StoreJournal(start: given.start, zone: given.zone, key: try key(for: verdict.journal))
        try journal.write(verdict.journal, isOver: true, in: change)
        done = Done(verdict: verdict, isWritten: true, calls: journal.names)
      }
    } catch is NotWritten {
      // As was decided there.
    } catch let error as StoreError {
      throw Failure(error)
    }
    guard let done else { preconditionFailure("it was played, or an error was thrown") }
    return done
  }

  /// Takes back what was done.
  private struct NotWritten: Error {}

  private func scenario(_ holding: Holding, at now: Instant) throws(Failure) -> Scenario {
    let stored = try Given(holding, of: store, at: now)
    let read: ScenarioFile
    do throws(InvalidSource) {
      read = try ScenarioReader(files: SourceFiles(), greetings: GreetingMeter(), stored: stored).file(at: file)
    } catch {
      throw InvalidFile.failure(error)
    }
    let scenarios = read.cases.indices.map(read.scenario)
    if let `case` {
      if let found = scenarios.first(where: { `case`.accepts($0.id) }) { return found }
      throw Failure(.nothingMatched, "error: \(Printable.text(file)) has no case \(Printable.text(`case`.text))")
    }
    guard scenarios.count == 1, let only = scenarios.first else {
      throw Failure(
        .usage, "error: \(Printable.text(file)) has \(scenarios.count) cases; --case says which one is played")
    }
    return only
  }

  /// Only where a token comes in with its key.
  private func key(for journal: [JournalEntry]) throws(Failure) -> SealingKey? {
    let bringsKey = journal.contains { entry in
      if case .tenant(.tokenImported(let token)) = entry.fact { token.secret != nil } else { false }
    }
    return bringsKey ? try KeyFile.read(for: store) : nil
  }
}
