// People and their methods, PINs and lockout (LOCK-1, REC-1, SIGN-2).
extension Tenant {
  func userFindings(at now: Instant) -> [TenantFinding] { users.flatMap { findings(about: $0, at: now) } }

  private func findings(about user: User, at now: Instant) -> [TenantFinding] {
    let registered = registeredMethods(of: user, at: now).filter { $0 != .pass }
    let usable = registered.filter(settings.allows)
    var findings: [TenantFinding] = []
    if let preferred = user.defaultMethod, !usable.contains(preferred) {
      findings.append(
        TenantFinding(
          .methodOff, .user(user.upn),
          registered.contains(preferred)
            ? "the default method of \(user.upn) is \(preferred.rawValue), but \(preferred.setting) is off"
            : "the default method of \(user.upn) is \(preferred.rawValue), but the user has none registered",
          remedy: "choose another default, or make this one usable"))
    }
    if registered.count < settings.registration.required {
      findings.append(
        TenantFinding(
          .tooFewForRegistration, .user(user.upn),
          "\(user.upn) has \(registered.count) of the \(settings.registration.required) methods that registration.required asks for, and cannot sign in",
          remedy: "register more, or ask for fewer"))
    }
    if settings.sspr.enabled, usable.count < settings.sspr.gates {
      findings.append(
        TenantFinding(
          .tooFewForReset, .user(user.upn),
          "\(user.upn) has \(usable.count) of the \(settings.sspr.gates) methods that a password reset verifies",
          remedy: "register another method for the user"))
    }
    return findings + numberOfMethods(user, usable) + impossibleNumbers(of: user)
  }

  /// Dialling these comes to nothing (NUM-4).
  private func impossibleNumbers(of user: User) -> [TenantFinding] {
    PhoneKind.allCases.compactMap { kind in
      user.phones[kind]?.impossibility.map { problem in
        TenantFinding(
          .numberImpossible, .user(user.upn), "the \(kind.name) number of \(user.upn): \(problem.said)",
          remedy: "\(problem.advice)")
      }
    }
  }

  /// A call and a text to the same telephone are lost together.
  private func numberOfMethods(_ user: User, _ usable: [Method]) -> [TenantFinding] {
    guard !usable.isEmpty else {
      return [
        TenantFinding(
          .noMethod, .user(user.upn), "\(user.upn) has no method that is on, and cannot be verified",
          remedy: "give the user a phone, an app or a key whose method is on")
      ]
    }
    let things = Set(usable.map { $0 == .text ? Method.call : $0 == .code ? .app : $0 })
    let hasSpare =
      things.count > 1 || (settings.methods.call && user.phones.all.count > 1) || user.apps.count > 1
      || user.passkeys.count > 1
    guard !hasSpare else { return [] }
    return [
      TenantFinding(
        .singleMethod, .user(user.upn),
        "\(user.upn) has a single way to be verified: without it only an admin can help",
        remedy: "register a second, as a security key or another telephone")
    ]
  }

  func pinFindings(_ hasPIN: (UPN) -> Bool) -> [TenantFinding] {
    guard settings.pin.mode else {
      guard settings.lockout != Settings.Lockout() else { return [] }
      return [
        TenantFinding(
          .lockoutUnused, .setting("lockout.denials"), "lockout counts wrong PINs only, and pin.mode is off",
          remedy: "turn pin.mode on, or leave lockout out")
      ]
    }
    let missing = users.filter { $0.phones.firstForCalls != nil && !hasPIN($0.upn) }.map { user in
      TenantFinding(
        .pinMissing, .user(user.upn), "\(user.upn) is asked for a PIN and has none", remedy: "give the user a pin")
    }
    guard deployment == .cloud else { return missing }
    return [
      TenantFinding(
        .pinInCloud, .setting("pin.mode"),
        "PINs and their lockout belong to an on-premises server, and the tenant is in the cloud",
        remedy: "turn pin.mode off, or set deployment to onPremises")
    ] + missing
  }

  var callFindings: [TenantFinding] {
    guard settings.call.limit < settings.call.ringTimeout + CallPolicy.playbackLimit else { return [] }
    return [
      TenantFinding(
        .limitBeforeRing, .setting("call.limit"),
        "a call that rings to the end of call.ringTimeout has no time left for its greeting",
        remedy: "make call.limit longer, or call.ringTimeout shorter")
    ]
  }
}
