/// Names a verification within one service: a call, a text message, a prompt at the page.
public struct CallID: Hashable, Comparable, Sendable {
  public let number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: CallID, right: CallID) -> Bool { left.number < right.number }
}

/// All that a call needs to be placed, as it was when dialling (CALL-16).
public struct CallRequest: Hashable, Sendable {
  public let signIn: SignInRequest
  public let phone: PhoneNumber
  /// `+CC number`
  public let callerID: String
  public let policy: CallPolicy
  public let prompts: PromptBook
  public let reporting: ReportingPlan
  let findings: [SignInFinding]
  /// What counts wrong PINs in it.
  package let lockout: Settings.Lockout

  public var upn: UPN { signIn.upn }
}

extension Tenant {
  /// The request for a call to `user` now.
  func callRequest(
    _ signIn: SignInRequest, _ user: User, _ phone: PhoneNumber, findings: [SignInFinding], seed: UInt64
  ) -> CallRequest {
    let plan = reporting(of: user, isPasswordless: signIn.isPasswordless)
    return CallRequest(
      signIn: signIn, phone: phone,
      callerID: CallerIDs.number(for: phone, own: settings.callerID.own?.full, seed: seed),
      policy: policy(for: signIn, phone, plan), prompts: prompts(for: signIn, user), reporting: plan,
      findings: findings, lockout: settings.lockout)
  }

  private func prompts(for signIn: SignInRequest, _ user: User) -> PromptBook {
    let choice = greetingChoice
    return PromptBook(
      choice: choice, languages: choice.languages(signIn: signIn.languages, stored: user.language))
  }

  private func policy(for signIn: SignInRequest, _ phone: PhoneNumber, _ plan: ReportingPlan) -> CallPolicy {
    CallPolicy(
      credential: settings.pin.mode ? .pin : .pound,
      purpose: signIn.isRegistration ? .registration(oneStep: settings.activation.oneStep) : .signIn,
      reporting: plan.inCall, reportCode: plan.code, route: route(to: phone),
      ringTimeout: settings.call.ringTimeout, answerGrace: settings.call.answerGrace,
      interDigit: settings.call.interDigit, maxAttempts: UInt8(clamping: settings.call.maxAttempts),
      limit: settings.call.limit)
  }

  private func route(to phone: PhoneNumber) -> CallPolicy.Route {
    guard let phoneExtension = phone.phoneExtension else { return .direct }
    return phoneExtension.asksOperator || settings.extensions.operatorRequired ? .extensionOperator : .extensionTones
  }
}
