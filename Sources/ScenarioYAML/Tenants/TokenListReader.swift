import ScenarioModel
import VerificationCore

/// Reads hardware tokens one by one, without their keys: nobody can say a code of theirs.
struct TokenListReader {
  let reading: Reading

  func give(_ node: Node, to tenant: inout Tenant) {
    var seen: Set<Owned> = []
    for entry in reading.sequence(node, "tokens") ?? [] {
      guard let token = token(entry, tenant) else { continue }
      guard seen.insert(Owned(serial: token.serial, owner: token.owner)).inserted else {
        reading.report(
          "duplicate-token", "token \(token.serial) stands twice among those of \(token.owner?.text ?? "nobody")",
          at: entry, hint: "keep one of the two")
        continue
      }
      tenant.apply(.tokenImported(token))
    }
  }

  private struct Owned: Hashable {
    let serial: String
    let owner: UPN?
  }

  private func token(_ node: Node, _ tenant: Tenant) -> OATHToken? {
    guard let fields = reading.fields(node, "a token", of: Grammar.token),
      let serial = fields["serial"].flatMap({ reading.words($0, "serial") })
    else { return nil }
    let interval = fields["interval"].flatMap { node in
      reading.value(node, "interval", takes: "30 or 60") { Int($0).flatMap { OATHToken.Interval(rawValue: $0) } }
    }
    let owner = fields["user"].flatMap { node in
      reading.upn(node, "user").flatMap { known($0, node, tenant) }
    }
    return OATHToken(
      serial: serial, secret: nil, interval: interval ?? .seconds30,
      manufacturer: fields["manufacturer"].flatMap { reading.words($0, "manufacturer") } ?? "",
      model: fields["model"].flatMap { reading.words($0, "model") } ?? "", owner: owner,
      isActive: fields["active"].flatMap { reading.flag($0, "active") } ?? true)
  }

  private func known(_ upn: UPN, _ node: Node, _ tenant: Tenant) -> UPN? {
    if tenant.user(upn) != nil { return upn }
    reading.report(
      "unknown-user", "the tenant has no user \(upn)", at: node,
      hint: Suggestion.hint(for: upn.text, among: tenant.users.map(\.upn.text), what: "its users are"))
    return nil
  }
}
