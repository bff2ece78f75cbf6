/// A sign-in that asks to be verified by a call.
public struct SignInRequest: Hashable, Sendable {
  public var upn: UPN
  /// Accept-Language of the browser, most wanted first; empty where there is none.
  public var languages: [Language]
  /// The first call to a number that is being registered (CALL-4).
  public var isRegistration: Bool

  public init(upn: UPN, languages: [Language] = [], isRegistration: Bool = false) {
    self.upn = upn
    self.languages = languages
    self.isRegistration = isRegistration
  }
}

/// Names a call within one service.
public struct CallID: Hashable, Comparable, Sendable {
  public let number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: CallID, right: CallID) -> Bool { left.number < right.number }
}

/// All that a call needs to be placed, as it was when dialling (CALL-16).
public struct CallRequest: Hashable, Sendable {
  public let upn: UPN
  public let phone: PhoneNumber
  /// `+CC number`
  public let callerID: String
  public let policy: CallPolicy
  public let prompts: PromptBook
  let lockout: Settings.Lockout
}

extension Tenant {
  /// The request for a call to `user` now.
  func callRequest(_ signIn: SignInRequest, _ user: User, _ phone: PhoneNumber, seed: UInt64) -> CallRequest {
    let choice = greetingChoice
    return CallRequest(
      upn: user.upn, phone: phone,
      callerID: CallerIDs.number(for: phone, own: settings.callerID.own?.full, seed: seed),
      policy: policy(for: signIn, phone),
      prompts: PromptBook(
        choice: choice, languages: choice.languages(signIn: signIn.languages, stored: user.language)),
      lockout: settings.lockout)
  }

  private func policy(for signIn: SignInRequest, _ phone: PhoneNumber) -> CallPolicy {
    CallPolicy(
      credential: settings.pin.mode ? .pin : .pound,
      purpose: signIn.isRegistration ? .registration(oneStep: settings.activation.oneStep) : .signIn,
      reporting: reporting, reportCode: settings.fraudAlert.code, route: route(to: phone),
      ringTimeout: settings.call.ringTimeout, answerGrace: settings.call.answerGrace,
      interDigit: settings.call.interDigit, maxAttempts: UInt8(clamping: settings.call.maxAttempts),
      limit: settings.call.limit)
  }

  private var reporting: CallPolicy.Reporting {
    guard settings.fraudAlert.enabled else { return .off }
    guard settings.fraudAlert.block else { return .atOnce }
    return .confirmingBlock(blocksUnconfirmed: settings.fraudAlert.unconfirmed == .block)
  }

  private func route(to phone: PhoneNumber) -> CallPolicy.Route {
    guard let phoneExtension = phone.phoneExtension else { return .direct }
    return phoneExtension.asksOperator || settings.extensions.operatorRequired ? .extensionOperator : .extensionTones
  }
}
