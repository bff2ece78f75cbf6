import ScenarioModel
import VerificationCore

/// Reads a CSV file of hardware tokens that a scenario or a tenant names.
struct TokenFileReader {
  let reading: Reading

  /// With whatever is wrong in its rows: an import tells these by itself.
  func file(_ node: Node, _ what: String) -> OATHFile? {
    guard let name = reading.string(node, what) else { return nil }
    let path = RelativePath.resolve(name, from: node)
    do throws(SourceFailure) {
      guard let bytes = try reading.shelf?.bytes(path) else { throw .missing }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        reading.report("wrong-tokens", "\(name) is not UTF-8", at: node)
        return nil
      }
      return OATHFile(text)
    } catch {
      reading.report("unreadable", "\(name) \(error.reason)", at: node, hint: error.hint)
      return nil
    }
  }

  /// Tokens that a tenant has from the start, activated: every row must be good, as it would be in an upload.
  func give(_ node: Node, to tenant: inout Tenant) {
    guard let file = file(node, "tokens") else { return }
    for event in (try? tenant.decide(.importTokens(file), at: .virtualStart)) ?? [] {
      switch event {
      case .audited(let record) where record.activity == .tokenRejected:
        reading.report("wrong-tokens", "the tokens: \(record.reason ?? "")", at: node)
      case .tokenImported(var token):
        token.isActive = true
        tenant.apply(.tokenImported(token))
      default: continue  // what an upload writes down is no history of the tenant's
      }
    }
  }
}
