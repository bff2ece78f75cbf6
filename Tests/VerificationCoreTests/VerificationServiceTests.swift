import Testing
import VerificationCore

@Suite("The service around the calls")
struct VerificationServiceTests {
  private let upn: UPN
  private let phone: PhoneNumber

  init() throws {
    upn = try #require(UPN("Omar@Larkspur.example"))
    phone = try #require(PhoneNumber("+44 7700900123"))
  }

  private func service(_ change: (inout Settings) -> Void = { _ in }) -> VerificationService {
    var settings = Settings()
    change(&settings)
    return VerificationService(
      tenant: Tenant(name: "Larkspur", settings: settings, users: [User(upn: upn, phone: phone)]))
  }

  private let start = Instant.virtualStart

  private func dial(_ service: inout VerificationService, at now: Instant) throws -> CallID {
    let reaction = try service.signIn(SignInRequest(upn: upn), at: now)
    return try #require(reaction.orders.first?.call)
  }

  private func answeredCall(_ service: inout VerificationService, at now: Instant) throws -> CallID {
    let call = try dial(&service, at: now)
    _ = service.receive(.answered, for: call, at: now)
    return call
  }

  private func refusal(_ service: inout VerificationService, at now: Instant) throws -> Outcome? {
    let reaction = try service.signIn(SignInRequest(upn: upn), at: now)
    return reaction.orders.isEmpty ? service.tenant.signIns.last?.outcome : nil
  }

  @Test("CALL-15: a call writes one sign-in record, with the number masked and the name in lower case")
  func oneRecord() throws {
    var service = service()
    let call = try answeredCall(&service, at: start)
    _ = service.receive(.key(.pound), for: call, at: start + .seconds(1))
    _ = service.receive(.remoteHungUp, for: call, at: start + .seconds(2))
    #expect(service.calls.isEmpty)
    let record = try #require(service.tenant.signIns.first)
    #expect(service.tenant.signIns.count == 1)
    #expect(record.upn.text == "omar@larkspur.example")
    #expect(record.number == "+XX XXXXXXXX23")
    #expect(record.text == "MFA completed in the cloud")
    #expect(record.at == start + .seconds(1))
  }

  @Test("CALL-16: a setting changed during a call counts from the next")
  func settingsWhenDialling() throws {
    var service = service()
    let call = try dial(&service, at: start)
    var changed = service.tenant.settings
    changed.pin.mode = true
    service.change(changed)
    let reaction = service.receive(.answered, for: call, at: start)
    #expect(reaction.orders.contains { $0.action == .play(.greetingStandard, Ticket(2)) })
    _ = service.receive(.remoteHungUp, for: call, at: start)
    let next = try dial(&service, at: start + .minutes(1))
    #expect(service.call(next)?.request.policy.credential == .pin)
  }

  @Test("CALL-16, BLOCK-1: a block during a call counts from the next, for 90 days, then lapses")
  func blocked() throws {
    var service = service()
    let call = try dial(&service, at: start)
    _ = try service.administer(.block(upn, reason: "lost"), at: start)
    _ = service.receive(.answered, for: call, at: start)
    _ = service.receive(.key(.pound), for: call, at: start)
    _ = service.receive(.remoteHungUp, for: call, at: start)
    #expect(service.tenant.signIns.last?.outcome == .approved)
    #expect(try refusal(&service, at: start + .minutes(1)) == .userBlocked)
    #expect(try refusal(&service, at: start + .days(90) + Milliseconds(-1)) == .userBlocked)
    #expect(try refusal(&service, at: start + .days(90)) == nil)
  }

  @Test("BLOCK-1: an unblocked user is called again")
  func unblocked() throws {
    var service = service()
    _ = try service.administer(.block(upn, reason: "lost"), at: start)
    #expect(try refusal(&service, at: start) == .userBlocked)
    _ = try service.administer(.unblock(upn, reason: "found"), at: start + .seconds(1))
    #expect(try refusal(&service, at: start + .seconds(2)) == nil)
  }

  @Test("CALL-17: a second sign-in is a duplicate while the first is verified, and not any more once it is decided")
  func duplicate() throws {
    var service = service()
    let call = try dial(&service, at: start)
    #expect(try refusal(&service, at: start + .seconds(1)) == .duplicate)
    _ = service.receive(.answered, for: call, at: start + .seconds(2))
    _ = service.receive(.key(.pound), for: call, at: start + .seconds(3))
    #expect(try refusal(&service, at: start + .seconds(4)) == nil)
  }

