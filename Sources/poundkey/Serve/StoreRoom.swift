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
    /// Of each session that is not over, once something of it was written.
    var journals: [KeepingQueue.Session: StoreJournal] = [:]
    /// How people were at the start; what admins do to them meanwhile holds beyond a reset.
    var first: Holding
    /// What a demo changed, as text: before, and by the demo.
    var settings: [String: (before: String, during: String)] = [:]
  }

  /// What is kept of a PIN that is known.
  private struct KnownPIN {
    let pin: Passcode
    let kept: String
  }

  private let path: String
  private let store: TenantStore
  private let keeping: Keeping
  /// PINs that are known because this program made them up.
  private let pins: [UPN: KnownPIN]
  private let state: Mutex<State>

  /// - Parameter path: of the store, for messages.
  init(_ store: TenantStore, at path: String, _ keeping: Keeping, pins: [UPN: Passcode] = [:]) throws {
    (self.store, self.path, self.keeping) = (store, path, keeping)
    let first = try store.holding()
    var known: [UPN: KnownPIN] = [:]
    for (upn, pin) in pins { known[upn] = (first.pins[upn] ?? nil).map { KnownPIN(pin: pin, kept: $0) } }
    self.pins = known
    state = Mutex(State(first: first))
  }

  func begin(_ demo: Scenario?, by user: UPN?, at now: Instant) throws -> Stage {
    try DeskStore.refusing { try stage(demo, by: user, at: now) }
  }

  private func stage(_ demo: Scenario?, by user: UPN?, at now: Instant) throws -> Stage {
    // What an admin does meanwhile comes before or after all of this.
    try state.withLock { state in
      if keeping == .untilReset { try bringBack(&state, at: now) }
      var given = try given(at: now)
      // In a tenant of somebody's own a demo is for practice, whatever else is kept.
      let isKept = keeping == .untilReset || keeping == .lasts && demo == nil
      given.lasts = isKept
      guard let demo else { return Stage(given, isKept: isKept) }
      let cast = Casting(demo, in: given, by: user).scenario
      if isKept { try set(cast.given, from: given, &state, at: now) }
      let lent = cast.given.pins.keys.filter { given.pins[$0] == nil && !given.keptPINs.contains($0) }
      return Stage(cast.given, script: cast, isKept: isKept, lentPINs: Set(lent))
    }
  }

  func current(at now: Instant) throws -> Given? {
    guard keeping != .practice else { return nil }
    var given = try given(at: now)
    given.lasts = true
    return given
  }

  private func given(at now: Instant) throws -> Given {
    let holding = try store.holding()
    var given = try Given(holding, of: path, at: now)
    // Not of somebody for whom an admin has set another one.
    for (upn, known) in pins where holding.pins[upn] == known.kept {
      given.pins[upn] = known.pin
      given.keptPINs.remove(upn)
    }
    return given
  }

  /// What a demo needs of the tenant, until the next session.
  private func set(_ cast: Given, from before: Given, _ state: inout State, at now: Instant) throws {
    for setting in Setting.all {
      let (was, isNow) = (setting.value(in: before.tenant.settings), setting.value(in: cast.tenant.settings))
      if was != isNow { state.settings[setting.name] = (was, isNow) }
    }
    guard cast.tenant != before.tenant else { return }
    try store.change("demo", at: now) { change in
      let holding = try change.holding()
      try change.replace(with: cast.tenant, pins: Set(holding.pins.keys)) { holding.kept(of: $0) }
    }
  }

  func keep(
    _ news: [JournalEntry], of session: KeepingQueue.Session, isOver: Bool
  ) throws(KeepingTrouble) {
    do {
      try state.withLock { state in
        let known = state.journals[session]
        // Of a session in which nothing happened nothing is to be written, whoever holds the store.
        if news.isEmpty, known?.hasRest != true { return state.journals[session] = isOver ? nil : known }
        var journal = known ?? StoreJournal(start: session.start)
        try store.change("call", at: news.last?.at ?? journal.latest) { change in
          try journal.append(news, isOver: isOver, in: change)
        }
        state.journals[session] = isOver ? nil : journal
      }
    } catch {
      throw KeepingTrouble(error)
    }
  }

  /// Does what an admin asks, in the store first. It holds beyond a reset.
  ///
  /// What calls have done to people meanwhile does not: so the command is decided anew on people as they were at the
  /// start. What is refused there is about something that a call brought, which a reset takes away by itself.
  ///
  /// - Parameter isBehind: whether the room knows something that the store does not; asked when nobody else can write.
  /// - Returns: nil where it does; nothing has changed then.
  /// - Throws: `CommandRefusal`, `StoreError`; nothing has changed then.
  func perform(
    _ act: AdminAct, by admin: Admin, at now: Instant, unless isBehind: () -> Bool
  ) throws -> SettingUp? {
    struct Behind: Error {}
    do {
      return try perform(act, by: admin, at: now) { if isBehind() { throw Behind() } }
    } catch is Behind {
      return nil
    }
  }

  private func perform(
    _ act: AdminAct, by admin: Admin, at now: Instant, after check: () throws -> Void
  ) throws -> SettingUp {
    try state.withLock { state in
      let done = try store.change(act.what, by: admin, at: now) { change in
        try check()
        let before = try change.holding()
        try act.perform(in: change)
        return SettingUp(before: before, after: try change.holding(), now: now)
      }
      var first = state.first.tenant
      (first.settings, first.greetings) = (done.before.tenant.settings, done.before.tenant.greetings)
      var events: [(event: TenantEvent, kept: String?)] = []
      let pins = state.first.pins
      guard
        (try? act.decide(in: first, hasPIN: { pins[$0] != nil }, by: admin, at: now) { events.append(($0, $1)) }) != nil
      else { return done }
      for (event, kept) in events {
        state.first.apply(event, keeping: kept)
        if case .setUp(.settingChanged(let change)) = event { state.settings[change.name] = nil }
      }
      return done
    }
  }

  /// People, and what has happened to them, as they were, and what a demo had set; all else as it is; logs stay.
  private func bringBack(_ state: inout State, at now: Instant) throws {
    let (first, settings) = (state.first, state.settings)
    try store.change("reset", at: now) { change in
      let before = try change.holding()
      var tenant = first.tenant
      tenant.name = before.tenant.name
      tenant.language = before.tenant.language
      tenant.settings = before.tenant.settings
      for (name, values) in settings {
        // What an admin has set meanwhile stays.
        guard let setting = Setting.named(name), setting.value(in: tenant.settings) == values.during else { continue }
        try? setting.set(values.before, in: &tenant.settings)
      }
      tenant.greetings = before.tenant.greetings
      tenant.locations = before.tenant.locations
      guard tenant != before.tenant || first.pins != before.pins else { return }
      try change.replace(with: tenant, pins: Set(first.pins.keys)) { first.kept(of: $0) }
    }
    state.settings = [:]
  }
}

extension Holding {
  /// What is kept of the secret that an event is about.
  fileprivate func kept(of event: TenantEvent) -> String? {
    switch event {
    case .setUp(.pinSet(let upn)): pins[upn] ?? nil
    case .passIssued(let pass): passes[pass.upn]
    case .tokenImported(let token): keys[TokenID(token)]
    default: nil  // there is no secret to it
    }
  }
}

extension KeepingTrouble {
  init(_ error: any Error) {
    switch error as? StoreError {
    case .busy: self = .busy
    case .full: self = .full
    case .readOnly: self = .readOnly
    case .damaged: self = .damaged
    case .missing, .exists, .notAStore, .newer, .older, .stranded, .failed, nil: self = .failed
    }
  }
}
