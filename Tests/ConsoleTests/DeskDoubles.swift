import Synchronization
import VerificationCore

@testable import Console

final class GreetingDouble: GreetingDesk {
  struct Seen: Sendable {
    var sounds: [PostedSound] = []
    var places: [GreetingPlace] = []
    var languages: [[Language]] = []
  }

  let seen = Mutex(Seen())
  let refusal = Mutex<DeskRefusal?>(nil)
  let limits = SoundLimits(greeting: 1_048_576, upload: 16_777_216)
  static let report = GreetingReport(file: "hello.wav", bytes: 3)

  private func note(_ change: @Sendable (inout Seen) -> Void) throws {
    seen.withLock { change(&$0) }
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
  }

  func table(also languages: [Language]) async throws -> GreetingTable {
    try note { $0.languages.append(languages) }
    let tenant = Tenant(name: "Larkspur", users: [User(upn: UPN("helga@larkspur.example")!, language: Language("fr"))])
    return GreetingTable(
      tenant.greetingCoverage(also: languages), own: [GreetingPlace(.greetingStandard, Language("fr")!)])
  }

  func facts(_ place: GreetingPlace) async throws -> GreetingFacts {
    try note { $0.places.append(place) }
    let recording = Tenant(name: "").greetingChoice.recording(for: place.message, languages: [place.language])
    return GreetingFacts(place, recording, isOwn: false, name: nil, report: nil)
  }

  func original(_ place: GreetingPlace) async throws -> SoundFile {
    try note { $0.places.append(place) }
    return SoundFile(.mp3, name: "a.mp3", bytes: Array("original".utf8))
  }

  func asHeard(_ place: GreetingPlace) async throws -> SoundFile {
    try note { $0.places.append(place) }
    return SoundFile(.wav, name: "a.wav", bytes: Array("phone".utf8))
  }

  func waveform(_ place: GreetingPlace) async throws -> String {
    try note { $0.places.append(place) }
    return "<svg/>"
  }

  func prospect(_ place: GreetingPlace) async throws -> GreetingProspect {
    try note { $0.places.append(place) }
    return switch place.message {
    case .greetingStandard: .heard(by: 2)
    case .greetingPIN: .neverPlays(instead: .greetingStandard)
    case .activation: .neverPlays(instead: nil)
    case .retryStandard: .nobodySpeaks
    case .retryPIN: .another(Language("fr-CA")!)
    default: .noCalls
    }
  }

  func check(_ sound: PostedSound) async throws -> GreetingReport {
    try note { $0.sounds.append(sound) }
    return Self.report
  }

  func waveform(of sound: PostedSound) async throws -> String {
    try note { $0.sounds.append(sound) }
    return "<svg/>"
  }

  func asHeard(_ sound: PostedSound) async throws -> SoundFile {
    try note { $0.sounds.append(sound) }
    return SoundFile(.wav, name: "a.wav", bytes: Array("phone".utf8))
  }

  func mend(_ sound: PostedSound) async throws -> MendedSound {
    try note { $0.sounds.append(sound) }
    let file = SoundFile(.wav, name: "\(sound.name)-mended.wav", bytes: Array("mended".utf8))
    return MendedSound(file, changes: [Mend(.level, "louder: 50 % → 100 %")])
  }

  func put(_ sound: PostedSound, at place: GreetingPlace) async throws -> GreetingReport {
    try note {
      $0.sounds.append(sound)
      $0.places.append(place)
    }
    return Self.report
  }

  func delete(_ place: GreetingPlace) async throws { try note { $0.places.append(place) } }
}

final class PeopleDouble: PeopleDesk {
  struct Seen: Sendable {
    var queries: [PeopleQuery] = []
    var acts: [PersonAct] = []
    var users: [UPN] = []
    var people: [NewPerson] = []
  }

  let seen = Mutex(Seen())
  let refusal = Mutex<DeskRefusal?>(nil)

  func list(_ wanted: PeopleQuery) async throws -> PeopleList {
    seen.withLock { $0.queries.append(wanted) }
    let tenant = Tenant(
      name: "", users: [User(upn: UPN("helga@larkspur.example")!, name: "Helga", phone: PhoneNumber("+33 612345678"))])
    let statuses = UserStatuses(tenant, at: .virtualStart)
    let entries = tenant.users.map { PeopleList.Entry(statuses.status(of: $0), hasReported: true) }
    return PeopleList(at: .virtualStart, entries, total: 7, hasMore: true)
  }

  func page(of upn: UPN) async throws -> [String: JSON] {
    seen.withLock { $0.users.append(upn) }
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
    return ["upn": .text(upn.text)]
  }

  func add(_ person: NewPerson) async throws {
    seen.withLock { $0.people.append(person) }
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
  }

  func perform(_ act: PersonAct, on upn: UPN) async throws -> IssuedPass? {
    seen.withLock { $0.acts.append(act) }
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
    guard case .issuePass = act else { return nil }
    return IssuedPass(text: "ELtrJ37i", until: .virtualStart, isOnce: true)
  }
}

