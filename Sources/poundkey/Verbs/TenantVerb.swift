import ArgumentParser

struct TenantVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant", abstract: "Make a simulated tenant, and check how it is set up.",
    discussion: """
      Examples:
        poundkey tenant init my.yaml
        poundkey tenant lint my.yaml
        poundkey tenant show --tenant larkspur.poundkey
      """,
    subcommands: [
      TenantInitVerb.self, TenantShowVerb.self, TenantSetVerb.self, TenantExportVerb.self,
      TenantImportVerb.self, TenantLintVerb.self, TenantCheckVerb.self,
    ])
}
