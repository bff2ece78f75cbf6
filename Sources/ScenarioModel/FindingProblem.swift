public import VerificationCore

extension Problem {
  /// What the configuration check found; its place is where a file says it, and nil for a tenant that is in no file.
  public init(_ finding: TenantFinding, at place: SourcePlace?) {
    self.init(finding.id.rawValue, finding.message, at: place, hint: finding.remedy)
    severity =
      switch finding.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
  }
}
