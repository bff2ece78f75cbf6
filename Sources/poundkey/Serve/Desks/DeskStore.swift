import Console
import Records
import Reports
import VerificationCore

/// The store as the desks work on it: one after the other, and on no thread that answers others.
struct DeskStore: Sendable {
  private let store: TenantStore
  private let room: StoreRoom
  private let work = BlockingWork("desks")
  /// Who sits at the pages: there is one, without a name.
  private let admin = Admin()

  /// What the room has done and the store may not have yet.
  private let keeping: KeepingQueue
  private let time: @Sendable () -> Instant
  /// A look at the store waits so long for what the room has just done.
  private static let glance = Duration.seconds(1)
  /// So often a room may have gone on while a command waited for its turn.
  private static let tries = 20

  /// - Parameter time: that of the tenant: what a room does and what an admin does are in one order.
  init(_ served: ServedTenant, _ keeping: KeepingQueue, time: @escaping @Sendable () -> Instant) {
    (store, room, self.keeping, self.time) = (served.store, served.room, keeping, time)
  }

  struct Done: Sendable {
    let act: AdminAct
    let change: SettingUp
  }

  /// Looks at the store.
  ///
  /// - Throws: `DeskRefusal`.
  func read<Result: Sendable>(_ look: @escaping @Sendable (TenantStore, Instant) throws -> Result) async throws
    -> Result
  {
    await keeping.settle(within: Self.glance)
    return try await work.run { [store, time] in try Self.refusing { try look(store, time()) } }
  }

  /// Does what an admin asks, once the store has all that has happened in the room.
  ///
  /// - Parameter prepare: makes the act of the tenant as it is; takes the time that secrets need, and holds up nobody.
  /// - Throws: `DeskRefusal`; nothing has changed then.
  @discardableResult
  func perform(_ prepare: @escaping @Sendable (Holding, Instant) throws -> AdminAct) async throws -> Done {
    if let trouble = await keeping.exclusively({ $0 }) { throw DeskRefusal(trouble) }
    let act = try await work.run { [store, time] in try Self.refusing { try prepare(try store.holding(), time()) } }
    for _ in 0..<Self.tries {
      if let change = try await keeping.exclusively({ try await perform(act, unless: $0) }) {
        return Done(act: act, change: change)
      }
    }
    throw DeskRefusal(KeepingTrouble.busy)
  }

  /// - Parameter trouble: why the room knows more than the store, where it does.
  /// - Returns: nil where the room has gone on meanwhile.
  private func perform(_ act: AdminAct, unless trouble: KeepingTrouble?) async throws -> SettingUp? {
    if let trouble { throw DeskRefusal(trouble) }
    return try await work.run { [room, admin, time, keeping] in
      try Self.refusing { try room.perform(act, by: admin, at: time()) { keeping.isBehind } }
    }
  }

  /// - Throws: `DeskRefusal`, whatever `work` throws: with no path of this machine in it.
  static func refusing<Result>(_ work: () throws -> Result) throws(DeskRefusal) -> Result {
    do {
      return try work()
    } catch let refusal as DeskRefusal {
      throw refusal
    } catch let refusal as CommandRefusal {
      throw DeskRefusal(refusal)
    } catch let error as StoreError {
      throw DeskRefusal(error)
    } catch {
      throw DeskRefusal(.failed, "this could not be done", hint: "try again")
    }
  }
}

extension DeskRefusal {
  init(_ refusal: CommandRefusal) {
    switch refusal {
    case .unknownUser, .noSuchSetting, .noSuchGreeting: self.init(.notFound, "\(refusal.said)")
    case .wrongSetting(let wrong): self.init(.refused, "\(wrong.said)", hint: "\(wrong.advice)")
    case .number(let kind, let problem):
      self.init(.refused, "the \(kind.name) number is none: \(problem.said)", hint: "\(problem.advice)")
    default: self.init(.refused, "\(refusal.said)")
    }
  }

  /// An admin's command is decided on nothing less than all that has happened.
  init(_ trouble: KeepingTrouble) {
    switch trouble {
    case .busy:
      self.init(.busy, "another program writes to the tenant's store; nothing was changed", hint: "try again")
    case .readOnly: self.init(.failed, "the tenant's store is read-only; nothing was changed")
    case .full:
      self.init(
        .failed, "the disk is full; nothing was changed", hint: "make room where the server runs, and try again")
    case .damaged:
      self.init(
        .failed, "the tenant's store is damaged; nothing was changed",
        hint: "poundkey tenant check tells more, where the server runs")
    case .failed: self.init(.failed, "the tenant's store cannot be used; nothing was changed")
    }
  }

  /// Where the store lies is nobody's business who reads it from afar.
  init(_ error: StoreError) {
    self.init(KeepingTrouble(error))
  }
}
