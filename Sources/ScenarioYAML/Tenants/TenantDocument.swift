public import VerificationCore

/// A whole tenant as a tenant file: the same tenant makes the same bytes.
///
/// It lies as `FileFormat` lays it out, and `ScenarioReader.import` makes the same tenant of it, but for what is secret
/// and what is a record: a PIN is `kept`, a token has no key, and there is no history.
public struct TenantDocument: Sendable {
  public var tenant: Tenant
  /// Who has a PIN.
  public var keptPINs: Set<UPN>
  /// For each greeting of the tenant the file that holds its sound, from where the document is; nil tells its length.
  public var greetingFiles: [String?]
  /// A comment for the first line, without its `#`, such as `FileSchema.modeline`; nil for none.
  public var modeline: String?

  /// - Parameter greetingFile: asked for each greeting of the tenant, in their order.
  public init(
    tenant: Tenant, keptPINs: Set<UPN> = [], modeline: String? = nil,
    greetingFile: (CustomGreeting) -> String? = { _ in nil }
  ) {
    self.tenant = tenant
    self.keptPINs = keptPINs
    self.modeline = modeline
    greetingFiles = tenant.greetings.map(greetingFile)
  }

  public var text: String {
    var layout = TenantLayout(tenant)
    layout.keptPINs = keptPINs
    layout.greetingFiles = greetingFiles
    return LayoutWriter.text(LayoutTree(.block(layout.entries), head: modeline.map { [$0] } ?? []))
  }
}
