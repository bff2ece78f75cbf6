/// What a person would hear for a message, and whether a call plays that message at all.
public struct GreetingAnswer: Hashable, Sendable {
  public let tenant: String
  public let wanted: WantedLanguages
  public let search: GreetingSearch
  /// Whose calls `plays` is about; nil is anybody's.
  public let user: UPN?
  /// Whether the message can play in such a call, with the settings as they are.
  public let plays: Bool
  /// Where it does not: the greeting that plays in its place, if one does.
  public let instead: MessageType?
}

extension Tenant {
  /// - Parameters:
  ///   - user: who is called; nil is somebody of whom no more is known than `stored`.
  ///   - signIn: the languages of the sign-in, most wanted first.
  ///   - stored: the stored language of a person who is no user of the tenant.
  public func greetingAnswer(
    for message: MessageType, to user: User? = nil, signIn: [Language], stored: Language? = nil
  ) -> GreetingAnswer {
    let choice = greetingChoice
    let wanted = choice.wanted(signIn: signIn, stored: user?.language ?? stored)
    let played = user.map { Set(messages(for: $0)) } ?? playedMessages
    let plays = played.contains(message)
    return GreetingAnswer(
      tenant: name, wanted: wanted, search: choice.search(for: message, languages: wanted.languages), user: user?.upn,
      plays: plays,
      instead: plays ? nil : message.counterpart(among: played))
  }
}
