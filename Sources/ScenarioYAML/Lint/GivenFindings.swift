import ScenarioModel
import VerificationCore

// What is given and holds anyway.
extension LintedFile {
  /// - Parameter base: what the scenario stands on: its tenant without what it gives besides; nil where that cannot be
  ///   read.
  func givenFindings(on base: Given?) -> [Problem] {
    switch kind {
    case .tenant: return settings(root["settings"], Settings(), "is the default") + greetings(root["greetings"])
    case .fragment: return []
    case .scenario, .explore:
      guard let given = root["given"] else { return [] }
      let inline = given["tenant"].map {
        $0.entries.isEmpty ? [] : settings($0["settings"], Settings(), "is the default")
      }
      guard let base else { return inline ?? [] }
      return (inline ?? []) + settings(given["set"], base.tenant.settings, "is what the tenant has")
        + user(given["user"], base) + greetings(given["greetings"])
    }
  }

  private func settings(_ node: LayoutNode?, _ base: Settings, _ why: String) -> [Problem] {
    (node?.entries ?? []).compactMap { entry in
      guard let name = entry.key.scalar?.text, let setting = Setting.named(name), let value = entry.value else {
        return nil
      }
      var settings = Settings()
      do throws(Setting.WrongValue) {
        if let text = value.scalar?.text {
          try setting.set(text, in: &settings)
        } else {
          try setting.set(list: value.items.compactMap { $0.scalar?.text }, in: &settings)
        }
      } catch {
        return nil
      }
      guard setting.value(in: settings) == setting.value(in: base) else { return nil }
      return anyway("\(name): \(setting.value(in: settings)) \(why) already", entry.key)
    }
  }

  private func user(_ node: LayoutNode?, _ base: Given) -> [Problem] {
    guard let node else { return [] }
    let name = node.scalar ?? node["upn"]?.scalar
    guard let upn = name.flatMap({ UPN($0.text) }), let user = base.tenant.user(upn) else { return [] }
    let isFirst = base.tenant.users.first?.upn == upn
    if isFirst, node.entries.count <= 1 {
      return [anyway("\(upn) signs in anyway, as the first user of the tenant", node["upn"] ?? node)]
    }
    guard let language = node.entry("language"), let text = language.value?.scalar?.text,
      Language(text) != nil, Language(text) == user.language
    else { return [] }
    return [anyway("\(upn) has the language \(text) already", language.key)]
  }

  private func greetings(_ node: LayoutNode?) -> [Problem] {
    (node?.items ?? []).compactMap { greeting in
      guard greeting["file"] == nil, greeting["script"] == nil,
        let message = greeting["message"]?.scalar.flatMap({ MessageType(rawValue: $0.text) }),
        let language = greeting["language"]?.scalar.flatMap({ Language($0.text) }),
        let length = greeting["length"]?.scalar.flatMap({ Milliseconds($0.text) })
      else { return nil }
      let usual = GreetingChoice(tenantLanguage: language, match: .exact)
        .recording(for: message, languages: [language])
      guard usual.language == language, usual.length == length else { return nil }
      return anyway("\(message.rawValue) lasts as long in \(language) without it", greeting)
    }
  }

  private func anyway(_ message: String, _ node: LayoutNode) -> Problem {
    SourceFinding.givenAnyway.problem(
      message, at: place(node), hint: "leave it out, unless it says what the file is about")
  }
}
