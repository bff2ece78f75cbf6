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

  /// What is kept of a PIN that is known.
  private struct KnownPIN {
    let pin: Passcode
    let kept: String
  }

  let isKept: Bool
  private let path: String
  private let store: TenantStore
  private let keeping: Keeping
  /// PINs that are known because this program made them up.
  private let pins: [UPN: KnownPIN]
  private let state: Mutex<State>

  /// - Parameter path: of the store, for messages.
  init(_ store: TenantStore, at path: String, _ keeping: Keeping, pins: [UPN: Passcode] = [:]) throws {
    (self.store, self.path, self.keeping) = (store, path, keeping)
    isKept = keeping != .practice
    let first = try store.holding()
    var known: [UPN: KnownPIN] = [:]
    for (upn, pin) in pins { known[upn] = (first.pins[upn] ?? nil).map { KnownPIN(pin: pin, kept: $0) } }
    self.pins = known
    state = Mutex(State(first: first))
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
    // Not of somebody for whom an admin has set another one.
    for (upn, known) in pins where holding.pins[upn] == known.kept {
      given.pins[upn] = known.pin
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

  /// Does what an admin asks, in the store first. It holds beyond a reset.
  ///
  /// What calls have done to people meanwhile does not: so the command is decided anew on people as they were at the
  /// start. What is refused there is about something that a call brought, which a reset takes away by itself.
  ///
  /// - Throws: `CommandRefusal`, `StoreError`; nothing has changed then.
  func perform(_ act: AdminAct, by admin: Admin, at now: Instant) throws -> SettingUp {
    try state.withLock { state in
      let done = try store.change(act.what, by: admin, at: now) { change in
        let before = try change.holding()
        try act.perform(in: change)
        return SettingUp(before: before, after: try change.holding(), now: now)
      }
      var first = state.first.tenant
      (first.settings, first.greetings) = (done.before.tenant.settings, done.before.tenant.greetings)
      for event in (try? act.decided(in: first, by: admin, at: now)) ?? [] {
        state.first.apply(event, keeping: act.kept)
      }
      return done
    }
  }

  /// People, and what has happened to them, as they were; settings, greetings and places as they are; logs stay.
  private func bringBackPeople(at now: Instant) throws {
    try state.withLock { state in try Self.bringBack(state.first, in: store, at: now) }
  }

  private static func bringBack(_ first: Holding, in store: TenantStore, at now: Instant) throws {
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