  @Test("CALL-18: the call after maxPerWindow is throttled until the first leaves the window")
  func throttled() throws {
    var service = service { $0.call.maxPerWindow = 2 }
    for second in [0, 60] as [Int64] {
      let call = try dial(&service, at: start + .seconds(second))
      _ = service.receive(.failed(.busy), for: call, at: start + .seconds(second))
    }
    #expect(try refusal(&service, at: start + .minutes(10) + Milliseconds(-1)) == .throttled)
    #expect(try refusal(&service, at: start + .minutes(10)) == nil)
  }

  @Test("CALL-18: calls are counted by user and by number, each alone")
  func throttledByEither() throws {
    let other = try #require(UPN("desk@larkspur.example"))
    let otherPhone = try #require(PhoneNumber("+44 7700900999"))
    let cases: [(UPN, PhoneNumber, Bool)] = [(upn, otherPhone, true), (other, phone, true), (other, otherPhone, false)]
    for (name, number, throttles) in cases {
      var settings = Settings()
      settings.call.maxPerWindow = 1
      var tenant = Tenant(name: "T", settings: settings, users: [User(upn: name, phone: number)])
      for event in tenant.decide(.placeCall(upn, number: phone.e164), at: start) { tenant.apply(event) }
      var service = VerificationService(tenant: tenant)
      let reaction = try service.signIn(SignInRequest(upn: name), at: start + .seconds(5))
      #expect(reaction.orders.isEmpty == throttles)
    }
  }

  @Test("BLOCK-1: unblocking one leaves the others blocked, and all blocks of the one are gone")
  func unblocksOne() throws {
    let other = try #require(UPN("helga@larkspur.example"))
    var service = VerificationService(tenant: Tenant(name: "T", users: [User(upn: upn), User(upn: other)]))
    for name in [upn, upn, other] { _ = try service.administer(.block(name, reason: "lost"), at: start) }
    _ = try service.administer(.unblock(upn, reason: "found"), at: start)
    #expect(service.tenant.block(of: upn, at: start) == nil)
    #expect(service.tenant.block(of: other, at: start) != nil)
  }

  @Test("CALL-1, CALL-12, NUM-2: ringTimeout, interDigit, answerGrace and callerID.own reach the call")
  func wired() throws {
    let own = try #require(PhoneNumber("+1 8005550199"))
    var service = service {
      $0.call.ringTimeout = .seconds(33)
      $0.call.interDigit = .seconds(7)
      $0.call.answerGrace = .seconds(3)
      $0.call.maxAttempts = 4
      $0.callerID.own = own
    }
    let call = try dial(&service, at: start)
    let request = try #require(service.call(call)?.request)
    #expect(request.policy.ringTimeout == .seconds(33))
    #expect(request.policy.interDigit == .seconds(7))
    #expect(request.policy.answerGrace == .seconds(3))
    #expect(request.policy.maxAttempts == 4)
    #expect(request.callerID == "+1 8005550199")
  }

  @Test("CALL-16: lockout settings changed during a call count from the next")
  func lockoutWhenDialling() throws {
    var service = service { $0.pin.mode = true }
    let call = try answeredCall(&service, at: start)
    var changed = service.tenant.settings
    changed.lockout.denials = 1
    service.change(changed)
    #expect(try enterWrongPIN(&service, call) == nil)
    #expect(service.tenant.locked(upn, at: start) == nil)
  }

  @Test("LOCK-2: after a lock has run out the count starts over")
  func countsAnew() throws {
    var service = service {
      $0.pin.mode = true
      $0.lockout.denials = 2
      $0.lockout.resetMinutes = 60
      $0.lockout.unlockMinutes = 5
    }
    let call = try answeredCall(&service, at: start)
    for _ in 1...2 { _ = try enterWrongPIN(&service, call) }
    _ = service.receive(.remoteHungUp, for: call, at: start)
    let later = start + .minutes(5)
    let again = try answeredCall(&service, at: later)
    #expect(try enterWrongPIN(&service, again, at: later) == nil)
    #expect(service.tenant.lockouts[upn]?.wrongPINs == 1)
  }

  @Test("LOCK-3: the wrong entry that locks is numbered in the journal as any other")
  func lockingNote() throws {
    var service = service {
      $0.pin.mode = true
      $0.lockout.denials = 2
    }
    let call = try answeredCall(&service, at: start)
    _ = try enterWrongPIN(&service, call)
    let ticket = try sendPIN(&service, call, at: start)
    let journal = service.receive(.pinMismatched(ticket), for: call, at: start).journal
    #expect(journal.contains { $0.fact == .noted(.wrongEntry(.wrongPIN, number: 2)) })
  }

