import Foundation
import HTTPTypes
import Hummingbird
import VerificationCore

/// Settings, and what the configuration check says of them.
struct SettingRoutes: Sendable {
  let desk: any SettingDesk
  /// Has the room take the tenant anew.
  let renew: @Sendable () async -> Void

  func add(to router: Router<ConsoleContext>) {
    router.desk(.get, "/api/settings") { _ in try await all() }
    router.desk(.put, "/api/settings/:name") { try await set($0) }
    router.desk(.delete, "/api/settings/:name") { try await reset($0) }
    router.desk(.get, "/api/findings") { _ in try await findings() }
  }

  private func all() async throws -> Response {
    let settings = try await desk.settings()
    return try .json(JSON.object(["settings": .list(Setting.all.map { $0.facts(in: settings) })]))
  }

  private func set(_ asked: DeskRequest) async throws -> Response {
    let (name, fields) = (try asked.part("name"), try await asked.fields)
    return try await answer(try await desk.set(name, to: try Self.value(fields)))
  }

  private func reset(_ asked: DeskRequest) async throws -> Response {
    try await answer(try await desk.reset(try asked.part("name")))
  }

  private static func value(_ fields: RequestFields) throws -> SettingValue {
    switch fields.value("value") {
    case .list: .list(try fields.texts("value") ?? [])
    default: .text(try fields.text("value"))
    }
  }

  private func answer(_ done: SettingDone) async throws -> Response {
    await renew()
    return try .json(
      JSON.object([
        "setting": Setting.named(done.setting)?.facts(in: done.settings) ?? .null,
        "warnings": .list(done.warnings.map { .text($0) }), "findings": done.news.facts,
      ]))
  }

  private func findings() async throws -> Response {
    try .json(JSON.object(["findings": try await desk.findings().facts]))
  }
}

extension Setting {
  fileprivate func facts(in settings: Settings) -> JSON {
    let value = value(in: settings)
    let bounds = bounds
    return .object([
      "name": .text(name), "value": .text(value), "default": .text(defaultValue),
      "isDefault": .flag(value == defaultValue), "meaning": .text(meaning), "range": .text(range),
      "retired": .text(retiredSince), "kind": .text(word), "unit": .text(unit),
      "minimum": .optional(bounds?.lowerBound), "maximum": .optional(bounds?.upperBound),
      "choices": choices, "entries": entries(in: settings).map { .list($0.map { .text($0) }) } ?? .null,
      "limit": .optional(limit),
    ])
  }

  private var word: String {
    switch kind {
    case .flag: "flag"
    case .count: "count"
    case .length: "length"
    case .choice: "choice"
    case .reportCode: "reportCode"
    case .number: "number"
    case .text: "text"
    case .list: "list"
    }
  }

  /// Of a length in seconds.
  private var bounds: ClosedRange<Int64>? {
    switch kind {
    case .count(let range, _, _): Int64(range.lowerBound)...Int64(range.upperBound)
    case .length(let range, _, _): range.lowerBound.count / 1_000...range.upperBound.count / 1_000
    case .flag, .choice, .reportCode, .number, .text, .list: nil
    }
  }

  private var choices: JSON {
    if case .choice(let choices, _) = kind { .list(choices.map { .text($0) }) } else { .null }
  }

  private var limit: Int? { if case .list(_, let limit, _) = kind { limit } else { nil } }
}

extension FoundInTenant {
  fileprivate var facts: JSON {
    .list(
      findings.map { finding in
        .object(
          [
            "id": .text(finding.id.rawValue), "severity": .text(finding.severity.rawValue),
            "subject": subject(finding.subject),
          ].saying(("message", finding.said), ("remedy", finding.advice)))
      })
  }

  private func subject(_ subject: TenantFinding.Subject) -> JSON {
    switch subject {
    case .setting(let name): Self.subject("setting", name)
    case .user(let upn): Self.subject("user", upn.text)
    case .location(let place):
      Self.subject("location", tenant.locations.indices.contains(place) ? tenant.locations[place].name : nil)
    case .key(let name): Self.subject("key", name)
    case .greeting(let place):
      Self.subject("greeting", nil, tenant.greetings.indices.contains(place) ? tenant.greetings[place] : nil)
    }
  }

  private static func subject(_ kind: String, _ name: String?, _ greeting: CustomGreeting? = nil) -> JSON {
    .object([
      "kind": .text(kind), "name": .text(name), "message": .text(greeting?.message.rawValue),
      "language": .text(greeting?.language.tag),
    ])
  }
}
