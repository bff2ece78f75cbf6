// What can be heard in the calls of a tenant, with its settings and users as they are now (CALL-3, CALL-4).
extension Tenant {
  /// What may play in a call to this user, of a sign-in and of a registration, in the order of the catalogue.
  ///
  /// Nothing where the user has no telephone, or calls are off.
  public func messages(for user: User) -> [MessageType] {
    guard settings.allows(.call) else { return [] }
    var messages: Set<MessageType> = []
    for phone in user.phones.all {
      for purpose in [SignInRequest.Purpose.signIn, .registration] {
        let request = SignInRequest(upn: user.upn, purpose: purpose)
        messages.formUnion(callRequest(request, user, phone, findings: [], seed: 1).policy.messages)
      }
    }
    return MessageType.allCases.filter(messages.contains)
  }

  /// What may play in a call to anybody.
  public var playedMessages: Set<MessageType> { users.reduce(into: []) { $0.formUnion(messages(for: $1)) } }

  /// What a user is spoken to where the sign-in asks for nothing else (MSG-3).
  func language(of user: User) -> Language { user.language ?? language }

  /// What somebody hears who asks for this language alone.
  func heard(_ message: MessageType, in language: Language) -> Recording {
    greetingChoice.recording(for: message, languages: [language])
  }

  /// The custom greetings that nobody can hear, in their order.
  public var unheardGreetings: [UnheardGreeting] {
    let played = playedMessages
    return greetings.indices.compactMap { index in
      let greeting = greetings[index]
      let later = greetings.indices.last {
        greetings[$0].message == greeting.message && greetings[$0].language == greeting.language
      }
      if !played.contains(greeting.message) {
        let instead = greeting.message.counterpart(among: played)
        return UnheardGreeting(index: index, greeting: greeting, reason: .neverPlays(instead: instead))
      }
      guard let later, later != index else { return nil }
      return UnheardGreeting(index: index, greeting: greeting, reason: .replaced(by: later))
    }
  }
}

/// A custom greeting that nobody can hear.
public struct UnheardGreeting: Hashable, Sendable {
  /// Its position among the tenant's greetings.
  public let index: Int
  public let greeting: CustomGreeting
  public let reason: Reason

  public enum Reason: Hashable, Sendable {
    /// No call plays this message; `instead` is the greeting that plays in its place.
    case neverPlays(instead: MessageType?)
    /// The one at this position is for the same message and language, and plays (MSG-4).
    case replaced(by: Int)
  }
}

extension Recording {
  /// Whether somebody who asks for `language` is spoken to in it: `fr` will do for `fr-CA`.
  func isSpoken(in language: Language) -> Bool { self.language.parent == language.parent }
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
  /// The greeting that plays in place of this one: the plain form is not heard where fraud can be reported (CALL-3).
  public func counterpart(among played: some Sequence<MessageType>) -> MessageType? {
    let greetings: [MessageType] = [.greetingStandard, .greetingPIN, .fraudGreetingStandard, .fraudGreetingPIN]
    guard greetings.contains(self) else { return nil }
    let played = Set(played)
    return greetings.first { $0 != self && played.contains($0) }
  }
}
