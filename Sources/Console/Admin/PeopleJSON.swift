import VerificationCore

extension PeopleList {
  var facts: JSON {
    .object([
      "users": .list(entries.map { .object(facts($0)) }), "total": .count(total),
      "next": .text(hasMore ? entries.last?.status.user.upn.text : nil),
    ])
  }

  private func facts(_ entry: Entry) -> [String: JSON] {
    let status = entry.status
    var facts = status.members(at: at)
    facts["wrongPINs"] = .count(status.wrongPINs)
    facts["pass"] = .text(status.passStanding?.word)
    facts["tokens"] = .count(status.tokens.count)
    facts["reported"] = .flag(entry.hasReported)
    return facts
  }
}

extension Pass.Standing {
  fileprivate var word: String {
    switch self {
    case .valid: "valid"
    case .expired: "expired"
    case .used: "used"
    }
  }
}
