public import VerificationCore

/// Where everything stands at one moment: all that the future depends on, without history and without absolute time.
///
/// Two switchboards with equal standings behave alike from here on, but for which digits the next codes have. Times are
/// counted from now; tickets and the numbers of verifications are left out where only "the current one" matters.
public struct Standing: Hashable, Sendable {
  private let settings: Settings
  private let users: [User]
  private let tokens: [OATHToken]
  private let tenant: [TenantPart]
  private let verifications: [Verification]
  private let agenda: [Due]
  private let phones: [String: Int]
  private let line: Line
  private let hands: [Hands]

  /// What a tenant remembers of a user, as long as it matters.
  private enum TenantPart: Hashable {
    case blocked(UPN, left: Milliseconds)
    case wrongPINs(UPN, Int, since: Milliseconds, lockedFor: Milliseconds?)
    case atRisk(UPN)
    case pass(UPN, left: Milliseconds, isOnce: Bool, isUsed: Bool)
    case remembered(UPN, SignInRequest.Client, since: Milliseconds)
    case gates(UPN, [Method: Milliseconds])
    case called(UPN, number: String, since: Milliseconds)
  }

  private enum Verification: Hashable {
    case call(SignInRequest, CallPolicy, CallState.Stage)
    case page(SignInRequest, Method, PageState)
  }

  private struct Due: Hashable {
    let left: Milliseconds
    let event: Event
  }

  private enum Event: Hashable {
    case timer(Int, CallTimer.Kind)
    case finished(Int)
    case network(Int, String)
    case pageTimer(Int, PageTimer)
    case page(Int, PageInput)
    case text(UPN, Held)
    case machineAnswers(Int)
    case remark(Int)
  }

  /// A text in hand or under way, by what typing its code would be.
  private enum Held: Hashable {
    /// Of the page that is open, or of one before.
    case sent(CodeNumber, isOpen: Bool)
    case used
    case old
  }

  private struct Hands: Hashable {
    let upn: UPN
    let apps: [AppRegistration]
    let notified: [String]
    let lastTexts: [Held]
    let hasUsedCode: Bool
    /// The sources whose current code is used, with what is left of its time.
    let usedSteps: [String]
    let stepLeft: Int64?
  }
}

extension Switchboard {
  public func standing(at now: Instant) -> Standing { Standing(self, at: now) }

  /// Whether every verification in progress has a deadline that ends it, at most this far away.
  func everythingEnds(within length: Milliseconds, at now: Instant) -> Bool {
    let due = pending(at: now).filter { $0.left <= length }.map(\.event)
    let calls = service.calls.allSatisfy { call in due.contains(.timer(call.id, CallTimer(.callLimit, Ticket(0)))) }
    let pages = service.pages.allSatisfy { page in
      page.state.outcome != nil || due.contains(.pageTimer(page.id, .text(.page)))
        || due.contains(.pageTimer(page.id, .challenge))
    }
    return calls && pages
  }

  /// Drops what only matters to readers: the journal, the messages heard, records and reports.
  public mutating func forgetHistory() {
    journal.removeAll(keepingCapacity: true)
    forgetHeard()
    service.forgetRecords()
  }
}

extension Standing {
  init(_ board: Switchboard, at now: Instant) {
    let tenant = board.service.tenant
    settings = tenant.settings
    users = tenant.users
    tokens = tenant.tokens
    self.tenant = Self.parts(of: tenant, at: now)
    let open = board.service.pages.filter { $0.state.outcome == nil }
    // By their order, not by their numbers.
    let numbers = Dictionary(
      uniqueKeysWithValues: (board.service.calls.map(\.id) + board.service.pages.map(\.id)).enumerated().map {
        ($1, $0)
      })
    verifications =
      board.service.calls.map { .call($0.request.signIn, $0.request.policy, $0.state.stage.withoutTicket) }
      + board.service.pages.map { .page($0.request.signIn, $0.request.method, $0.state) }
    func held(_ text: PersonsDevices.HeldText, _ devices: PersonsDevices) -> Held {
      if let index = board.sentCodes[text.page]?.firstIndex(of: text.code), let page = board.service.page(text.page) {
        return .sent(CodeNumber(UInt32(index + 1)), isOpen: open.contains { $0.id == page.id })
      }
      return devices.usedCodes.contains(text.code) ? .used : .old
    }
    agenda = board.pending(at: now).compactMap { left, event in
      Self.event(event, numbers, board, held).map { Due(left: left, event: $0) }
    }
    phones = board.holding.compactMapValues { numbers[$0] }
    line = board.line
    hands = tenant.users.map(\.upn).map { Self.hands(of: $0, board.devices(of: $0), at: now, held) }
  }

