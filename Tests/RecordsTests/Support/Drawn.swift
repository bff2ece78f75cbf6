import Records
import StoreContents
import TestSupport
import VerificationCore

/// Draws what may stand in a store, the same for the same seed: every case of every event, and texts and instants that
/// are hard to keep.
struct Drawn {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9e37_79b9_7f4a_7c15 }

  mutating func number(below end: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % end
  }

  mutating func one<Items: RandomAccessCollection>(of items: Items) -> Items.Element where Items.Index == Int {
    items[items.startIndex + number(below: items.count)]
  }

  mutating func flag() -> Bool { number(below: 2) == 0 }

  mutating func maybe<Value>(_ value: (inout Drawn) -> Value) -> Value? { flag() ? value(&self) : nil }

  static let texts = [
    "", " ", "\0", "a\0b", "\u{FFFD}", "plain", "Müller", "Mu\u{308}ller", "\"quoted\" \\ / back", "line\nline\r\n\t",
    "\u{1}\u{1f}\u{7f}",
    "\u{2028}\u{2029}", "👩‍👩‍👧‍👦 ☎︎", "\u{202E}right to left", "\u{10FFFF}", "{\"json\":[null]}", "'; DROP TABLE event; --",
    "null", "١٢٣", String(repeating: "long \"é\" ", count: 2_000),
  ]

  mutating func text() -> String { one(of: Self.texts) }

  mutating func instant() -> Instant {
    let far: Int64 = 1 << 52
    return Instant(
      millisecondsSince1970: one(of: [0, -1, 1, -far, far, Instant.virtualStart.millisecondsSince1970])
        + Int64(number(below: 1_000_000)))
  }

  mutating func length() -> Milliseconds { Milliseconds(Int64(number(below: 100_000_000))) }

  static let names =
    (0..<12).map(StoreContents.name) + ["müller@larkspur.example", "a\0b@x", "\"'\\@x.y"].compactMap { UPN($0) }

  mutating func name() -> UPN { one(of: Self.names) }

  static let numbers = ["+33 744081418", "+1 2125550123x4567", "+49 301234567"].compactMap { PhoneNumber($0) }

  mutating func phone() -> PhoneNumber { one(of: Self.numbers) }

  mutating func language() -> Language { one(of: ["en", "fr-CA", "zh-Hant-TW"].compactMap { Language($0) }) }

  mutating func user() -> User {
    var user = User(upn: name(), name: text(), language: maybe { $0.language() })
    user.groups = (0..<number(below: 3)).map { _ in text() }
    (user.isGuest, user.isEnabled, user.hasAppPassword) = (flag(), flag(), flag())
    (user.mustChangePassword, user.mustRegister) = (flag(), flag())
    user.requirement = one(of: User.Requirement.allCases)
    user.phones = Phones(mobile: maybe { $0.phone() }, alternate: maybe { $0.phone() }, office: maybe { $0.phone() })
    user.apps = (0..<number(below: 3)).map {
      AppRegistration(device: text(), secret: AppSecret($0 + number(below: 99)))
    }
    user.passkeys = (0..<number(below: 3)).map { _ in text() }
    user.defaultMethod = maybe { $0.one(of: Method.allCases) }
    return user
  }

  mutating func token() -> OATHToken {
    OATHToken(
      serial: text(), secret: nil, interval: one(of: OATHToken.Interval.allCases), manufacturer: text(), model: text(),
      owner: maybe { $0.name() }, isActive: flag())
  }

  mutating func location() -> NamedLocation {
    let ranges = ["192.0.2.0/24", "2001:db8::/32", "203.0.113.7/32"].compactMap { try? IPRange($0) }
    return NamedLocation(name: text(), ranges: Array(ranges.prefix(number(below: 4))), isTrusted: flag())
  }

  mutating func greeting() -> CustomGreeting {
    CustomGreeting(
      message: one(of: MessageType.allCases), language: language(), length: length(), file: nil,
      script: maybe { $0.text() })
  }

  mutating func client() -> SignInRequest.Client {
    switch number(below: 4) {
    case 0: .browser(nil)
    case 1: .browser(text())
    case 2: .app(text())
    default: .legacy(hasAppPassword: flag())
    }
  }

  mutating func setting() -> SettingChange {
    let setting = one(of: Array(Setting.all))
    return SettingChange(name: setting.name, value: setting.defaultValue)
  }

  mutating func signIn() -> SignInRecord {
    let why = (0..<number(below: 4)).map { _ in
      SignInFinding(one(of: SignInGate.allCases), maybe { $0.one(of: Outcome.allCases) }, kept: reason())
    }
    return SignInRecord(
      at: instant(), upn: name(), outcome: one(of: Outcome.allCases), method: maybe { $0.one(of: Method.allCases) },
      number: maybe { $0.text() }, why: why)
  }

  /// As many numbers as a text takes, so that all else that a seed draws stays what it was.
  private mutating func reason() -> Sentence {
    var own = Drawn(seed: number(below: 1 << 30) + 1)
    return own.sentence(depth: 0)
  }

  private mutating func sentence(depth: Int) -> Sentence {
    switch number(below: 4) {
    case 0: Sentence(english: text())
    case 1: Sentence("the user is not blocked")
    case 2: Sentence("\(figure(depth: depth)) is in the trusted range \(figure(depth: depth))")
    default:
      Sentence("\(figure(depth: depth)): \(figure(depth: depth)), \(figure(depth: depth))\(figure(depth: depth)).")
    }
  }

  private mutating func figure(depth: Int) -> Sentence.Figure {
    switch number(below: depth < 2 ? 10 : 7) {
    case 0: .count(one(of: [0, 1, -1, .min, .max]), isGrouped: flag())
    case 1: .decimal(one(of: [0, -361, 7, .min]), digits: one(of: [0, 1, 3, 18]))
    case 2: .seconds(Int64(number(below: 100_000)), digits: 2)
    case 3: .percent(-5, digits: 2)
    case 4: Sentence.Figure(instant())
    case 5: .day("2025-03-01")
    case 7: .list((0..<number(below: 3)).map { _ in figure(depth: depth + 1) })
    case 8, 9: .sentence(sentence(depth: depth + 1))
    default: .text(text())
    }
  }

  mutating func audit() -> AuditRecord {
    let by: AuditRecord.Actor =
      switch number(below: 3) {
      case 0: .service
      case 1: .person
      default: .admin(maybe { $0.name() }, one(of: Role.allCases))
      }
    return AuditRecord(
      at: instant(), activity: one(of: AuditRecord.Activity.allCases), upn: maybe { $0.name() },
      reason: maybe { $0.text() }, by: by)
  }

  mutating func mail() -> Mail {
    guard let to = MailAddress("security@larkspur.example") else { preconditionFailure("it is an address") }
    return Mail(at: instant(), to: to, upn: name())
  }

  mutating func call() -> CallEvent {
    CallEvent(call: text(), at: instant(), upn: maybe { $0.name() }, kind: text(), body: text())
  }

  mutating func message() -> SentMessage {
    SentMessage(at: instant(), kind: text(), upn: maybe { $0.name() }, recipient: maybe { $0.text() }, body: text())
  }
}
