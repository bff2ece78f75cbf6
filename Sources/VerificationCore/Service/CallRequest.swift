/// Names a verification within one service: a call, a text message, a prompt at the page.
public struct CallID: Hashable, Comparable, Sendable {
  public let number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: CallID, right: CallID) -> Bool { left.number < right.number }
}

/// All that a call needs to be placed, as it was when dialling (CALL-16).
public struct CallRequest: Hashable, Sendable {
  /// A call is looked up with every fact that reaches it: its request must be cheap to copy.
  private let terms: Shared<Terms>

  fileprivate struct Terms: Hashable {
    let signIn: SignInRequest
    let phone: PhoneNumber
    let maskedNumber: String
    let callerID: String
    let policy: CallPolicy
    let prompts: PromptBook
    let reporting: ReportingPlan
    let findings: [SignInFinding]
    let lockout: Settings.Lockout
  }

  fileprivate init(_ terms: Terms) { self.terms = Shared(terms) }

  public var signIn: SignInRequest { terms.value.signIn }
  public var phone: PhoneNumber { terms.value.phone }
  /// Of the phone.
  var maskedNumber: String { terms.value.maskedNumber }
  /// `+CC number`
  public var callerID: String { terms.value.callerID }
  public var policy: CallPolicy { terms.value.policy }
  public var prompts: PromptBook { terms.value.prompts }
  public var reporting: ReportingPlan { terms.value.reporting }
  var findings: [SignInFinding] { terms.value.findings }
  /// What counts wrong PINs in it.
  package var lockout: Settings.Lockout { terms.value.lockout }

  public var upn: UPN { terms.value.signIn.upn }
  /// Of the phone, as `PhoneNumber.e164`.
  public var e164: String { terms.value.phone.e164 }

  /// The recording for a message of the call (MSG-4).
  public func recording(for message: MessageType) -> Recording { terms.value.prompts.recording(for: message) }
}

extension Tenant {
  /// The request for a call to `user` now.
  func callRequest(
    _ signIn: SignInRequest, _ user: User, _ phone: PhoneNumber, findings: [SignInFinding], seed: UInt64
  ) -> CallRequest {
    let plan = reporting(of: user, isPasswordless: signIn.isPasswordless)
    return CallRequest(
      CallRequest.Terms(
        signIn: signIn, phone: phone, maskedNumber: phone.masked,
        callerID: CallerIDs.number(for: phone, own: settings.callerID.own?.full, seed: seed),
        policy: policy(for: signIn, phone, plan), prompts: prompts(for: signIn, user), reporting: plan,
        findings: findings, lockout: settings.lockout))
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
