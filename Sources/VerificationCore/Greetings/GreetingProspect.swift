/// Whether anybody would hear a greeting of the tenant's own for a message and a language, and if not, why.
public enum GreetingProspect: Hashable, Sendable {
  /// By so many users, where their sign-in asks for no other language.
  case heard(by: Int)
  /// Nobody is called, with these settings and users.
  case noCalls
  /// Calls play other messages; `instead` is the greeting that plays in its place.
  case neverPlays(instead: MessageType?)
  /// Nobody who is called hears this language unless a sign-in asks for it.
  case nobodySpeaks
  /// Who could hear it hears one in this language, which stands before it (MSG-4, MSG-5).
  case another(Language)
}

extension Tenant {
  /// Whether it is there already makes no difference.
  public func prospect(of message: MessageType, in language: Language) -> GreetingProspect {
    var tenant = self
    tenant.greetings.removeAll { $0.message == message && $0.language == language }
    tenant.greetings.append(CustomGreeting(message: message, language: language, length: .seconds(1)))
    return tenant.standing(of: message, in: language)
  }

  /// Of one that stands last.
  private func standing(of message: MessageType, in language: Language) -> GreetingProspect {
    let callers = users.filter { messages(for: $0).contains(message) }
    guard !callers.isEmpty else {
      let played = playedMessages
      return played.isEmpty ? .noCalls : .neverPlays(instead: message.counterpart(among: played))
    }
    var (hearers, inPlace) = (0, Language?.none)
    for caller in callers {
      let spoken = self.language(of: caller)
      guard spoken == language || greetingChoice.parent(of: spoken) == language else { continue }
      let heard = heard(message, in: spoken)
      if heard.source == .custom, heard.language == language {
        hearers += 1
      } else {
        inPlace = inPlace ?? heard.language
      }
    }
    if hearers > 0 { return .heard(by: hearers) }
    return inPlace.map { .another($0) } ?? .nobodySpeaks
  }
}
