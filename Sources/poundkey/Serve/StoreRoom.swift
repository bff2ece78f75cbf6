import Console
import Records
import ScenarioModel
import Secrets
import Simulation
import Synchronization
import VerificationCore

/// The tenant of a store as a room has it.
final class StoreRoom: RoomTenant {
  /// What becomes of what people do in the room.
  enum Keeping: Hashable {
    /// It lasts.
    case lasts
    /// It lasts until the next session: people are again as they were.
    case untilReset
    /// Nothing of it is written.
    case practice
  }

  private struct State {
    var journal: StoreJournal?
    /// How people were at the start; what admins do to them meanwhile holds beyond a reset.
    var first: Holding
  }

  let isKept: Bool
  private let path: String
  private let store: TenantStore
  private let keeping: Keeping
  /// PINs that are known because this program made them up.
  private let pins: [UPN: Passcode]
  private let state: Mutex<State>

  /// - Parameter path: of the store, for messages.
  init(_ store: TenantStore, at path: String, _ keeping: Keeping, pins: [UPN: Passcode] = [:]) throws {
    (self.store, self.path, self.keeping, self.pins) = (store, path, keeping, pins)
    isKept = keeping != .practice
    state = Mutex(State(first: try store.holding()))
  }

  func begin(at now: Instant) throws -> Given {
    if keeping == .untilReset { try bringBackPeople(at: now) }
    state.withLock { $0.journal = StoreJournal(start: now) }
    return try current(at: now)
  }

  func current(at now: Instant) throws -> Given {
    let holding = try store.holding()
    var given = try Given(holding, of: path, at: now)
    given.lasts = isKept
    let first = state.withLock { $0.first.pins }
    for (upn, pin) in pins where holding.pins[upn] != nil && holding.pins[upn] == first[upn] {
      given.pins[upn] = pin
      given.keptPINs.remove(upn)
    }
    return given
  }

  func keep(_ journal: [JournalEntry], isOver: Bool) throws {
    guard isKept, let last = journal.last else { return }
    try state.withLock { state in
      guard var writer = state.journal, isOver || writer.lacks(journal) else { return }
      try store.change("call", at: last.at) { change in try writer.write(journal, isOver: isOver, in: change) }
      state.journal = writer
    }
  }

  /// What an admin has done to people holds beyond a reset.
  func hasChanged() throws {
    let holding = try store.holding()
    state.withLock { $0.first = holding }
  }

  /// People, and what has happened to them, as they were; settings, greetings and places as they are; logs stay.
  private func bringBackPeople(at now: Instant) throws {
    let first = state.withLock { $0.first }
    try store.change("reset", at: now) { change in
      let before = try change.holding()
      var tenant = first.tenant
      tenant.name = before.tenant.name
      tenant.language = before.tenant.language
      tenant.settings = before.tenant.settings
      tenant.greetings = before.tenant.greetings
      tenant.locations = before.tenant.locations
      guard tenant != before.tenant else { return }
      try change.replace(with: tenant, pins: Set(first.pins.keys)) { event in
        switch event {
        case .setUp(.pinSet(let upn)): first.pins[upn] ?? nil
        case .passIssued(let pass): first.passes[pass.upn]
        case .tokenImported(let token): first.keys[Holding.TokenID(token)]
        default: nil
        }
      }
    }
  }
}
