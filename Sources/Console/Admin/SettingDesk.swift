public import VerificationCore

/// Where the settings of a tenant are seen and changed, and what the configuration check finds.
public protocol SettingDesk: Sendable {
  func settings() async throws -> Settings
  func set(_ name: String, to value: SettingValue) async throws -> SettingDone
  /// To its default.
  func reset(_ name: String) async throws -> SettingDone
  func findings() async throws -> FoundInTenant
}

/// As a tenant file writes it.
public enum SettingValue: Hashable, Sendable {
  case text(String)
  /// Of a setting that is a list.
  case list([String])
}

public struct SettingDone: Hashable, Sendable {
  public let setting: String
  public let settings: Settings
  /// What is to be minded about it.
  public let warnings: [String]
  /// What the configuration check finds since then.
  public let news: FoundInTenant

  public init(_ setting: String, _ settings: Settings, warnings: [String], news: FoundInTenant) {
    (self.setting, self.settings, self.warnings, self.news) = (setting, settings, warnings, news)
  }
}

/// Findings, and the tenant that they are about.
public struct FoundInTenant: Hashable, Sendable {
  public let findings: [TenantFinding]
  public let tenant: Tenant

  public init(_ findings: [TenantFinding], in tenant: Tenant) { (self.findings, self.tenant) = (findings, tenant) }
}
