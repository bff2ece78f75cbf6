import ScenarioModel
import VerificationCore

/// Finds out which keys of a session may be of a PIN, and what they turned out to be.
struct KeyReading {
  private let session: Session
  private let pins: [UPN: [Key]]
  private let codes: [[Key]]
  private let stand: Key
  /// Whether a call may ask for a PIN: a digit that comes too early or too late may be of one then.
  private let mayAskForPIN: Bool
  /// By the index of the act.
  private(set) var written: [Int: WrittenKey] = [:]

  /// The keys since the last `#`, and since anything else but a key, by the index of the act.
  private var open: [Int] = []
  private var entry: [Int] = []
  /// A `1` that confirmed a block: another digit would not, and on its own it tells nothing of a PIN.
  private var confirming: Set<Int> = []

  init(_ session: Session) {
    self.session = session
    pins = session.given.pins.mapValues { $0.revealed.compactMap { Key($0) } }
    let codeTexts = Self.reportCodes(session)
    codes = codeTexts.map { $0.compactMap { Key($0) } }
    stand = Key.digitOfNoPIN(pins: session.given.pins.values.map(\.revealed), codes: codeTexts)
    mayAskForPIN = session.given.tenant.settings.pin.mode || Self.values(of: "pin.mode", session).contains("true")
    read()
  }

  private static func reportCodes(_ session: Session) -> [String] {
    let tenant = session.given.tenant
    let own = tenant.users.map { tenant.reporting(of: $0).code.description }
    let later = values(of: "fraudAlert.code", session) + values(of: "reportActivity.code", session)
    return Array(Set(own + later + [ReportCode.zero.description]))
  }

  /// What a setting is changed to while the session goes on.
  private static func values(of setting: String, _ session: Session) -> [String] {
    session.acts.flatMap { act -> [String] in
      guard case .set(let changes) = act.verb else { return [] }
      return changes.filter { $0.name == setting }.map(\.value)
    }
  }

  private mutating func read() {
    var upn = session.given.user
    for (index, act) in session.acts.enumerated() {
      if case .signIn(let signIn) = act.verb { upn = signIn.user ?? session.given.user }
      guard let key = act.key else {
        entry = []
        continue
      }
      written[index] = .key(key)
      if key == .pound {
        close(at: index, upn)
      } else {
        open.append(index)
        entry.append(index)
        let facts = session.facts(after: index).map(\.fact)
        if facts.contains(where: \.isStart) { entry = [] }
        if key == .one, facts.contains(where: \.thanksForReport) { confirming.insert(index) }
      }
    }
    hideOpen(but: [])
  }

  /// A `#` sends the entry; what it turned out to be says what it may be written as.
  private mutating func close(at index: Int, _ upn: UPN) {
    defer { (open, entry) = ([], []) }
    let facts = session.facts(after: index).map(\.fact)
    let typed = entry.compactMap { session.acts[$0].key }
    let own = pins[upn]
    var told: [Int] = []
    if let own, facts.contains(.checkedPIN(matched: true)) || typed == own {
      // On a line that doubles keys they are not the PIN as it is; then nothing of it is told.
      told = keys(open.suffix(own.count)) == own ? open.suffix(own.count) : []
      write(told, .right)
    } else if let code = codes.first(where: { isEntry($0, typed, facts) }) {
      // A report code is a setting, and no secret.
      told = open.suffix(code.count)
    } else if typed.count == own?.count ?? Passcode.shortest, typed.allSatisfy(\.isDigit), entry.allSatisfy(isSecret) {
      told = entry
      write(told, .wrong)
    }
    hideOpen(but: told)
  }

  private func isEntry(_ code: [Key], _ typed: [Key], _ facts: [JournalFact]) -> Bool {
    typed == code || facts.contains(.concluded(.fraudReported)) && keys(open.suffix(code.count)) == code
  }

  private func keys(_ indices: some Sequence<Int>) -> [Key] { indices.compactMap { session.acts[$0].key } }

  private mutating func write(_ indices: [Int], _ what: PINEntry.What) {
    for (number, index) in indices.enumerated() { written[index] = .pin(what, number + 1, of: indices.count) }
  }

  private mutating func hide(_ indices: [Int]) {
    for index in indices where session.acts[index].key?.isDigit == true && !confirming.contains(index) {
      written[index] = .key(stand)
    }
  }

  /// Whoever types a PIN where none is asked for has typed a PIN all the same.
  private mutating func hideOpen(but told: [Int]) {
    let typed = keys(open)
    let holdsPIN = pins.values.contains { !typed.ranges(of: $0).isEmpty }
    hide(open.filter { !told.contains($0) && (holdsPIN || isSecret($0)) })
  }

  /// As the journal has it: dots, or nothing of a key that was lost.
  private func isSecret(_ index: Int) -> Bool {
    guard mayAskForPIN, session.acts[index].key?.isDigit == true else { return false }
    for case .key(let key) in session.facts(after: index).map(\.fact) { return key == nil }
    return true
  }
}

extension JournalFact {
  /// A message begins.
  var isStart: Bool { if case .started = self { true } else { false } }

  fileprivate var thanksForReport: Bool {
    if case .started(let recording, _) = self { recording.message == .fraudReported } else { false }
  }
}
