import ScenarioModel
import Simulation
import TestSupport
import VerificationCore

/// A person at a telephone, as a live front would have it: acts at any time, and what happens goes into a session.
struct LiveSession {
  private(set) var session: Session
  private(set) var board: Switchboard
  private(set) var now: Instant

  init(_ given: Given, seed: UInt64 = 1) {
    session = Session(given: given, seed: seed)
    board = Switchboard(given, seed: seed)
    now = given.start
  }

  mutating func wait(_ milliseconds: Int64) {
    now = now + Milliseconds(milliseconds)
    board.advance(to: now)
    session.journal = board.journal
  }

  mutating func signIn(_ request: SignInRequest) throws {
    try act(.signIn(SignInStep(request: request))) { board, now in
      try board.signIn(request, at: now)
      return true
    }
  }

  mutating func answer() {
    let user = session.given.user
    act(.answer(after: .zero)) { $0.answer(user, at: $1) }
  }

  mutating func hangUp() {
    let user = session.given.user
    act(.hangUp) { $0.hangUp(user, at: $1) }
  }

  mutating func cancel() {
    let user = session.given.user
    act(.cancelSignIn) {
      $0.cancelSignIn(of: user, at: $1)
      return true
    }
  }

  mutating func press(_ key: Key) {
    let user = session.given.user
    act(.press(PressStep(keys: [key]))) {
      $0.press(key, user, at: $1)
      return true
    }
  }

  mutating func type(_ keys: String, every milliseconds: Int64 = 250) {
    for (index, key) in keys.compactMap({ Key($0) }).enumerated() {
      if index > 0 { wait(milliseconds) }
      press(key)
    }
  }

  mutating func apply(_ fault: Fault) {
    act(.fault(fault)) {
      $0.apply(fault, at: $1)
      return true
    }
  }

  mutating func set(_ name: String, _ value: String) {
    act(.set([SettingChange(name: name, value: value)])) { board, now in
      var settings = board.service.tenant.settings
      try? Setting.named(name)?.set(value, in: &settings)
      board.change(settings, at: now)
      return true
    }
  }

  private mutating func act(_ verb: Step.Verb, _ done: (inout Switchboard, Instant) throws -> Bool) rethrows {
    board.advance(to: now)
    let position = board.journal.count
    if try done(&board, now) { session.acts.append(Session.Act(at: now, verb, position: position)) }
    board.advance(to: now)
    session.journal = board.journal
  }
}

/// Sessions that nobody would think of; the same seed gives the same one.
struct RandomSession {
  private var chance: Chance
  private var live: LiveSession
  private let pin: String
  private let code: String

  static func make(seed: UInt64) throws -> Session {
    var random = try RandomSession(seed: seed)
    try random.play()
    return random.live.session
  }

  private init(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    code = ["0", "0", "77", "4"].randomElement(using: &chance) ?? "0"
    let user = ["helga", "omar", "omar", "desk"].randomElement(using: &chance) ?? "omar"
    pin = ["helga": "4711", "omar": "2580"][user] ?? "1234"
    let settings = [
      "pin.mode: \(Bool.random(using: &chance))", "fraudAlert.enabled: \(Bool.random(using: &chance))",
      "fraudAlert.block: \(Bool.random(using: &chance))", "fraudAlert.code: \"\(code)\"",
      "call.answerGrace: \(["0", "5"].randomElement(using: &chance) ?? "0")",
      "reportActivity.state: \(["enabled", "disabled"].randomElement(using: &chance) ?? "disabled")",
      "lockout.denials: \(Int.random(in: 0...3, using: &chance))",
    ]
    let given = try scenario(
      """
      scenario: T
      given:
        set: {\(settings.joined(separator: ", "))}
        user: {upn: \(user)@larkspur.example\(Self.past(seed))}
      steps: [signin: call]
      """
    ).given
    live = LiveSession(given, seed: seed)
    self.chance = chance
  }

