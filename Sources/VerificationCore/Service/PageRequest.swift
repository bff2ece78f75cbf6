/// A verification at the sign-in page: by text message, or by a challenge.
public struct PageRequest: Hashable, Sendable {
  public let signIn: SignInRequest
  public let method: Method
  /// Where the text goes; nil for a challenge.
  public let phone: PhoneNumber?
  /// What a text of it says, beside the code.
  public let form: TextForm
  public let reporting: ReportingPlan
  let findings: [SignInFinding]

  public var upn: UPN { signIn.upn }
}

/// What the texts of one verification say and who sends them, as it is when it begins (SMS-4, SMS-6).
public struct TextForm: Hashable, Sendable {
  /// Most wanted first.
  let languages: [Language]
  let tenantLanguage: Language
  let match: GreetingChoice.Match
  let organisation: String
  let domain: WebDomain?

  public func message(_ code: TextMessage.Code) -> TextMessage {
    TextMessage(
      code: code, languages: languages, tenantLanguage: tenantLanguage, match: match, organisation: organisation,
      domain: domain)
  }
}

/// Where a verification at the page stands.
public enum PageState: Hashable, Sendable {
  case text(TextState, TextPolicy)
  case challenge(ChallengeState, ChallengePolicy)

  public var outcome: Outcome? {
    switch self {
    case .text(let state, _): state.outcome
    case .challenge(let state, _): state.outcome
    }
  }
}

/// A fact that reaches a verification at the page.
public enum PageInput: Hashable, Sendable {
  case text(TextInput)
  case challenge(ChallengeInput)
}

/// A deadline of a verification at the page.
public enum PageTimer: Hashable, Sendable {
  case text(TextTimer)
  case challenge

  /// What its firing is.
  public var input: PageInput {
    switch self {
    case .text(let timer): .text(.timerFired(timer))
    case .challenge: .challenge(.timedOut)
    }
  }
}

/// What a driver is to carry out for a verification at the page.
public enum PageOrder: Hashable, Sendable {
  /// Make a new code and send it.
  case send(CodeNumber)
  /// Notify the devices, or show the field.
  case ask
  case schedule(PageTimer, at: Instant)
  case cancel(PageTimer)
}

extension Tenant {
  /// The request and the state for a verification of `user` at the page now.
  func pageRequest(
    _ signIn: SignInRequest, _ user: User, _ method: Method, _ phone: PhoneNumber?, findings: [SignInFinding]
  ) -> (PageRequest, PageState) {
    let request = PageRequest(
      signIn: signIn, method: method, phone: phone,
      form: TextForm(
        languages: greetingChoice.languages(signIn: signIn.languages, stored: user.language),
        tenantLanguage: language, match: settings.greeting.languageMatch, organisation: name,
        domain: settings.sms.domain),
      reporting: reporting(of: user, isPasswordless: signIn.isPasswordless), findings: findings)
    return (request, pageState(method))
  }

  private func pageState(_ method: Method) -> PageState {
    let page = settings.page.timeout
    switch method {
    case .text, .call:
      let (sms, tries) = (settings.sms, UInt8(clamping: settings.sms.tries))
      return .text(
        .idle,
        TextPolicy(
          lifetime: sms.lifetime, tries: tries, resendAfter: sms.resendAfter, isTwoWay: sms.twoWay, pageTimeout: page))
    case .app:
      return .challenge(
        .idle, ChallengePolicy(.app(matchesNumber: settings.app.numberMatching), timeout: settings.app.timeout))
    case .code:
      return .challenge(.idle, ChallengePolicy(.code, tries: UInt8(clamping: settings.code.tries), timeout: page))
    case .passkey: return .challenge(.idle, ChallengePolicy(.passkey, timeout: page))
    case .pass:
      return .challenge(.idle, ChallengePolicy(.pass, tries: UInt8(clamping: settings.code.tries), timeout: page))
    }
  }
}
