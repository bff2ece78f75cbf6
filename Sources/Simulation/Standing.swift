public import VerificationCore

/// Where everything stands at one moment: all that the future depends on, without history and without absolute time.
///
/// Two switchboards with equal standings behave alike from here on, but for which digits the next codes have. Times are
/// counted from now; tickets and the numbers of verifications are left out where only "the current one" matters.
/// What a setting has let lapse (wrong PINs, calls of a window) is taken for gone, though a longer setting could bring
/// it back.
public struct Standing: Hashable, Sendable {
  /// What changes seldom, and is large.
  public let setup: Setup
  public let moment: Moment

  public struct Setup: Hashable, Sendable {
    fileprivate let settings: Settings
    fileprivate let users: People
    fileprivate let tokens: TokenShelf
  }
}

extension Standing {
  /// What changes all the time.
  public struct Moment: Hashable, Sendable {
    fileprivate let hasCalled: Bool
    private let tenant: [TenantPart]
    private let verifications: [Verification]
    private let agenda: [Due]
    private let phones: [String: Int]
    private let line: Line
    /// How far the clock of codes is; nil where none is read.
    private let codePhase: Int64?
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
      case call(SignInRequest, CallPolicy, CallState.Stage, AsBegun)
      case page(SignInRequest, Method, PageState, AsBegun)
      /// A page that is over, as far as it matters what still reaches it.
      case over(UPN, Over)
    }

    private enum Over: Hashable {
      case text(isTwoWay: Bool)
      case challenge(isPass: Bool)
    }

    /// What a verification took from the tenant when it began (CALL-16).
    fileprivate struct AsBegun: Hashable {
      let phone: PhoneNumber?
      let reporting: ReportingPlan
      let lockout: Settings.Lockout?
      let languages: [Language]
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
      case text(UPN, Held, isOfPage: Bool)
      case machineAnswers(Int)
      case remark(Int)
    }

    /// A text in hand or under way, by what typing its code would be.
    private enum Held: Hashable {
      /// By the page that is open.
      case sent(CodeNumber)
      case used
      case old
    }

    private struct Hands: Hashable {
      let upn: UPN
      let apps: [AppRegistration]
      let notified: [String]
      let lastTexts: [Held]
      /// Of the page asked last, whichever came after it.
      let textOfPage: Held?
      let hasUsedCode: Bool
      let hasUsedStep: Bool
      /// The sources whose current code is used.
      let usedSteps: [String]
    }
  }
}

extension Switchboard {
  /// - Parameter codeClock: after so long the codes of apps and tokens stand in time as before; nil where no such code
  ///   is ever read.
  public func standing(at now: Instant, codeClock: Milliseconds? = .seconds(60)) -> Standing {
    Standing(self, at: now, codeClock)
  }

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
    forgetJournal()
    service.forgetRecords()
  }
}

extension Standing {
  fileprivate init(_ board: Switchboard, at now: Instant, _ codeClock: Milliseconds?) {
    let tenant = board.service.tenant
    setup = Setup(settings: tenant.settings, users: tenant.users, tokens: tenant.tokens)
    moment = Moment(board, at: now, codeClock)
  }
}

extension Standing.Moment {
  fileprivate init(_ board: Switchboard, at now: Instant, _ codeClock: Milliseconds?) {
    let tenant = board.service.tenant
    hasCalled = board.hasCalled
    codePhase = codeClock.map { now.millisecondsSince1970 % max(1, $0.count) }
    self.tenant = Self.parts(of: tenant, at: now)
    let open = board.service.pages.filter { $0.state.outcome == nil }
    // By their order, not by their numbers.
    let numbers = Dictionary(
      uniqueKeysWithValues: (board.service.calls.map(\.id) + board.service.pages.map(\.id)).enumerated().map {
        ($1, $0)
      })
    verifications =
      board.service.calls.map {
        .call($0.request.signIn, $0.request.policy, $0.state.stage.withoutTicket, AsBegun($0.request))
      }
      + board.service.pages.map(Self.verification)
    func held(_ text: PersonsDevices.HeldText, _ devices: PersonsDevices) -> Held {
      if open.contains(where: { $0.id == text.page }),
        let index = board.sentCodes[text.page]?.lastIndex(of: text.code)
      {
        return .sent(CodeNumber(UInt32(clamping: index + 1)))
      }
      return devices.usedCodes.contains(text.code) ? .used : .old
    }
    agenda = board.pending(at: now).compactMap { left, event in
      Self.event(event, numbers, board, held).map { Due(left: left, event: $0) }
    }
    phones = board.holding.compactMapValues { numbers[$0] }
    line = board.line
    hands = tenant.users.map(\.upn).map { upn in
      Self.hands(of: upn, board.devices(of: upn), page: board.page(of: upn)?.id, at: now, codeClock != nil, held)
    }
  }

  private static func verification(_ page: VerificationService.ActivePage) -> Verification {
    guard page.state.outcome != nil else {
      return .page(page.request.signIn, page.request.method, page.state, AsBegun(page.request))
    }
    switch page.state {
    case .text(_, let policy): return .over(page.request.upn, .text(isTwoWay: policy.isTwoWay))
    case .challenge(_, let policy): return .over(page.request.upn, .challenge(isPass: policy.kind == .pass))
    }
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
    // No setting remembers for longer than a year.
    parts += tenant.remembered.map { .remembered($0.upn, $0.client, since: min(now - $0.since, .days(365))) }
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
    case .textArrives(let upn, let text):
      .text(upn, held(text, board.devices(of: upn)), isOfPage: board.page(of: upn)?.id == text.page)
    }
  }

  private static func hands(
    of upn: UPN, _ devices: PersonsDevices, page: CallID?, at now: Instant, _ readsCodes: Bool,
    _ held: (PersonsDevices.HeldText, PersonsDevices) -> Held
  ) -> Hands {
    let used = readsCodes ? devices.usedSteps.filter { now < $0.end }.map(\.source).sorted() : []
    return Hands(
      upn: upn, apps: devices.apps, notified: devices.notified,
      lastTexts: devices.texts.suffix(2).map { held($0, devices) },
      textOfPage: devices.texts.last { $0.page == page }.map { held($0, devices) },
      hasUsedCode: !devices.usedCodes.isEmpty, hasUsedStep: readsCodes && devices.lastStep != nil, usedSteps: used)
  }
}

extension Standing.Moment.AsBegun {
  fileprivate init(_ request: CallRequest) {
    (phone, reporting, lockout) = (request.phone, request.reporting, request.lockout)
    languages = request.prompts.languages
  }

  fileprivate init(_ request: PageRequest) {
    (phone, reporting, lockout, languages) = (request.phone, request.reporting, nil, [])
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
