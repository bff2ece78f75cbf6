import VerificationCore

extension Drawn {
  static let eventCount = 30
  static let setupCount = 13

  mutating func event() -> TenantEvent { event(number(below: Self.eventCount)) }

  /// One of each case, by its place.
  mutating func event(_ place: Int) -> TenantEvent {
    switch place {
    case 0: .callPlaced(PlacedCall(upn: name(), number: text(), at: instant()))
    case 1: .signInRecorded(signIn())
    case 2: .audited(audit())
    case 3: .fraudReported(FraudReport(upn: name(), at: instant()))
    case 4: .mailSent(mail())
    case 5: .userBlocked(Block(upn: name(), reason: text(), by: flag() ? .admin : .user, since: instant()))
    case 6: .userUnblocked(name(), reason: text())
    case 7:
      .wrongPINCounted(
        name(), Lockout(wrongPINs: number(below: 9), last: instant(), lockedUntil: maybe { $0.instant() }))
    case 8: .wrongPINsForgiven(name())
    case 9:
      .riskDetected(
        RiskDetection(
          upn: name(), at: instant(), kind: one(of: RiskDetection.Kind.allCases),
          state: one(of: RiskDetection.State.allCases)))
    case 10: .riskClosed(name(), one(of: RiskDetection.State.allCases))
    case 11: .accountEnabled(name(), flag())
    case 12: .passwordChangeForced(name())
    case 13: .passwordChanged(name())
    case 14: .gatePassed(name(), one(of: Method.allCases), at: instant())
    case 15: .clientRemembered(RememberedClient(upn: name(), client: client(), since: instant()))
    case 16: .sessionsRevoked(name())
    case 17: .registrationRequired(name())
    case 18: .methodsReset(name())
    case 19: .phoneSet(name(), one(of: PhoneKind.allCases), maybe { $0.phone() })
    case 20: .appRegistered(name(), AppRegistration(device: text(), secret: AppSecret(number(below: 99))))
    case 21: .deviceRemoved(name(), device: text())
    case 22: .passkeyRegistered(name(), name: text())
    case 23:
      .passIssued(Pass(upn: name(), issued: instant(), lifetime: length(), isOnce: flag(), isUsed: flag()))
    case 24: .passUsed(name())
    case 25: .passDeleted(name())
    case 26: .tokenImported(token())
    case 27: .tokenActivated(serial: text())
    case 28: .tokenDeleted(serial: text())
    default: .setUp(setup(number(below: Self.setupCount)))
    }
  }

  mutating func setup(_ place: Int) -> SetupEvent {
    switch place {
    case 0: .cleared
    case 1:
      .organisationChanged(
        Organisation(
          name: text(), federation: one(of: Tenant.Federation.allCases),
          deployment: one(of: Tenant.Deployment.allCases), licence: one(of: Tenant.Licence.allCases),
          language: language()))
    case 2: .settingChanged(setting())
    case 3: .providerNoted(name: text())
    case 4: .userSet(user())
    case 5: .greetingAdded(greeting())
    case 6: .greetingDeleted(one(of: MessageType.allCases), language())
    case 7: .locationSet(location())
    case 8: .locationDeleted(name: text())
    case 9: .tokenAssigned(serial: text(), to: maybe { $0.name() })
    case 10: .pinSet(name())
    case 11: .pinDeleted(name())
    default: .registrationsCounted(number(below: 999))
    }
  }
}

extension TenantEvent {
  /// A case that comes to be in the core does not compile here until it is drawn above.
  var place: Int {
    switch self {
    case .callPlaced: 0
    case .signInRecorded: 1
    case .audited: 2
    case .fraudReported: 3
    case .mailSent: 4
    case .userBlocked: 5
    case .userUnblocked: 6
    case .wrongPINCounted: 7
    case .wrongPINsForgiven: 8
    case .riskDetected: 9
    case .riskClosed: 10
    case .accountEnabled: 11
    case .passwordChangeForced: 12
    case .passwordChanged: 13
    case .gatePassed: 14
    case .clientRemembered: 15
    case .sessionsRevoked: 16
    case .registrationRequired: 17
    case .methodsReset: 18
    case .phoneSet: 19
    case .appRegistered: 20
    case .deviceRemoved: 21
    case .passkeyRegistered: 22
    case .passIssued: 23
    case .passUsed: 24
    case .passDeleted: 25
    case .tokenImported: 26
    case .tokenActivated: 27
    case .tokenDeleted: 28
    case .setUp: 29
    }
  }

  /// What stands in a log and not among the events.
  var isOfALog: Bool {
    switch self {
    case .signInRecorded, .audited, .mailSent: true
    default: false
    }
  }
}

extension SetupEvent {
  var place: Int {
    switch self {
    case .cleared: 0
    case .organisationChanged: 1
    case .settingChanged: 2
    case .providerNoted: 3
    case .userSet: 4
    case .greetingAdded: 5
    case .greetingDeleted: 6
    case .locationSet: 7
    case .locationDeleted: 8
    case .tokenAssigned: 9
    case .pinSet: 10
    case .pinDeleted: 11
    case .registrationsCounted: 12
    }
  }
}
