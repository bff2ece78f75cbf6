// The decision chain (SIGN-1): one gate after the other, until one decides.
extension Tenant {
  /// - Parameter isVerifying: another sign-in of this user is being verified now (CALL-17).
  public func decide(_ request: SignInRequest, of user: User, isVerifying: Bool, at now: Instant) -> SignInDecision {
    var chain = SignInChain(tenant: self, request: request, user: user, isVerifying: isVerifying, now: now)
    return chain.run()
  }
}

/// One run through the gates.
struct SignInChain {
  let tenant: Tenant
  let request: SignInRequest
  let user: User
  let isVerifying: Bool
  let now: Instant
  /// Chosen by the gate of the method.
  var method: Method?

  var settings: Settings { tenant.settings }

  mutating func run() -> SignInDecision {
    var findings: [SignInFinding] = []
    findings.reserveCapacity(SignInGate.allCases.count)
    for gate in SignInGate.allCases {
      let finding = pass(gate)
      findings.append(finding)
      guard let outcome = finding.outcome else { continue }
      if outcome.kind == .admitted, let block = tenant.block(of: user.upn, at: now) {
        findings.append(
          SignInFinding(.blocked, nil, "blocked until \(block.until), which did not apply: nothing is verified"))
      }
      return SignInDecision(findings: findings, result: .decided(outcome))
    }
    guard let method else { preconditionFailure("the gate of the method chose one, or decided") }
    return SignInDecision(
      findings: findings, result: .verify(method, user.phones.number(for: method, asked: request.phone)))
  }

  private mutating func pass(_ gate: SignInGate) -> SignInFinding {
    switch gate {
    case .account: account
    case .risk: risk
    case .device: device
    case .required: required
    case .location: location
    case .remembered: remembered
    case .legacyClient: legacyClient
    case .registration: registration
    case .method: chooseMethod()
    case .blocked: blocked
    case .lockedOut: lockedOut
    case .duplicate: duplicate
    case .throttled: throttled
    case .verification: SignInFinding(.verification, nil, "verified by \(method?.named ?? Sentence("nothing"))")
    }
  }
}

// Before the question whether anything is verified.
extension SignInChain {
  private var account: SignInFinding {
    user.isEnabled
      ? SignInFinding(.account, nil, "the account is enabled")
      : SignInFinding(.account, .accountDisabled, "the account is disabled")
  }

  private var risk: SignInFinding {
    // A self-service reset is what such a user is asked for.
    if request.purpose == .passwordReset { return SignInFinding(.risk, nil, "this is the password reset itself") }
    if user.mustChangePassword {
      return SignInFinding(.risk, .passwordChangeRequired, "an admin forced a password change")
    }
    guard tenant.isAtRisk(user.upn) else { return SignInFinding(.risk, nil, "no risk is known") }
    switch settings.risk.policy {
    case .off: return SignInFinding(.risk, nil, "the user's risk is high, and no policy acts on it")
    case .block, .passwordChange:
      guard tenant.licence >= .p2 else {
        return SignInFinding(.risk, nil, "the user's risk is high; risk policies need the licence p2")
      }
    }
    return settings.risk.policy == .block
      ? SignInFinding(.risk, .riskBlocked, "the user's risk is high, and the policy blocks")
      : SignInFinding(.risk, .passwordChangeRequired, "the user's risk is high, and the policy asks for a new password")
  }

  private var device: SignInFinding {
    guard settings.conditionalAccess.compliantDevice else { return SignInFinding(.device, nil, "any device will do") }
    return request.isDeviceCompliant
      ? SignInFinding(.device, nil, "the device is compliant")
      : SignInFinding(.device, .deviceNotCompliant, "conditional access asks for a compliant device")
  }

  private var required: SignInFinding {
    if request.purpose != .signIn { return SignInFinding(.required, nil, "this is no sign-in, and always verified") }
    if isRequiredForUser { return SignInFinding(.required, nil, "the user's state is \(user.requirement.name)") }
    return settings.conditionalAccess.requireMFA
      ? SignInFinding(.required, nil, "conditional access asks everyone")
      : SignInFinding(.required, .notRequired, "the user's state is disabled, and conditional access asks nobody")
  }

  var isRequiredForUser: Bool { user.requirement != .disabled }

  private var remembered: SignInFinding {
    guard request.purpose == .signIn else { return SignInFinding(.remembered, nil, "this is no sign-in") }
    guard let days = tenant.rememberedDays(request) else {
      return SignInFinding(.remembered, nil, "\(tenant.whyNotRemembered(request, user))")
    }
    guard let client = tenant.remembered.last(where: { $0.upn == user.upn && $0.client == request.client }) else {
      return SignInFinding(.remembered, nil, "this client has not been verified before")
    }
    let until = client.since + .days(Int64(days))
    return now < until
      ? SignInFinding(.remembered, .skippedRemembered, "verified at \(client.since), remembered for \(days) days")
      : SignInFinding(.remembered, nil, "remembered until \(until), which is over")
  }