  private static func parts(of tenant: Tenant, at now: Instant) -> [TenantPart] {
    var parts: [TenantPart] = []
    for upn in tenant.users.map(\.upn) {
      if let block = tenant.block(of: upn, at: now) { parts.append(.blocked(upn, left: block.until - now)) }
      if let lockout = tenant.lockouts[upn] {
        let lockedFor = tenant.locked(upn, at: now).map { $0 - now }
        let sinceLast = now - lockout.last
        // What no longer counts is as if it had never been.
        if lockedFor != nil || (lockout.lockedUntil == nil && sinceLast < tenant.settings.lockout.resets) {
          parts.append(.wrongPINs(upn, lockout.wrongPINs, since: sinceLast, lockedFor: lockedFor))
        }
      }
      if tenant.isAtRisk(upn) { parts.append(.atRisk(upn)) }
      if let pass = tenant.passes[upn] {
        let left = max(.zero, pass.until - now)
        parts.append(.pass(upn, left: left, isOnce: pass.isOnce, isUsed: pass.isUsed))
      }
      let gates = tenant.verifiedForReset(upn, at: now)
      if !gates.isEmpty { parts.append(.gates(upn, gates.mapValues { now - $0 })) }
    }
    parts += tenant.remembered.map { .remembered($0.upn, $0.client, since: now - $0.since) }
    parts += tenant.placedCalls.filter { now < $0.at + tenant.settings.call.window }
      .map { .called($0.upn, number: $0.number, since: now - $0.at) }
    return parts
  }

  private static func event(
    _ event: Switchboard.Event, _ numbers: [CallID: Int], _ board: Switchboard,
    _ held: (PersonsDevices.HeldText, PersonsDevices) -> Held
  ) -> Event? {
    switch event {
    case .timer(let id, let timer): numbers[id].map { .timer($0, timer.kind) }
    case .finished(let id, _): numbers[id].map { .finished($0) }
    case .network(let id, let input): numbers[id].map { .network($0, input.kindName) }
    case .machineAnswers(let id): numbers[id].map { .machineAnswers($0) }
    case .remark(let id, _): numbers[id].map { .remark($0) }
    case .pageTimer(let id, let timer): numbers[id].map { .pageTimer($0, timer) }
    case .page(let id, let input): numbers[id].map { .page($0, input) }
    case .textArrives(let upn, let text): .text(upn, held(text, board.devices(of: upn)))
    }
  }

  private static func hands(
    of upn: UPN, _ devices: PersonsDevices, at now: Instant,
    _ held: (PersonsDevices.HeldText, PersonsDevices) -> Held
  ) -> Hands {
    let step = now.millisecondsSince1970 / 30_000
    let used = devices.usedSteps.filter { $0.step == step }.map(\.source).sorted()
    return Hands(
      upn: upn, apps: devices.apps, notified: devices.notified,
      lastTexts: devices.texts.suffix(2).map { held($0, devices) }, hasUsedCode: !devices.usedCodes.isEmpty,
      usedSteps: used, stepLeft: used.isEmpty ? nil : 30_000 - now.millisecondsSince1970 % 30_000)
  }
}

extension Settings.Lockout {
  fileprivate var resets: Milliseconds { .minutes(Int64(resetMinutes)) }
}

extension CallInput {
  /// Which fact it is, without its ticket.
  fileprivate var kindName: String {
    switch self {
    case .pinMatched: "pinMatched"
    case .pinMismatched: "pinMismatched"
    case .failed(let failure): "failed \(failure)"
    default: "\(self)"
    }
  }
}

extension CallState.Stage {
  private static let none = Ticket(0)

  /// The same stage under no ticket in particular.
  fileprivate var withoutTicket: CallState.Stage {
    switch self {
    case .idle, .ended: self
    case .ringing: .ringing(Self.none)
    case .reachingExtension(let step, _): .reachingExtension(step, Self.none)
    case .listening(.message(let message, _), let wrong): .listening(.message(message, Self.none), wrongEntries: wrong)
    case .listening(.grace, let wrong): .listening(.grace(Self.none), wrongEntries: wrong)
    case .listening(.digits(let entry, _), let wrong): .listening(.digits(entry, Self.none), wrongEntries: wrong)
    case .checkingPIN(_, let wrong): .checkingPIN(Self.none, wrongEntries: wrong)
    case .confirmingBlock(_, let speaking): .confirmingBlock(Self.none, speaking: speaking)
    case .closing(let outcome, _): .closing(outcome, Self.none)
    }
  }
}
