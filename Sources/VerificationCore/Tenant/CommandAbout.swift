extension TenantCommand {
  /// The same about somebody else; as it is where it is about nobody.
  public func about(_ upn: UPN) -> TenantCommand {
    switch self {
    case .block(_, let reason): .block(upn, reason: reason)
    case .unblock(_, let reason): .unblock(upn, reason: reason)
    case .unlock: .unlock(upn)
    case .setEnabled(_, let isEnabled): .setEnabled(upn, isEnabled)
    case .forcePasswordChange: .forcePasswordChange(upn)
    case .revokeSessions: .revokeSessions(upn)
    case .resetMethods(_, let reason): .resetMethods(upn, reason: reason)
    case .requireRegistration(_, let reason): .requireRegistration(upn, reason: reason)
    case .deletePhone(_, let kind): .deletePhone(upn, kind)
    case .removeDevice(_, let device): .removeDevice(upn, device: device)
    case .dismissRisk: .dismissRisk(upn)
    case .confirmSafe: .confirmSafe(upn)
    case .confirmCompromised: .confirmCompromised(upn)
    case .issuePass(_, let minutes, let isOnce, let length):
      .issuePass(upn, minutes: minutes, isOnce: isOnce, length: length)
    case .deletePass: .deletePass(upn)
    case .registerPhone(_, let kind, let number): .registerPhone(upn, kind, number)
    case .registerApp(_, let device): .registerApp(upn, device: device)
    case .registerPasskey(_, let name): .registerPasskey(upn, name: name)
    case .changePassword: .changePassword(upn)
    case .importTokens, .activateToken, .deleteToken, .addProvider: self
    }
  }
}