final class TokenDouble: TokenDesk {
  struct Seen: Sendable {
    var queries: [TokenQuery] = []
    var files: [[UInt8]] = []
    var acts: [String] = []
  }

  let seen = Mutex(Seen())
  let refusal = Mutex<DeskRefusal?>(nil)
  let limit = 4_096
  private let tenant = Tenant(name: "", users: [User(upn: UPN("helga@larkspur.example")!)])

  func list(_ wanted: TokenQuery) async throws -> TokenList {
    seen.withLock { $0.queries.append(wanted) }
    let token = OATHToken(
      serial: "..", secret: nil, interval: .seconds60, manufacturer: "Contoso", model: "Key",
      owner: UPN("helga@larkspur.example"))
    return TokenList([TokenList.Entry(token, hasKey: true, isShared: false)], total: 7)
  }

  func check(_ file: [UInt8]) async throws -> TokenIntake { try intake(file) }

  func take(_ file: [UInt8]) async throws -> TokenIntake {
    seen.withLock { $0.files.append(file) }
    return try intake(file)
  }

  /// As a store decides.
  private func intake(_ file: [UInt8]) throws -> TokenIntake {
    var rows = try OATHImport(file, into: tenant, at: .virtualStart)
    var intake = TokenIntake()
    while let row = rows.next() { intake.note(row.problems) }
    (intake.imported, intake.wrong) = (rows.imported, rows.wrong)
    return intake
  }

  func activate(_ serial: String, code: String) async throws { try note("activate \(serial) \(code)") }
  func assign(_ serial: String, to upn: UPN?) async throws { try note("assign \(serial) \(upn?.text ?? "-")") }
  func delete(_ serial: String) async throws { try note("delete \(serial)") }

  private func note(_ act: String) throws {
    seen.withLock { $0.acts.append(act) }
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
  }
}

final class LogDouble: LogDesk {
  let questions = Mutex<[LogQuestion]>([])
  let most = Mutex<[Int]>([])

  func words(of log: LogName) -> [LogFilter: [String]] {
    log == .signIns ? [.outcome: ["approved", "denied"], .method: ["call"]] : [:]
  }

  func page(_ wanted: LogQuestion, most: Int) async throws -> LogPage {
    questions.withLock { $0.append(wanted) }
    self.most.withLock { $0.append(most) }
    return LogPage(
      columns: ["sequence", "why"], rows: [#"{"sequence":2}"#, #"{"sequence":1}"#].map { Array($0.utf8) }, hasMore: true
    )
  }

  /// Three pieces.
  func csv(_ wanted: LogQuestion, from place: LogPlace?) async throws -> LogPiece {
    questions.withLock { $0.append(wanted) }
    let number = (place?.sequence ?? 0) + 1
    return LogPiece(
      "piece \(number)\r\n", next: number == 3 ? nil : LogPlace(at: .virtualStart, sequence: number, end: 9))
  }
}

final class SettingDouble: SettingDesk {
  let asked = Mutex<[String]>([])
  let refusal = Mutex<DeskRefusal?>(nil)

  func settings() async throws -> Settings { Settings() }

  func set(_ name: String, to value: SettingValue) async throws -> SettingDone {
    asked.withLock { $0.append("\(name): \(value)") }
    return try done(name)
  }

  func reset(_ name: String) async throws -> SettingDone {
    asked.withLock { $0.append("reset \(name)") }
    return try done(name)
  }

  func findings() async throws -> FoundInTenant {
    var tenant = Tenant(
      name: "", greetings: [CustomGreeting(message: .activation, language: .english, length: .seconds(25))])
    tenant.settings.fraudAlert.enabled = true
    return FoundInTenant(tenant.findings(at: .virtualStart) { _ in false }, in: tenant)
  }

  private func done(_ name: String) throws -> SettingDone {
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
    return SettingDone(
      name, Settings(), warnings: ["mind this"], news: FoundInTenant([], in: Tenant(name: "")))
  }
}

final class ScenarioDouble: ScenarioDesk {
  let asked = Mutex<[String]>([])
  let refusal = Mutex<DeskRefusal?>(nil)

  func list() async throws -> [ScenarioEntry] {
    [
      ScenarioEntry(path: "scenarios/a.yaml", title: "A", tags: ["pin"], cases: [.init(name: "x=1", title: "A")]),
      ScenarioEntry(path: "scenarios/b.yaml", title: "b", tags: [], cases: [], problems: .list(["broken"])),
    ]
  }

  func run(_ paths: [String]?, case name: String?) async throws -> ScenarioRun {
    asked.withLock { $0.append("\(paths ?? ["all"]) \(name ?? "-")") }
    if let refusal = refusal.withLock({ $0 }) { throw refusal }
    return ScenarioRun(
      results: [Array(#"{"type":"case"}"#.utf8)], invalid: [], recordings: ["a/en/default": "r"], passed: 1, failed: 2,
      skipped: 3)
  }
}
