import Records
import Secrets
import VerificationCore

/// Whether somebody's PIN is a code that reports fraud since a change (CALL-9).
///
/// It is a warning: in doubt the report wins. The change stands before the check begins, since a PIN that is set
/// meanwhile is held against the new code.
struct ReportCodeCheck: Sendable {
  private let codes: Set<ReportCode>
  private let pins: [(upn: UPN, hash: SecretHash?)]

  init(_ done: SettingUp) {
    let (before, after) = (Self.codes(done.before), Self.codes(done.after))
    // What is shorter is nobody's PIN.
    codes = after.subtracting(before).filter { $0.description.utf8.count >= Passcode.shortest }
    pins =
      codes.isEmpty
      ? [] : done.after.pins.sorted { $0.key < $1.key }.map { ($0.key, $0.value.flatMap(SecretHash.init)) }
  }

  private static func codes(_ holding: Holding) -> Set<ReportCode> {
    [holding.tenant.settings.fraudAlert.code, holding.tenant.settings.reportActivity.code]
  }

  /// Sentences that name people, and no PIN.
  func warnings() async -> [String] { warnings(of: await usersWithTheCode()) }

  /// The same, on the thread that asks, without a progress bar; of many PINs nothing is said but that they are many.
  func warningsOneByOne() -> [String] {
    guard pins.count <= Self.mostOneByOne else {
      return ["whether the new report code is somebody's PIN is not known: \(pins.count) PINs were not compared"]
    }
    let users = tries.filter { $0.hash.matches($0.code) }.map(\.upn)
    return warnings(of: Set(users).sorted())
  }

  private static let mostOneByOne = 100

  private func warnings(of users: [UPN]) -> [String] {
    let unknown = pins.filter { $0.hash == nil }.map(\.upn)
    var warnings: [String] = []
    if !users.isEmpty {
      warnings.append(
        "the new report code is the PIN of \(Self.list(users)): in doubt the report wins, so who enters it reports "
          + "fraud and is not let in; choose another code, or set other PINs")
    }
    if !unknown.isEmpty {
      warnings.append(
        "whether the new report code is the PIN of \(Self.list(unknown)) is not known: these PINs are not in the store")
    }
    return warnings
  }

  private static func list(_ users: [UPN]) -> String {
    let shown = users.prefix(20).map(\.text).joined(separator: ", ")
    return users.count > 20 ? "\(shown) and \(users.count - 20) more" : shown
  }

  /// How many at a time: a try takes a tenth of a second and 64 MiB.
  private static let threads = 2

  private var tries: [(upn: UPN, hash: SecretHash, code: ReportCode)] {
    pins.flatMap { pin in pin.hash.map { hash in codes.map { (pin.upn, hash, $0) } } ?? [] }
  }

  private func usersWithTheCode() async -> [UPN] {
    let tries = tries
    var bar = ProgressBar("Comparing PINs", total: tries.count)
    defer { bar.clear() }
    var rest = tries[...]
    return await withTaskGroup(of: UPN?.self) { group in
      func begin() {
        guard let next = rest.popFirst() else { return }
        group.addTask { next.hash.matches(next.code) ? next.upn : nil }
      }
      for _ in 0..<Self.threads { begin() }
      var found: Set<UPN> = []
      while let answer = await group.next() {
        if let upn = answer { found.insert(upn) }
        bar.advance("")
        begin()
      }
      return found.sorted()
    }
  }
}
