import Console
import Records
import Reports
import ScenarioModel
import VerificationCore

/// The settings of a store, and what the configuration check finds there.
struct StoreSettings: SettingDesk {
  private let store: DeskStore
  /// PINs are compared with a new code that reports fraud: each takes a tenth of a second.
  private let comparing = BlockingWork("PINs")

  init(_ store: DeskStore) { self.store = store }

  func settings() async throws -> Settings {
    try await store.read { store, _ in try store.holding().tenant.settings }
  }

  func findings() async throws -> FoundInTenant {
    try await store.read { store, now in
      let holding = try store.holding()
      return FoundInTenant(holding.tenant.findings(at: now) { holding.pins.keys.contains($0) }, in: holding.tenant)
    }
  }

  func set(_ name: String, to value: SettingValue) async throws -> SettingDone {
    try await change(named(name), "settings set") { setting, settings in
      switch value {
      case .text(let text): return text
      case .list(let list): return try Self.text(of: list, for: setting, in: settings)
      }
    }
  }

  func reset(_ name: String) async throws -> SettingDone {
    try await change(named(name), "settings reset") { setting, _ in setting.defaultValue }
  }

  private func named(_ name: String) throws(DeskRefusal) -> Setting {
    if let setting = Setting.named(name) { return setting }
    throw DeskRefusal(
      .notFound, "there is no such setting",
      hint: Suggestion.closest(to: name, among: Setting.all.map(\.name)).map { "did you mean \"\($0)\"?" })
  }

  private func change(
    _ setting: Setting, _ what: String, _ value: @escaping @Sendable (Setting, Settings) throws -> String
  ) async throws -> SettingDone {
    let done = try await store.perform { holding, _ in
      let text = try value(setting, holding.tenant.settings)
      return AdminAct(what, .changeSettings([SettingChange(name: setting.name, value: text)]))
    }.change
    let check = ReportCodeCheck(done)
    let warnings = try await comparing.run { check.warningsOneByOne() }
    return SettingDone(
      setting.name, done.after.tenant.settings, warnings: warnings,
      news: FoundInTenant(done.findings, in: done.after.tenant))
  }

  /// As one text; an entry with a comma in it would be two there.
  private static func text(
    of list: [String], for setting: Setting, in settings: Settings
  ) throws(CommandRefusal) -> String {
    var settings = settings
    do throws(Setting.WrongValue) {
      try setting.set(list: list, in: &settings)
    } catch {
      throw .wrongSetting(error)
    }
    return setting.value(in: settings)
  }
}
