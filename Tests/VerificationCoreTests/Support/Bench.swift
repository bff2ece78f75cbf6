import Testing
import VerificationCore

/// A tenant with one user, Omar, who has every method, and the service around it: a test says in a line what happens.
struct Bench {
  var service: VerificationService
  var now = Instant.virtualStart
  let upn: UPN
  /// The verification that was begun last.
  private(set) var last: CallID?
  /// The messages that have begun to play.
  private(set) var heard: [MessageType] = []
  private(set) var journal: [JournalEntry] = []
  private var playing: Ticket?

  init(
    _ set: (inout Settings) -> Void = { _ in }, user change: (inout User) -> Void = { _ in },
    tenant: (inout Tenant) -> Void = { _ in }
  ) throws {
    upn = try #require(UPN("omar@larkspur.example"))
    var user = User(upn: upn)
    user.phones = Phones(mobile: PhoneNumber("+44 7700900123"), office: PhoneNumber("+44 2079460123"))
    user.apps = [AppRegistration(device: "old phone", secret: AppSecret(1))]
    user.passkeys = ["blue key"]
    change(&user)
    var made = Tenant(name: "Larkspur", users: [user])
    set(&made.settings)
    tenant(&made)
    service = VerificationService(tenant: made)
  }

  var tenant: Tenant { service.tenant }
  var outcomes: [Outcome] { tenant.signIns.map(\.outcome) }
  var audits: [String] { tenant.audits.map(\.text) }
  var isBlocked: Bool { tenant.block(of: upn, at: now) != nil }
  var isAtRisk: Bool { tenant.isAtRisk(upn) }

  mutating func wait(_ length: Milliseconds) { now = now + length }

  mutating func set(_ change: (inout Settings) -> Void) {
    var settings = tenant.settings
    change(&settings)
    service.change(settings)
  }

  mutating func administer(
    _ command: TenantCommand, by role: Role = .globalAdministrator, upn: UPN? = nil
  ) throws(CommandRefusal) {
    keep(try service.administer(command, by: Admin(upn: upn, role: role), at: now))
  }

  /// Why a command is refused; nil where it is carried out.
  mutating func refusal(
    _ command: TenantCommand, by role: Role = .globalAdministrator, upn: UPN? = nil
  ) -> CommandRefusal? {
    do throws(CommandRefusal) {
      try administer(command, by: role, upn: upn)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Sign-ins

  /// - Returns: what decided it; nil where a verification has begun.
  @discardableResult
  mutating func signIn(_ change: (inout SignInRequest) -> Void = { _ in }) throws -> Outcome? {
    var request = SignInRequest(upn: upn)
    change(&request)
    let before = tenant.signIns.count
    let reaction = try service.signIn(request, at: now)
    keep(reaction)
    last = reaction.journal.compactMap(\.call).last ?? last
    return tenant.signIns.count > before ? tenant.signIns.last?.outcome : nil
  }

  @discardableResult
  mutating func signIn(with method: Method, _ change: (inout SignInRequest) -> Void = { _ in }) throws -> Outcome? {
    try signIn {
      $0.method = method
      change(&$0)
    }
  }

  /// Signs in with a code that is right.
  mutating func approve(_ change: (inout SignInRequest) -> Void = { _ in }) throws {
    #expect(try signIn(with: .code, change) == nil)
    challenge(.entered(.right))
    #expect(outcomes.last == .approved)
  }

  // MARK: What reaches a verification

  mutating func call(_ input: CallInput) {
    guard let last else { return }
    keep(service.receive(input, for: last, at: now))
  }

  mutating func press(_ keys: String) {
    for key in keys.compactMap(Key.init) { call(.key(key)) }
  }

  /// What plays comes to its own end.
  mutating func finishPlaying() {
    guard let playing else { return }
    call(.finished(playing))
  }

  /// Sends a PIN that is wrong.
  mutating func sendWrongPIN() {
    press("9999")
    guard let last else { return }
    let reaction = service.receive(.key(.pound), for: last, at: now)
    keep(reaction)
    for case .verifyPIN(_, let ticket) in reaction.orders.map(\.action) { call(.pinMismatched(ticket)) }
  }

  mutating func text(_ input: TextInput) { page(.text(input)) }

  mutating func challenge(_ input: ChallengeInput) { page(.challenge(input)) }

  private mutating func page(_ input: PageInput) {
    guard let last else { return }
    keep(service.receive(input, for: last, at: now))
  }

  private mutating func keep(_ reaction: VerificationService.Reaction) {
    journal += reaction.journal
    for entry in reaction.journal {
      guard case .started(let recording, let ticket) = entry.fact else { continue }
      heard.append(recording.message)
      playing = ticket
    }
  }
}