  /// A third of them happens to somebody to whom much has happened already, some of these with a PIN that is kept.
  private static func past(_ seed: UInt64) -> String {
    guard seed % 3 == 1 else { return "" }
    return """
      , blocked: [{reason: "Lost: phone", since: 2024-09-01T08:00:00Z}]
      , risk: [{kind: userReportedSuspiciousActivity, at: 2025-01-02T08:00:00Z, state: dismissed}]
      , lockout: {wrongPINs: 1, last: 2025-01-15T08:59:00Z}, remembered: [{app: mail, since: 2025-01-02T08:00:00Z}]
      , pass: {issued: 2025-01-15T08:00:00Z, lifetime: 3h}, verifiedForReset: {text: 2025-01-15T08:59:00Z}
      , calls: [{number: "+442079460000", at: 2025-01-15T08:59:00Z}], apps: [{device: tablet, secret: 4}]
      \(seed % 4 == 1 ? ", pin: kept" : "")
      """.split(separator: "\n").joined(separator: " ")
  }

  private mutating func play() throws {
    if one(in: 4) { live.apply(fault()) }
    try signIn()
    for _ in 0..<Int.random(in: 1...14, using: &chance) {
      pause()
      try deed()
    }
    live.wait(Int64.random(in: 0...30_000, using: &chance))
  }

  private mutating func deed() throws {
    switch Int.random(in: 0..<20, using: &chance) {
    case 0..<4: live.answer()
    case 4, 5: type(pin + "#")
    case 6: type(String((0..<4).map { _ in digit() }) + "#")
    case 7, 8: type(code + "#")
    case 9: type("1")
    case 10, 11: type("#")
    case 12: type(String((0..<Int.random(in: 1...24, using: &chance)).map { _ in digit() }))
    case 13: type([String(pin.prefix(2)), "*", "*#", "12*4#", "A#", pin].randomElement(using: &chance) ?? "*")
    case 14: live.hangUp()
    case 15: live.cancel()
    case 16: try signIn()
    case 17:
      if one(in: 2) { live.apply(fault()) } else { live.set("pin.mode", one(in: 2) ? "true" : "false") }
    // In the middle of a PIN.
    case 18:
      type(String(pin.prefix(3)))
      try signIn()
      type(String(pin.dropFirst(3)) + "#")
    default: live.wait(Int64.random(in: 0...100_000, using: &chance))
    }
  }

  private mutating func signIn() throws {
    let user = live.session.given.user
    try live.signIn(
      SignInRequest(
        upn: user, languages: one(in: 3) ? [.english] : [], purpose: one(in: 5) ? .registration : .signIn, method: .call
      ))
  }

  private mutating func fault() -> Fault {
    [
      .dial(.busy), .noAnswer, .voicemail(answers: .seconds(3), greeting: .seconds(4), beep: true),
      .dropAfter(Milliseconds(Int64.random(in: 1...20_000, using: &chance))), .callerIDStripped, .digitsLost,
      .digitsDoubled, .none,
    ].randomElement(using: &chance) ?? .none
  }

  /// As people type, or as nobody can.
  private mutating func type(_ keys: String) {
    let pace: ClosedRange<Int64> =
      [150...600, 150...600, 0...3, 20...120, 500...6_000].randomElement(using: &chance) ?? 200...300
    for key in keys.compactMap({ Key($0) }) {
      live.press(key)
      live.wait(Int64.random(in: pace, using: &chance))
    }
  }

  private mutating func pause() {
    let length: ClosedRange<Int64> =
      [0...3, 100...4_000, 1_000...9_000, 5_000...25_000].randomElement(using: &chance) ?? 0...0
    live.wait(Int64.random(in: length, using: &chance))
  }

  private mutating func digit() -> Character { Character(String(Int.random(in: 0...9, using: &chance))) }

  private mutating func one(in count: Int) -> Bool { Int.random(in: 1...count, using: &chance) == 1 }
}
