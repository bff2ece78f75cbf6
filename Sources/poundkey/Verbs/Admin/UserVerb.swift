import ArgumentParser

struct UserVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "The people of a tenant: add, look, change, and what helps who lost a phone.",
    discussion: "Example: poundkey user show helga@larkspur.example --tenant larkspur.poundkey",
    subcommands: [
      UserAddVerb.self, UserListVerb.self, UserShowVerb.self, UserSetVerb.self, UserDisableVerb.self,
      UserEnableVerb.self, UserForcePasswordChangeVerb.self, UserResetMethodsVerb.self,
      UserRequireRegistrationVerb.self, UserRevokeSessionsVerb.self, UserUnlockVerb.self, UserRemoveDeviceVerb.self,
    ])
}
