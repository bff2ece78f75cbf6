// Single entries of the settings that are lists.
extension Tenant {
  /// The setting with these behind those that it has.
  func adding(_ entries: [String], to name: String) throws(CommandRefusal) -> SettingChange {
    let (setting, limit) = try list(name)
    var list = setting.entries(in: settings) ?? []
    for entry in try spelled(entries, setting) {
      guard !list.contains(entry) else { throw .entryExists(setting: name, entry) }
      list.append(entry)
    }
    guard list.count <= limit else { throw .listIsFull(setting: name, limit: limit) }
    return try change(setting, to: list)
  }

  func deleting(_ entries: [String], from name: String) throws(CommandRefusal) -> SettingChange {
    let (setting, _) = try list(name)
    var list = setting.entries(in: settings) ?? []
    for entry in try spelled(entries, setting) {
      guard list.contains(entry) else { throw .noSuchEntry(setting: name, entry) }
      list.removeAll { $0 == entry }
    }
    return try change(setting, to: list)
  }

  private func list(_ name: String) throws(CommandRefusal) -> (Setting, limit: Int) {
    guard let setting = Setting.named(name), case .list(_, let limit, _) = setting.kind else {
      throw .noSuchSetting(name)
    }
    return (setting, limit)
  }

  /// As the setting writes them.
  private func spelled(_ entries: [String], _ setting: Setting) throws(CommandRefusal) -> [String] {
    var spelled: [String] = []
    for entry in entries {
      var alone = Settings()
      do throws(Setting.WrongValue) {
        try setting.set(list: [entry], in: &alone)
      } catch {
        throw .wrongSetting(error)
      }
      spelled += setting.entries(in: alone) ?? []
    }
    return spelled
  }

  private func change(_ setting: Setting, to list: [String]) throws(CommandRefusal) -> SettingChange {
    var settings = self.settings
    do throws(Setting.WrongValue) {
      try setting.set(list: list, in: &settings)
    } catch {
      throw .wrongSetting(error)
    }
    return SettingChange(name: setting.name, value: setting.value(in: settings))
  }
}
