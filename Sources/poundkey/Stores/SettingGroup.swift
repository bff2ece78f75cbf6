import Records
import Reports
import VerificationCore

/// A few settings of a store that one verb shows and changes.
struct SettingGroup {
  /// The verb.
  let what: String
  /// Those that are shown; none after a change of settings that do not belong together.
  let names: [String]
  let admin: AdminOptions
  let json: Bool

  /// How they stand; with changes, after these, which are all made or none.
  func run(_ changes: [SettingChange?]) async throws {
    let changes = changes.compactMap(\.self)
    if changes.isEmpty { try show() } else { try await change(changes) }
  }

  func show() throws {
    let settings = try admin.holding().tenant.settings
    Output.lines(json ? group.map { $0.jsonLine(in: settings) } : lines(settings))
  }

  func change(_ changes: [SettingChange]) async throws {
    let (_, done) = try admin.setUp(what) { try $0.perform(.changeSettings(changes)) }
    let warnings = await ReportCodeCheck(done).warnings()
    let (before, after) = (done.before.tenant.settings, done.after.tenant.settings)
    let changed = changes.compactMap { Setting.named($0.name) }.map { setting in
      Changed(name: setting.name, was: setting.value(in: before), value: setting.value(in: after))
    }
    let told = Done(
      what: what, upn: nil, text: changed.map(\.text).joined(separator: ", "),
      more: [("settings", .list(changed.map { .object($0.json) }))])
    done.tell(told, lines: group.isEmpty ? [] : [""] + lines(after), warnings: warnings, json: json)
  }

  private var group: [Setting] { names.compactMap { Setting.named($0) } }

  private func lines(_ settings: Settings) -> [String] {
    let text = SettingText(style: Output.style, width: Output.width)
    return group.flatMap { text.lines($0, in: settings) }
  }

  private struct Changed {
    let name: String
    let was: String
    let value: String

    var text: String { was == value ? "\(name) is \(value) already" : "\(name) is \(value) (was \(was))" }
    var json: JSONLine { JSONLine([("name", .text(name)), ("value", .text(value)), ("was", .text(was))]) }
  }
}

extension SettingChange {
  /// nil where nothing was asked for.
  static func of(_ name: String, _ value: String?) -> SettingChange? {
    value.map { SettingChange(name: name, value: $0) }
  }

  static func of(_ name: String, _ value: Bool?) -> SettingChange? { of(name, value.map { "\($0)" }) }
}
