// A tenant as the events that make it: what a store begins with, and what it goes on from.
extension Tenant {
  /// Applied in turn to any tenant, they make one that is equal to this but for its records, which stay.
  ///
  /// - Parameter pins: who has a PIN, which is kept outside.
  public func recreation(pins: Set<UPN> = []) -> [TenantEvent] {
    var events: [TenantEvent] = [.setUp(.cleared), .setUp(.organisationChanged(organisation))]
    events += settingChanges.map { .setUp(.settingChanged($0)) }
    events += providers.map { .setUp(.providerNoted(name: $0)) }
    events += users.map { .setUp(.userSet($0)) }
    events += greetings.map { .setUp(.greetingAdded($0)) }
    events += locations.map { .setUp(.locationSet($0)) }
    events += tokens.map { .tokenImported($0) }
    events += pins.sorted().map { .setUp(.pinSet($0)) }
    events.append(.setUp(.registrationsCounted(registrations)))
    return events + standing
  }

  /// Those that differ from their defaults.
  public var settingChanges: [SettingChange] {
    Setting.all.compactMap { setting in
      let value = setting.value(in: settings)
      return value == setting.defaultValue ? nil : SettingChange(name: setting.name, value: value)
    }
  }

  /// What has been done to people and still counts.
  private var standing: [TenantEvent] {
    var events: [TenantEvent] = blocks.map { .userBlocked($0) }
    events += lockouts.sorted { $0.key < $1.key }.map { .wrongPINCounted($0.key, $0.value) }
    events += risks.map { .riskDetected($0) }
    for pass in passes.values.sorted(by: { $0.upn < $1.upn }) {
      events.append(.passIssued(pass))
      if pass.isUsed { events.append(.passUsed(pass.upn)) }
    }
    events += remembered.map { .clientRemembered($0) }
    for (upn, gates) in passedGates.sorted(by: { $0.key < $1.key }) {
      for method in Method.allCases {
        if let instant = gates[method] { events.append(.gatePassed(upn, method, at: instant)) }
      }
    }
    return events + calls
  }

  /// A call drops those before the window of that day, which was another one where it was changed since: none drops any
  /// where the window is as long as may be.
  private var calls: [TenantEvent] {
    guard !placedCalls.isEmpty, let window = Setting.named("call.window"),
      case .length(let range, _, _) = window.kind
    else { return [] }
    func set(_ value: String) -> TenantEvent {
      .setUp(.settingChanged(SettingChange(name: window.name, value: value)))
    }
    return [set(range.upperBound.decimalSeconds + "s")] + placedCalls.map { .callPlaced($0) }
      + [set(window.value(in: settings))]
  }
}
