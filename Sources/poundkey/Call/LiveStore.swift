import Records
import ScenarioModel
import VerificationCore

/// The store of a live call: what happens is on the disk as it happens.
final class LiveStore {
  private let path: String
  private let store: TenantStore
  private var journal: StoreJournal

  /// - Throws: exit code 4 where it cannot be written.
  init(at path: String, start: Instant) throws(Failure) {
    self.path = path
    store = try StoreOptions.open(path, .writing)
    journal = StoreJournal(start: start)
  }

  func greeting(named name: String) -> [UInt8]? { (try? store.greeting(named: name)) ?? nil }

  /// The tenant as it is by now, whoever has changed it.
  func given(_ user: UPN, at now: Instant) throws(Failure) -> Given {
    var given = try Given(try holding(), of: path, at: now)
    given.user = user
    return given
  }

  private func holding() throws(Failure) -> Holding {
    do throws(StoreError) {
      return try store.holding()
    } catch {
      throw Failure(error)
    }
  }

  /// Writes what is new.
  ///
  /// - Parameter isOver: nothing more happens; what still plays is written as it is.
  func write(_ entries: [JournalEntry], isOver: Bool = false) throws {
    guard let last = entries.last, isOver || journal.lacks(entries) else { return }
    var journal = self.journal
    do {
      try store.change("call", at: last.at) { change in try journal.write(entries, isOver: isOver, in: change) }
    } catch let error as StoreError {
      throw Failure(error)
    }
    self.journal = journal
  }

  /// What was written goes into the file itself.
  func close() { try? store.close() }
}
