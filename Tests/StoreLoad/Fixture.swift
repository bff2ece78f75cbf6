import Records
import StoreContents
import VerificationCore

/// A small store with something in every table that a version of the schema has.
enum Fixture {
  static func make(_ path: String, _ arguments: [String]) throws {
    guard let version = arguments.first, let place = TenantStore.versions.firstIndex(of: version) else {
      StoreLoad.fail(2, "the versions are: \(TenantStore.versions.joined(separator: ", "))")
    }
    let has = Set(TenantStore.versions[...place])
    let store = try TenantStore.create(at: path, version: version)
    try store.change("tenant init", at: .virtualStart) { change in
      let tenant = StoreContents.tenant(hasGreetings: has.contains("greetings"))
      try change.replace(with: tenant, pins: [name(1)], keeping: StoreContents.kept)
      if has.contains("greetings") { try change.keep(greeting: "tone", StoreContents.greeting) }
    }
    let admin = Admin(upn: name(2), role: .authenticationAdministrator)
    try store.change("a day", by: admin, at: StoreContents.day) { change in
      for event in StoreContents.events { try change.record(event) }
      if has.contains("records") { for event in StoreContents.records { try change.record(event) } }
      if has.contains("calls and messages") { try communicate(change) }
    }
    if has.contains("checkpoints") { try fillCheckpoint(store) }
    try store.close()
  }

  private static func communicate(_ change: Change) throws {
    for row in 0..<60 { try change.record(call(row / 6, row)) }
    let day = StoreContents.day
    if let to = MailAddress("security@larkspur.example") {
      try change.record(.mailSent(Mail(at: day, to: to, upn: name(3))))
    }
    try change.record(
      SentMessage(
        at: day, kind: "textSent", upn: name(1), recipient: "+33 *******11",
        body: "{\"text\":\"\(StoreContents.long)\"}"))
  }

  private static func fillCheckpoint(_ store: TenantStore) throws {
    try store.change("many", at: StoreContents.day) { change in
      _ = try change.holding()
      for wrong in 1...520 {
        let lockout = Lockout(wrongPINs: wrong, last: StoreContents.day, lockedUntil: nil)
        try change.record(.wrongPINCounted(name(10), lockout))
      }
    }
    try store.change("behind the checkpoint", at: StoreContents.day) { change in
      try change.perform(.block(name(11), reason: "Behind the checkpoint"))
    }
  }
}
