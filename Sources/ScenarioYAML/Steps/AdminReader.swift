import ScenarioModel
import VerificationCore

/// Reads what an admin does: `{block: helga@larkspur.example, reason: Lost phone, as: authenticationPolicyAdministrator}`.
struct AdminReader {
  static let names = Grammar.admin.map { $0.fields[0].name }
  private static let companions = Grammar.adminCompanions.map(\.name)

  let reading: Reading

  func admin(_ node: Node) -> Step.Verb? {
    guard case .mapping(let mapping) = node else {
      reading.report(
        "expected-mapping", "admin must be a mapping", at: node,
        hint: "as in admin: {unblock: helga@larkspur.example, reason: Found}")
      return nil
    }
    let named = mapping.entries.compactMap { entry in
      entry.key.scalar.map { (name: $0.string, value: entry.value) }
    }
    guard let command = named.first(where: { Self.names.contains($0.name) }) else {
      reportUnknown(named.map(\.name), node)
      return nil
    }
    guard let shape = Grammar.admin.first(where: { $0.fields[0].name == command.name }),
      let fields = reading.fields(node, "admin", keys: shape.keys)
    else {
      return nil
    }
    guard let read = self.command(command.name, command.value, fields, node) else { return nil }
    var admin = Admin()
    if let role = fields["as"], let read = self.role(role) { admin.role = read }
    if let by = fields["by"] { admin.upn = reading.upn(by, "by") }
    let refused = fields["refused"].flatMap { reading.matcher($0, "refused") }
    let isImport = command.name == "importTokens"
    let file = isImport ? command.value.scalar.map { RelativePath.resolve($0.string, from: command.value) } : nil
    return .admin(AdminStep([read], by: admin, refused: refused, tokenFile: file))
  }

  private func reportUnknown(_ names: [String], _ node: Node) {
    guard let unknown = names.first(where: { !Self.companions.contains($0) }) else {
      return reading.report(
        "missing-key", "admin needs a command", at: node,
        hint: "as in admin: {unblock: helga@larkspur.example, reason: Found}")
    }
    reading.report(
      "unknown-command", "admin has no command \"\(unknown)\"", at: node,
      hint: Suggestion.hint(for: unknown, among: Self.names, what: "the commands are"))
  }

  private func role(_ node: Node) -> Role? {
    guard let name = reading.string(node, "as") else { return nil }
    if let role = Role(rawValue: name) { return role }
    reading.report(
      "unknown-role", "unknown role \"\(name)\"", at: node,
      hint: Suggestion.hint(for: name, among: Role.allCases.map(\.rawValue), what: "the roles are"))
    return nil
  }

  private func command(_ name: String, _ value: Node, _ fields: Fields, _ node: Node) -> TenantCommand? {
    switch name {
    // It may have a word behind it, which counts for nothing.
    case "addProvider": return reading.isNull(value) || reading.string(value, name) != nil ? .addProvider : nil
    case "importTokens": return TokenFileReader(reading: reading).file(value, name).map { .importTokens($0) }
    case "activateToken":
      let code = fields["code"].flatMap { node in
        reading.value(node, "code", takes: "right or wrong") { ["right": true, "wrong": false][$0] }
      }
      return reading.name(value, name).map { .activateToken(serial: $0, isCodeRight: code ?? true) }
    case "deleteToken": return reading.name(value, name).map { .deleteToken(serial: $0) }
    default: return reading.upn(value, name).flatMap { about($0, name, fields, node) }
    }
  }

  private func about(_ upn: UPN, _ name: String, _ fields: Fields, _ node: Node) -> TenantCommand? {
    switch name {
    case "block": return reason(fields, name, node).map { .block(upn, reason: $0) }
    case "unblock": return reason(fields, name, node).map { .unblock(upn, reason: $0) }
    case "resetMethods": return reason(fields, name, node).map { .resetMethods(upn, reason: $0) }
    case "requireRegistration": return reason(fields, name, node).map { .requireRegistration(upn, reason: $0) }
    case "unlock": return .unlock(upn)
    case "disable": return .setEnabled(upn, false)
    case "enable": return .setEnabled(upn, true)
    case "forcePasswordChange": return .forcePasswordChange(upn)
    case "revokeSessions": return .revokeSessions(upn)
    case "dismissRisk": return .dismissRisk(upn)
    case "confirmSafe": return .confirmSafe(upn)
    case "confirmCompromised": return .confirmCompromised(upn)
    case "deletePass": return .deletePass(upn)
    case "deletePhone":
      return (fields["kind"].map { reading.phoneKind($0, "kind") } ?? .mobile).map { .deletePhone(upn, $0) }
    case "removeDevice":
      guard let device = fields["device"] else {
        reading.report("missing-key", "removeDevice needs a device", at: node, hint: "as in device: old phone")
        return nil
      }
      return reading.name(device, "device").map { .removeDevice(upn, device: $0) }
    case "issuePass":
      let minutes = fields["minutes"].flatMap { node in
        reading.value(node, "minutes", takes: "a whole number") { Int($0) }
      }
      return .issuePass(upn, minutes: minutes, isOnce: fields["once"].flatMap { reading.flag($0, "once") })
    default: return nil
    }
  }

  private func reason(_ fields: Fields, _ name: String, _ node: Node) -> String? {
    guard let reason = fields["reason"] else {
      reading.report("missing-key", "\(name) needs a reason", at: node, hint: "as in reason: Lost phone")
      return nil
    }
    return reading.value(reason, "reason", takes: "a few words") { text in
      text.contains { !$0.isWhitespace } ? text : nil
    }
  }
}
