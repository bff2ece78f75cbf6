import VerificationCore

/// A record that arrives in the room: what was written down, whole.
struct RecordCard {
  let kind: String
  /// In the public vocabulary, which is English.
  let title: String
  let user: UPN?
  /// The names of fields are ids, for a page to word.
  let fields: [(name: String, value: String?)]
  /// Why a sign-in ended as it did.
  var why: [SignInFinding] = []

  func event(id: Int, at: Milliseconds, call: CallID?) -> RoomEvent {
    RoomEvent(
      "record", at: at, call: call, user: user,
      [
        "kind": .text(kind), "title": .text(title), "id": .count(id),
        "fields": .list(
          fields.compactMap { field in
            field.value.map { .object(["name": .text(field.name), "value": .text($0)]) }
          } + why.map(\.field)),
      ])
  }
}

extension RecordCard {
  /// - Parameters:
  ///   - pass: the text of a pass that was just issued to somebody.
  /// - Returns: nil for what is not shown: a count that has no consequence yet.
  init?(_ event: TenantEvent, pass: (UPN) -> String?) {
    switch event {
    case .signInRecorded(let record): self.init(record)
    case .audited(let record): self.init(record)
    case .fraudReported(let report): self.init(kind: "report", title: "Fraud reported", user: report.upn, fields: [])
    case .mailSent(let mail):
      self.init(kind: "mail", title: mail.subject, user: mail.upn, fields: [("to", mail.to.text)])
    case .userBlocked(let block):
      self.init(
        kind: "block", title: "User blocked", user: block.upn,
        fields: [
          ("reason", block.reason), ("by", block.by == .user ? "user" : "admin"), ("since", block.since.description),
          ("until", block.until.description),
        ])
    case .userUnblocked(let upn, let reason):
      self.init(kind: "unblock", title: "User unblocked", user: upn, fields: [("reason", reason)])
    case .wrongPINCounted(let upn, let lockout):
      guard let until = lockout.lockedUntil else { return nil }
      self.init(
        kind: "lock", title: "Account locked", user: upn,
        fields: [("wrongPINs", "\(lockout.wrongPINs)"), ("until", until.description)])
    case .riskDetected(let risk):
      self.init(
        kind: "risk", title: risk.kind.rawValue, user: risk.upn,
        fields: [("level", risk.kind.level), ("source", risk.kind.source), ("state", risk.state.rawValue)])
    case .riskClosed(let upn, let state):
      self.init(kind: "riskClosed", title: state.rawValue, user: upn, fields: [("state", state.rawValue)])
    case .passIssued(let issued):
      self.init(
        kind: "pass", title: "Temporary access pass issued", user: issued.upn,
        fields: [
          ("pass", pass(issued.upn)), ("until", issued.until.description), ("once", issued.isOnce ? "true" : "false"),
        ])
    case .phoneSet(let upn, let kind, let number):
      self.init(
        kind: "phone", title: number == nil ? "Phone number deleted" : "Phone number set", user: upn,
        fields: [("phone", kind.rawValue), ("number", number?.masked)])
    case .appRegistered(let upn, let app):
      self.init(kind: "app", title: "App registered", user: upn, fields: [("device", app.device)])
    case .deviceRemoved(let upn, let device):
      self.init(kind: "app", title: "Device removed", user: upn, fields: [("device", device)])
    case .passkeyRegistered(let upn, let name):
      self.init(kind: "app", title: "Passkey registered", user: upn, fields: [("device", name)])
    case .accountEnabled(let upn, let isEnabled):
      self.init(kind: "other", title: isEnabled ? "Account enabled" : "Account disabled", user: upn, fields: [])
    case .callPlaced, .wrongPINsForgiven, .passwordChangeForced, .passwordChanged, .gatePassed, .clientRemembered,
      .sessionsRevoked, .registrationRequired, .methodsReset, .passUsed, .passDeleted, .tokenImported, .tokenActivated,
      .tokenDeleted, .setUp:
      return nil  // an audit record tells of it where one is due
    }
  }

  private init(_ record: SignInRecord) {
    self.init(
      kind: "signIn", title: record.text, user: record.upn,
      fields: [
        ("outcome", record.outcome.rawValue), ("method", record.method?.rawValue), ("number", record.number),
        ("errorCode", "\(record.errorCode)"), ("at", record.at.description),
      ])
    why = record.why
  }

  private init(_ record: AuditRecord) {
    self.init(
      kind: "audit", title: record.text, user: record.upn,
      fields: [("reason", record.reason), ("by", record.by.words), ("at", record.at.description)])
  }
}

extension SignInFinding {
  /// Where it has figures, `reason` and its sentence; else what stands behind the gate's name is the template.
  fileprivate var field: JSON {
    var field: [String: JSON] = [
      "name": "why", "value": .text("\(gate.rawValue): \(reason)"), "gate": .text(gate.rawValue),
    ]
    if !said.figures.isEmpty { field["sentences"] = .object(["reason": said.facts]) }
    return .object(field)
  }
}

extension AuditRecord.Actor {
  fileprivate var words: String {
    switch self {
    case .service: "service"
    case .person: "user"
    case .admin(let upn, let role): upn.map { "\($0) (\(role.rawValue))" } ?? role.rawValue
    }
  }
}

extension TenantEvent {
  /// Whose facts it may have changed.
  var changed: UPN? {
    switch self {
    case .userBlocked(let block): block.upn
    case .userUnblocked(let upn, _), .wrongPINCounted(let upn, _), .wrongPINsForgiven(let upn), .riskClosed(let upn, _),
      .accountEnabled(let upn, _), .passwordChangeForced(let upn), .passwordChanged(let upn),
      .registrationRequired(let upn), .methodsReset(let upn), .phoneSet(let upn, _, _), .appRegistered(let upn, _),
      .deviceRemoved(let upn, _), .passkeyRegistered(let upn, _), .passUsed(let upn), .passDeleted(let upn):
      upn
    case .riskDetected(let risk): risk.upn
    case .passIssued(let pass): pass.upn
    case .callPlaced, .signInRecorded, .audited, .fraudReported, .mailSent, .gatePassed, .clientRemembered,
      .sessionsRevoked, .tokenImported, .tokenActivated, .tokenDeleted, .setUp:
      nil
    }
  }
}
