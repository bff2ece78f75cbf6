import Records
import Reports
import VerificationCore

/// The entries of a setting of a store that is a list.
struct SettingEntries {
  let setting: String
  let admin: AdminOptions
  let json: Bool

  func all() throws -> [String] { try entries(of: admin.holding()) }

  func add(_ entries: [String], as what: String) throws {
    try change(what) { try $0.perform(.addEntries(setting: setting, entries)) }
  }

  func delete(_ entries: [String], as what: String) throws {
    try change(what) { try $0.perform(.deleteEntries(setting: setting, entries)) }
  }

  private func change(_ what: String, _ work: (Change) throws -> Void) throws {
    let (_, done) = try admin.setUp(what, work)
    let (before, after) = (entries(of: done.before), entries(of: done.after))
    let (added, deleted) = (after.filter { !before.contains($0) }, before.filter { !after.contains($0) })
    let parts = [("added", added), ("deleted", deleted)].filter { !$0.1.isEmpty }
    let told = Done(
      what: what, upn: nil,
      text: parts.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
        + "; \(setting) has \(after.count)",
      more: parts.map { ($0.0, .list($0.1.map { .text($0) })) } + [("count", .number(Int64(after.count)))])
    done.tell(told, json: json)
  }

  private func entries(of holding: Holding) -> [String] {
    Setting.named(setting)?.entries(in: holding.tenant.settings) ?? []
  }
}