  private var legacyClient: SignInFinding {
    guard case .legacy(let hasAppPassword) = request.client else {
      return SignInFinding(.legacyClient, nil, "the client can ask for a verification")
    }
    guard settings.appPasswords.allowed else {
      return SignInFinding(
        .legacyClient, .appPasswordRequired, "the client knows passwords only; app passwords are off")
    }
    return hasAppPassword && user.hasAppPassword
      ? SignInFinding(.legacyClient, .skippedAppPassword, "the client gave the user's app password")
      : SignInFinding(.legacyClient, .appPasswordRequired, "the client knows passwords only, and gave no app password")
  }
}

// How it is verified, and whether it may be now.
extension SignInChain {
  private var registration: SignInFinding {
    // A pass is how one gets in to register; a registration call is the registration.
    let registered = tenant.registeredMethods(of: user, at: now)
    if request.purpose == .registration || (request.method == .pass && registered.contains(.pass)) {
      return SignInFinding(.registration, nil, "this sign-in is the way to register")
    }
    if user.mustRegister {
      return SignInFinding(.registration, .registrationRequired, "security information must be registered again")
    }
    let count = registered.count { $0 != .pass }
    if registered.isEmpty { return SignInFinding(.registration, .registrationRequired, "no method is registered") }
    guard count < settings.registration.required else {
      return SignInFinding(
        .registration, nil,
        count == 1 ? "\(count) method is registered" : "\(count) methods are registered")
    }
    return SignInFinding(
      .registration, .registrationRequired,
      "\(count) of the \(settings.registration.required) methods that registration.required asks for")
  }

  private mutating func chooseMethod() -> SignInFinding {
    let registered = tenant.registeredMethods(of: user, at: now)
    if let asked = request.method {
      if !settings.allows(asked) {
        return SignInFinding(.method, .methodUnavailable, "\(asked.named) was asked for; \(asked.setting) is off")
      }
      guard registered.contains(asked), reaches(asked) else {
        return SignInFinding(
          .method, .methodUnavailable,
          request.phone.map {
            "\(asked.named) for the \($0.name) number was asked for; the user has none registered"
          } ?? "\(asked.named) was asked for; the user has none registered")
      }
      method = asked
      return SignInFinding(.method, nil, "\(asked.named), as asked for")
    }
    // A pass is never offered by itself.
    let usable = registered.filter { settings.allows($0) && $0 != .pass && reaches($0) }
    if let preferred = user.defaultMethod, usable.contains(preferred) {
      method = preferred
      return SignInFinding(.method, nil, "\(preferred.named), the user's default")
    }
    guard let first = usable.first else {
      return SignInFinding(
        .method, .methodUnavailable,
        request.phone.map { "none of the user's methods is on and reaches the \($0.name) number" }
          ?? "none of the user's methods is on")
    }
    method = first
    return SignInFinding(
      .method, nil,
      user.defaultMethod.map { "\(first.named): the user's default, \($0.named), is not to be had" }
        ?? "\(first.named): the first of the user's")
  }

  /// Calls and texts need a number, and the one that was asked for (NUM-4).
  private func reaches(_ method: Method) -> Bool {
    switch method {
    case .call, .text: user.phones.number(for: method, asked: request.phone) != nil
    case .app, .code, .passkey, .pass: true
    }
  }

  private var blocked: SignInFinding {
    guard let block = tenant.block(of: user.upn, at: now) else {
      return SignInFinding(.blocked, nil, "the user is not blocked")
    }
    return SignInFinding(.blocked, .userBlocked, "blocked until \(block.until): \(block.reason)")
  }

  private var lockedOut: SignInFinding {
    guard let until = tenant.locked(user.upn, at: now) else {
      return SignInFinding(.lockedOut, nil, "the account is not locked")
    }
    return SignInFinding(.lockedOut, .lockedOut, "too many wrong PINs; locked until \(until)")
  }

  private var duplicate: SignInFinding {
    isVerifying
      ? SignInFinding(.duplicate, .duplicate, "another sign-in of the user is being verified")
      : SignInFinding(.duplicate, nil, "no other sign-in is being verified")
  }

  private var throttled: SignInFinding {
    guard method == .call,
      let number = method.flatMap({ user.phones.number(for: $0, asked: request.phone) }),
      tenant.isThrottled(user.upn, number: number.e164, at: now)
    else { return SignInFinding(.throttled, nil, "no limit is reached") }
    let call = settings.call
    return SignInFinding(
      .throttled, .throttled,
      call.maxPerWindow == 1
        ? "\(call.maxPerWindow) call to the user or number within \(call.window)"
        : "\(call.maxPerWindow) calls to the user or number within \(call.window)")
  }
}
