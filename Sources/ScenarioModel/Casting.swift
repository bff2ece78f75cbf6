public import VerificationCore

/// A scenario played in a tenant that is not its own, by somebody of that tenant.
public struct Casting: Sendable {
  /// With the tenant that it is played in, and who plays the one who signs in.
  public let scenario: Scenario

  /// - Parameters:
  ///   - scenario: its settings, and the devices and the PIN of who signs in, are taken over.
  ///   - stage: the tenant that it is played in.
  ///   - user: who is to play; else whoever has the name of the scenario's own, else the first with a telephone.
  public init(_ scenario: Scenario, in stage: Given, by user: UPN? = nil) {
    let (part, tenant) = (scenario.given.user, stage.tenant)
    let upn = user ?? (tenant.user(part) == nil ? tenant.users.first { $0.phone != nil }?.upn : part) ?? stage.user
    var cast = scenario
    cast.given = stage
    cast.given.user = upn
    cast.given.takeSettings(of: scenario.given)
    cast.given.takeBelongings(of: scenario.given, for: upn)
    cast.given.begun = scenario.given.begun.map { $0.upn == part ? $0.about(upn) : $0 }
    cast.steps = scenario.steps.map { $0.recast(from: part, to: upn) }
    cast.expect = scenario.expect.map { $0.recast(from: part, to: upn) }
    self.scenario = cast
  }
}

extension Given {
  /// Those that the script writes.
  fileprivate mutating func takeSettings(of script: Given) {
    for (name, place) in script.settingPlaces {
      guard let setting = Setting.named(name) else { continue }
      try? setting.set(setting.value(in: script.tenant.settings), in: &tenant.settings)
      settingPlaces[name] = place
    }
  }

  /// What the one who signs in has in the script, where it is not there already.
  fileprivate mutating func takeBelongings(of script: Given, for upn: UPN) {
    guard let place = tenant.users.firstIndex(where: { $0.upn == upn }),
      let part = script.tenant.user(script.user)
    else { return }
    if part.upn == upn { tenant.users[place].language = part.language }
    for app in part.apps where !tenant.users[place].apps.contains(where: { $0.device == app.device }) {
      let secret = tenant.nextSecret
      tenant.users[place].apps.append(AppRegistration(device: app.device, secret: secret))
    }
    let passkeys = part.passkeys.filter { !tenant.users[place].passkeys.contains($0) }
    tenant.users[place].passkeys += passkeys
    if pins[upn] == nil, let pin = script.pins[script.user] {
      pins[upn] = pin
      keptPINs.remove(upn)
    }
  }
}

extension Step {
  fileprivate func recast(from part: UPN, to upn: UPN) -> Step {
    var step = self
    switch verb {
    case .signIn(var signIn):
      if signIn.user == part { signIn.user = upn }
      step.verb = .signIn(signIn)
    case .admin(var admin):
      admin.commands = admin.commands.map { $0.upn == part ? $0.about(upn) : $0 }
      step.verb = .admin(admin)
    case .expect(let expectation): step.verb = .expect(expectation.recast(from: part, to: upn))
    case .cancelSignIn, .answer, .press, .wait, .waitForNext, .hangUp, .hear, .silence, .text, .noText, .enter, .resend,
      .reply, .app, .passkey, .register, .restore, .changePassword, .set, .fault, .skipped:
      break
    }
    return step
  }
}

extension Expectation {
  fileprivate func recast(from part: UPN, to upn: UPN) -> Expectation {
    var expectation = self
    if expectation.user.upn?.value == part { expectation.user.upn?.value = upn }
    return expectation
  }
}
