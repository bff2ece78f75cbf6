// Messages: in the wrong language, never heard, cut (MSG-3 to MSG-6, CALL-13).
extension Tenant {
  var greetingFindings: [TenantFinding] { missingLanguages + unusedGreetings + cutGreetings }

  private var missingLanguages: [TenantFinding] {
    var told: Set<Language> = []
    return users.flatMap { user -> [TenantFinding] in
      let wanted = language(of: user)
      guard !told.contains(wanted) else { return [] }
      let missing = messages(for: user).filter { !heard($0, in: wanted).isSpoken(in: wanted) }
      guard let first = missing.first else { return [] }
      told.insert(wanted)
      let other = heard(first, in: wanted).language
      let names = missing.map(\.rawValue)
      return [
        TenantFinding(
          .languageMissing, .user(user.upn),
          missing.count == 1
            ? "\(user.upn) speaks \(wanted) and hears \(other) for \(names)"
            : "\(user.upn) speaks \(wanted) and hears \(other) for \(missing.count) messages: \(names)",
          remedy: "add greetings of your own in \(wanted)", parts: Set(missing.map(\.rawValue)))
      ]
    }
  }

  private var unusedGreetings: [TenantFinding] {
    // Where nobody is called at all, that is not the greetings' fault.
    let isAnybodyCalled = !playedMessages.isEmpty
    return unheardGreetings.compactMap { unheard in
      let name = unheard.greeting.message.rawValue
      switch unheard.reason {
      case .neverPlays(let instead):
        guard isAnybodyCalled else { return nil }
        return TenantFinding(
          .greetingUnused, .greeting(unheard.index), "\(name) never plays with these settings and users",
          remedy: instead.map { "record it as \($0.rawValue), which plays instead" }
            ?? "remove it, or change the settings that it is for")
      case .replaced:
        return TenantFinding(
          .greetingUnused, .greeting(unheard.index),
          "another \(name) in \(unheard.greeting.language) stands further down, and plays in its place",
          remedy: "remove one of them")
      }
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
