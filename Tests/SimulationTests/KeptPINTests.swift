import ScenarioModel
import ScenarioYAML
import Simulation
import Synchronization
import TestSupport
import Testing
import VerificationCore

@Suite("PINs that are known by their hashes alone")
struct KeptPINTests {
  private final class Asked: Sendable {
    let entries = Mutex<[String]>([])
  }

  /// The demo tenant in PIN mode as a store would give it: the PIN of its first user is `pin`, which nobody sees.
  private func given(_ pin: String, _ asked: Asked = Asked()) -> Given {
    var given = ScenarioReader(files: MemoryFiles([:]), greetings: KnownGreetings()).demoTenant
    given.tenant.settings.pin.mode = true
    given.keptPINs = [given.user]
    given.pins = [:]
    given.pinCheck = { _, entry in
      asked.entries.withLock { $0.append(entry.revealed) }
      return entry.revealed == pin
    }
    given.lasts = true
    return given
  }

  private func type(_ keys: String, _ board: inout Switchboard, _ upn: UPN, at now: Instant) {
    for key in keys.compactMap({ Key($0) }) { board.press(key, upn, at: now) }
    board.advance(to: now)
  }

  @Test("An entry is held against the hash, and that decides", arguments: [("2468", true), ("2469", false)])
  func checked(entry: String, isRight: Bool) throws {
    let asked = Asked()
    let given = given("2468", asked)
    var board = Switchboard(given)
    try board.signIn(SignInRequest(upn: given.user, method: .call), at: given.start)
    _ = board.answer(given.user, at: given.start)
    type("\(entry)#", &board, given.user, at: given.start)
    #expect(asked.entries.withLock { $0 } == [entry])
    #expect(board.journal.map(\.fact).contains(.checkedPIN(matched: isRight)))
  }

  @Test("CALL-16: a PIN that is changed while the call goes on counts from the next call on")
  func asDialled() throws {
    let given = given("2468")
    var board = Switchboard(given)
    try board.signIn(SignInRequest(upn: given.user, method: .call), at: given.start)
    _ = board.answer(given.user, at: given.start)
    board.renew(self.given("1357"))
    type("2468#", &board, given.user, at: given.start)
    #expect(board.lastOutcome == .approved)
    let later = given.start + .minutes(1)
    board.advance(to: later)
    try board.signIn(SignInRequest(upn: given.user, method: .call), at: later)
    _ = board.answer(given.user, at: later)
    type("2468#", &board, given.user, at: later)
    #expect(board.journal.last { $0.fact == .checkedPIN(matched: false) }?.at == later)
  }

  @Test("Deferred, the check is somebody else's, and the call waits for the answer")
  func deferred() throws {
    let asked = Asked()
    let given = given("2468", asked)
    var board = Switchboard(given)
    board.defersChecks = true
    try board.signIn(SignInRequest(upn: given.user, method: .call), at: given.start)
    _ = board.answer(given.user, at: given.start)
    type("2468#", &board, given.user, at: given.start)
    #expect(asked.entries.withLock { $0 } == [])
    let checks = board.takeChecks()
    #expect(checks.count == 1)
    #expect(board.lastOutcome == nil)
    let later = given.start + Milliseconds(130)
    for check in checks { board.answer(check, matches: check.matches(), at: later) }
    board.advance(to: later)
    #expect(board.lastOutcome == .approved)
    #expect(board.journal.first { $0.fact == .checkedPIN(matched: true) }?.at == later)
    let again = board.takeChecks()
    #expect(again.isEmpty)
  }

  @Test("press: {pin: right} stands for it, and settings that change are events")
  func scripted() throws {
    let asked = Asked()
    var text = "scenario: Kept\nsteps:\n  - set: {call.maxAttempts: 2}\n  - signin: call\n  - answer: {after: 1s}\n"
    text += "  - press: {pin: wrong}\n  - wait: 3s\n  - press: {pin: right}\nexpect: {result: approved}\n"
    let reader = ScenarioReader(
      files: MemoryFiles(["kept.yaml": text]), greetings: KnownGreetings(), stored: given("2468", asked))
    let verdict = VirtualDriver.play(try reader.scenario(at: "kept.yaml"))
    #expect(verdict.problems.isEmpty)
    #expect(asked.entries.withLock { $0 }.count == 1, "only the wrong one was nobody's stand-in")
    let changed = SettingChange(name: "call.maxAttempts", value: "2")
    #expect(verdict.journal.map(\.fact).contains(.tenant(.setUp(.settingChanged(changed)))))
  }
}
