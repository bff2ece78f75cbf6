public import ScenarioModel
import VerificationCore

/// PINs that are known by their hashes alone, and who checks them.
struct KeptPINs: Sendable {
  private var check: PINCheck?
  /// A PIN is as it was when dialling (CALL-16).
  private var checks: [(call: CallID, check: PINCheck)] = []
  /// Those whose right PIN a script pressed: a stand-in then counts as it.
  fileprivate var haveStandIn: Set<UPN> = []
  var open: [OpenPINCheck] = []

  init(check: PINCheck?) { self.check = check }

  /// Whether a PIN that nobody told can be right at all.
  var canCheck: Bool { check != nil }

  mutating func renew(_ check: PINCheck?) { self.check = check }

  mutating func dialled(_ call: CallID) {
    if let check { checks.append((call, check)) }
  }

  mutating func forget(_ call: CallID) { checks.removeAll { $0.call == call } }

  func asDialled(_ call: CallID) -> OpenPINCheck.Kept {
    OpenPINCheck.Kept(check: checks.last { $0.call == call }?.check, haveStandIn: haveStandIn)
  }

  func isPIN(_ code: ReportCode, of upn: UPN) -> Bool {
    guard let check, let entry = KeyEntry(code.description), entry.count >= Passcode.shortest else { return false }
    return check(upn, entry)
  }
}

/// An entry that a call waits to hear about.
public struct OpenPINCheck: Sendable {
  struct Kept: Sendable {
    let check: PINCheck?
    let haveStandIn: Set<UPN>
  }

  let call: CallID
  let ticket: Ticket
  let upn: UPN
  private let entry: KeyEntry
  private let kept: Kept

  init(call: CallID, ticket: Ticket, upn: UPN, entry: KeyEntry, kept: Kept) {
    (self.call, self.ticket, self.upn, self.entry, self.kept) = (call, ticket, upn, entry, kept)
  }

  var isSlow: Bool { kept.check != nil }

  /// May take a tenth of a second.
  public func matches() -> Bool {
    if kept.haveStandIn.contains(upn), entry.revealed == Switchboard.standIn { return true }
    return kept.check?(upn, entry) ?? false
  }
}

extension Switchboard {
  /// What a script presses for a right PIN that nobody knows. It stands for it from then on only.
  static let standIn = "7193"

  /// - Returns: nil where nobody could say that it is right.
  mutating func standInKeys(_ upn: UPN) -> [Key]? {
    guard keptPINs.contains(upn), kept.canCheck else { return nil }
    kept.haveStandIn.insert(upn)
    return Self.standIn.compactMap { Key($0) }
  }

  /// The checks that are to be made, each once.
  public mutating func takeChecks() -> [OpenPINCheck] {
    defer { kept.open.removeAll() }
    return kept.open
  }

  /// The tenant as it is by now, changed by others: for what is dialled from here on (CALL-16).
  public mutating func renew(_ given: Given) {
    service.renew(given.tenant)
    pins = given.pins
    keptPINs = given.keptPINs
    kept.renew(given.pinCheck)
  }

  /// Changes settings by name. Of a tenant that lasts, it is an event.
  mutating func change(_ changes: [SettingChange], at now: Instant) throws(CommandRefusal) {
    let (before, position) = (service.tenant.settings, journal.count)
    guard lasts else {
      var settings = before
      for change in changes { try? Setting.named(change.name)?.set(change.value, in: &settings) }
      change(settings, at: now)
      return keep(.set(changes), at: now, from: position)
    }
    try service.administer(.changeSettings(changes), by: Admin(), at: now, &reaction)
    settle(at: now)
    let codes = service.tenant.settings.reportCodes.subtracting(before.reportCodes)
    for upn in keptPINs.sorted() where codes.contains(where: { kept.isPIN($0, of: upn) }) {
      journal(.pinIsReportCode(upn), nil, at: now)
    }
    keep(.set(changes), at: now, from: position)
  }
}

extension Settings {
  fileprivate var reportCodes: Set<ReportCode> { [fraudAlert.code, reportActivity.code] }
}
