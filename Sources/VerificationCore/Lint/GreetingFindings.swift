// Messages: in the wrong language, never heard, cut (MSG-3 to MSG-6, CALL-13).
extension Tenant {
  var greetingFindings: [TenantFinding] { missingLanguages + unusedGreetings + cutGreetings }

  /// What may play in a call to this user, of a sign-in and of a registration.
  private func messages(for user: User) -> [MessageType] {
    guard let phone = user.phones.firstForCalls else { return [] }
    var messages: [MessageType] = []
    for purpose in [SignInRequest.Purpose.signIn, .registration] {
      let request = SignInRequest(upn: user.upn, purpose: purpose)
      messages += callRequest(request, user, phone, findings: [], seed: 1).policy.messages
    }
    return MessageType.allCases.filter(messages.contains)
  }

  private var missingLanguages: [TenantFinding] {
    var told: Set<Language> = []
    return users.flatMap { user -> [TenantFinding] in
      let languages = greetingChoice.languages(signIn: [], stored: user.language)
      guard let wanted = languages.first, !told.contains(wanted) else { return [] }
      let missing = messages(for: user).filter { message in
        greetingChoice.recording(for: message, languages: languages).language.parent != wanted.parent
      }
      guard let first = missing.first else { return [] }
      told.insert(wanted)
      let heard = greetingChoice.recording(for: first, languages: languages).language
      let names = missing.map(\.rawValue).joined(separator: ", ")
      return [
        TenantFinding(
          .languageMissing, .user(user.upn),
          "\(user.upn) speaks \(wanted) and hears \(heard) for \(missing.count == 1 ? names : "\(missing.count) messages: \(names)")",
          remedy: "add greetings of your own in \(wanted)")
      ]
    }
  }

  /// The plain greeting is not heard where fraud can be reported: people then hear the fraud form (CALL-3).
  private var unusedGreetings: [TenantFinding] {
    let played = Set(users.flatMap(messages(for:)))
    guard !played.isEmpty else { return [] }
    return greetings.indices.filter { !played.contains(greetings[$0].message) }.map { index in
      let message = greetings[index].message
      return TenantFinding(
        .greetingUnused, .greeting(index), "\(message.rawValue) never plays with these settings and users",
        remedy: message.counterpart(among: played).map { "record it as \($0.rawValue), which plays instead" }
          ?? "remove it, or change the settings that it is for")
    }
  }

  private var cutGreetings: [TenantFinding] {
    greetings.indices.filter { greetings[$0].length >= CallPolicy.playbackLimit }.map { index in
      TenantFinding(
        .greetingCut, .greeting(index),
        "\(greetings[index].message.rawValue) lasts \(greetings[index].length) and is cut at \(CallPolicy.playbackLimit)",
        remedy: "record it again, shorter than \(CallPolicy.playbackLimit)")
    }
  }
}

extension CallPolicy {
  /// Every message that may play under this policy.
  var messages: [MessageType] {
    let report: [MessageType] =
      switch reporting {
      case .off: []
      case .atOnce: [.fraudReported]
      case .confirmingBlock: [.fraudConfirmation, .fraudReported]
      }
    let reaching: [MessageType] =
      switch route {
      case .direct: []
      case .extensionTones: [.extensionPromptBeforeDigits, .extensionPromptAfterDigits]
      case .extensionOperator: [.extensionPromptBeforeDigits, .extensionPrompt]
      }
    let isSignIn = purpose == .signIn
    return reaching + [greeting, .authenticationDeniedRetry, retry, .authenticationDenied, .authenticationSuccessful]
      + (isSignIn ? report : [])
  }
}

extension MessageType {
  /// The greeting that plays in place of this one.
  fileprivate func counterpart(among played: Set<MessageType>) -> MessageType? {
    let greetings: [MessageType] = [.greetingStandard, .greetingPIN, .fraudGreetingStandard, .fraudGreetingPIN]
    guard greetings.contains(self) else { return nil }
    return greetings.first { $0 != self && played.contains($0) }
  }
}
