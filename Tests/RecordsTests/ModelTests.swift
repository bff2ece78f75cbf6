import Records
import TestSupport
import Testing
import VerificationCore

/// A store beside a tenant in memory, to which the same happens.
private struct Model {
  let path: String
  var drawn: Drawn
  var tenant: Tenant
  var pins: [UPN: String?] = [:]
  var signIns: [SignInRecord] = []
  var audits: [AuditRecord] = []
  var calls: [CallEvent] = []

  init(seed: Int, in folder: TemporaryFolder) throws {
    path = folder.path("\(seed).poundkey")
    drawn = Drawn(seed: seed)
    tenant = Tenant(name: "")
    try TenantStore.create(at: path).close()
  }

  /// Some changes, each of some events, in one opening.
  mutating func live() throws {
    let store = try TenantStore.open(path, .writing)
    for _ in 0..<(1 + drawn.number(below: 4)) { try change(store) }
    try store.close()
  }

  private mutating func change(_ store: TenantStore) throws {
    let count = drawn.one(of: [1, 3, 20, 700])
    // The last of a change is one that makes a difference each time: a checkpoint may stand behind it.
    let (isRead, events) = (
      drawn.flag(), (0..<count).map { _ in drawn.event() } + [.setUp(.providerNoted(name: "\(count)"))]
    )
    let call = drawn.call()
    let kept = "kept \(drawn.number(below: 1_000))"
    try store.change("some events", at: drawn.instant()) { change in
      if isRead { _ = try change.holding() }
      for event in events {
        try change.record(event, keeping: event.isSecret ? kept : nil)
        if !event.isOfALog { apply(event, kept) } else { note(event) }
      }
      try change.record(call)
      calls.append(call)
      if isRead { #expect(try change.holding().tenant.recreation() == tenant.recreation()) }
    }
  }

  private mutating func apply(_ event: TenantEvent, _ kept: String) {
    switch event {
    case .setUp(.cleared): pins = [:]
    case .setUp(.pinSet(let upn)): pins[upn] = .some(kept)
    case .setUp(.pinDeleted(let upn)): pins[upn] = nil
    default: break
    }
    tenant.apply(event)
  }

  private mutating func note(_ event: TenantEvent) {
    if case .signInRecorded(let record) = event { signIns.append(record) }
    if case .audited(let record) = event { audits.append(record) }
  }

  func compare() throws {
    let store = try TenantStore.open(path)
    let found = try store.holding()
    #expect(found.tenant.recreation(pins: Set(found.pins.keys)) == tenant.recreation(pins: Set(pins.keys)))
    #expect(found.pins == pins)
    #expect(try store.entries(LogQuery(.signIns), after: 0).map(\.record) == signIns.map { .signIn($0) })
    #expect(try store.entries(LogQuery(.audit), after: 0).map(\.record) == audits.map { .audit($0) })
    #expect(try store.entries(LogQuery(.calls), after: 0).map(\.record) == calls.map { .call($0) })
    #expect(store.check().problems == [])
    try store.close()
  }
}

extension TenantEvent {
  fileprivate var isSecret: Bool {
    switch self {
    case .setUp(.pinSet), .passIssued, .tokenImported: true
    default: false
    }
  }
}

@Suite("A store beside a tenant in memory")
struct ModelTests {
  @Test("Whatever happens, in few changes or many, before and behind checkpoints, the store has it", arguments: 1...12)
  func lives(seed: Int) throws {
    try TemporaryFolder.with { folder in
      var model = try Model(seed: seed, in: folder)
      for _ in 0..<5 {
        try model.live()
        try model.compare()
      }
    }
  }

  @Test("A tenant put in place of another is the one that is read", arguments: 1...20)
  func replaced(seed: Int) throws {
    try TemporaryFolder.with { folder in
      var drawn = Drawn(seed: seed)
      let store = try TenantStore.create(at: folder.path("a.poundkey"))
      for _ in 0..<3 {
        var tenant = Tenant(name: drawn.text())
        for _ in 0..<drawn.one(of: [5, 80]) { tenant.apply(drawn.event()) }
        let pins = Set((0..<3).map { _ in drawn.name() })
        try store.change("tenant import", at: .virtualStart) { change in
          try change.replace(with: tenant, pins: pins) { _ in "kept" }
        }
        let found = try store.holding()
        #expect(found.tenant.recreation(pins: Set(found.pins.keys)) == tenant.recreation(pins: pins))
        #expect(found.keys.count == Set(tenant.tokens.map(Holding.TokenID.init)).count)
        #expect(store.check().isWhole)
      }
    }
  }
}