  @Test("LOCK-2: wrong PINs in a row lock the account, which unlocks after unlockMinutes")
  func lockout() throws {
    var service = service {
      $0.pin.mode = true
      $0.lockout.denials = 2
    }
    let call = try answeredCall(&service, at: start)
    #expect(try enterWrongPIN(&service, call) == nil)
    #expect(try enterWrongPIN(&service, call) == .denied)
    _ = service.receive(.remoteHungUp, for: call, at: start)
    #expect(try refusal(&service, at: start + .minutes(15) + Milliseconds(-1)) == .lockedOut)
    #expect(try refusal(&service, at: start + .minutes(15)) == nil)
  }

  @Test("LOCK-2: an approval forgives, and so does resetMinutes without a wrong PIN", arguments: [true, false])
  func forgiven(byApproval: Bool) throws {
    var service = service {
      $0.pin.mode = true
      $0.lockout.denials = 2
    }
    let call = try answeredCall(&service, at: start)
    _ = try enterWrongPIN(&service, call)
    if byApproval {
      let ticket = try sendPIN(&service, call, at: start)
      _ = service.receive(.pinMatched(ticket), for: call, at: start)
    }
    _ = service.receive(.remoteHungUp, for: call, at: start)
    let later = byApproval ? start + .seconds(5) : start + .minutes(10)
    let again = try answeredCall(&service, at: later)
    #expect(try enterWrongPIN(&service, again, at: later) == nil)
    #expect(service.tenant.locked(upn, at: later) == nil)
  }

  @Test("LOCK-2: with lockout.denials 0 nothing locks")
  func neverLocks() throws {
    var service = service {
      $0.pin.mode = true
      $0.lockout.denials = 0
      $0.call.maxAttempts = 10
    }
    let call = try answeredCall(&service, at: start)
    for _ in 1...9 { #expect(try enterWrongPIN(&service, call) == nil) }
    #expect(service.tenant.locked(upn, at: start) == nil)
  }

  @Test("No PIN reaches the journal: typed too early, in time, during the check, or too late")
  func secret() throws {
    var service = service { $0.pin.mode = true }
    let call = try dial(&service, at: start)
    var journal = type(&service, call)
    journal += service.receive(.answered, for: call, at: start).journal
    journal += type(&service, call)
    journal += service.receive(.key(.pound), for: call, at: start).journal
    journal += type(&service, call)
    #expect(journal.count { $0.fact == .key(nil) } == 12)
    #expect(journal.filter { if case .key(.some(let key)) = $0.fact { key.isDigit } else { false } }.isEmpty)
  }

  private func type(_ service: inout VerificationService, _ call: CallID) -> [JournalEntry] {
    var journal: [JournalEntry] = []
    for key in [Key.four, .seven, .one, .one] {
      journal += service.receive(.key(key), for: call, at: start).journal
    }
    return journal
  }

  @Test("In PIN mode the 1 that confirms a block is shown: it is no PIN")
  func confirmingKey() throws {
    var service = service {
      $0.pin.mode = true
      $0.fraudAlert.enabled = true
    }
    let call = try answeredCall(&service, at: start)
    for key in [Key.zero, .pound] { _ = service.receive(.key(key), for: call, at: start) }
    #expect(service.receive(.key(.one), for: call, at: start).journal.first?.fact == .key(.one))
  }

  @Test("A user that is not there is an error and leaves no record; one without any method must register")
  func unknown() throws {
    var service = VerificationService(tenant: Tenant(name: "T", users: [User(upn: upn)]))
    let stranger = try #require(UPN("nobody@larkspur.example"))
    #expect(throws: VerificationService.SignInError.unknownUser(stranger)) {
      try service.signIn(SignInRequest(upn: stranger), at: start)
    }
    #expect(service.tenant.signIns.isEmpty)
    _ = try service.signIn(SignInRequest(upn: upn), at: start)
    #expect(service.tenant.signIns.map(\.outcome) == [.registrationRequired])
  }

  private func sendPIN(_ service: inout VerificationService, _ call: CallID, at now: Instant) throws -> Ticket {
    var orders: [CallAction] = []
    for key in [Key.nine, .nine, .nine, .nine, .pound] {
      orders = service.receive(.key(key), for: call, at: now).orders.map(\.action)
    }
    for case .verifyPIN(_, let ticket) in orders { return ticket }
    throw NotChecked()
  }

  private struct NotChecked: Error {}

  private func enterWrongPIN(
    _ service: inout VerificationService, _ call: CallID, at now: Instant = .virtualStart
  ) throws -> Outcome? {
    let ticket = try sendPIN(&service, call, at: now)
    _ = service.receive(.pinMismatched(ticket), for: call, at: now)
    return service.call(call)?.state.outcome.map(Outcome.init(_:))
  }
}
