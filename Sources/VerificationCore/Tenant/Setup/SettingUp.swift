// Commands that set a tenant up.
extension Tenant {
  /// The events that a command leads to now.
  public func decide(
    _ command: SetupCommand, by admin: Admin = Admin(), at now: Instant
  ) throws(CommandRefusal) -> [TenantEvent] {
    for needed in command.leastRoles.sorted(by: { $0.rawValue < $1.rawValue }) where !admin.role.mayAct(as: needed) {
      throw .roleMissing(needed: needed)
    }
    let found = try decided(command)
    let record = AuditRecord(
      at: now, activity: found.activity, upn: found.upn, reason: found.detail, by: .admin(admin.upn, admin.role))
    return found.events + [.audited(record)]
  }

  /// What a command leads to, and how the audit log tells it.
  private struct Decided {
    var events: [TenantEvent]
    var activity: AuditRecord.Activity
    var upn: UPN?
    var detail: String?

    init(_ events: [SetupEvent], _ activity: AuditRecord.Activity, _ upn: UPN? = nil, _ detail: String? = nil) {
      self.init(all: events.map(TenantEvent.setUp), activity, upn, detail)
    }

    init(all events: [TenantEvent], _ activity: AuditRecord.Activity, _ upn: UPN?, _ detail: String?) {
      (self.events, self.activity, self.upn, self.detail) = (events, activity, upn, detail)
    }
  }

  private func decided(_ command: SetupCommand) throws(CommandRefusal) -> Decided {
    switch command {
    case .changeOrganisation(let change): return changed(change)
    case .changeSettings(let changes): return try changed(changes)
    case .addEntries(let setting, let entries):
      let change = try adding(entries, to: setting)
      return Decided(
        [.settingChanged(change)], .settingsChanged, nil, "\(setting): added \(entries.joined(separator: ", "))")
    case .deleteEntries(let setting, let entries):
      let change = try deleting(entries, from: setting)
      return Decided(
        [.settingChanged(change)], .settingsChanged, nil, "\(setting): deleted \(entries.joined(separator: ", "))")
    case .addUser(let user): return try added(user)
    case .changeUser(let upn, let change):
      let user = change.applied(to: try known(upn))
      try refuse(name: change.name, change.groups ?? [], method: change.defaultMethod ?? nil)
      return Decided([.userSet(user)], .userChanged, upn, change.told)
    case .setPhone(let upn, let kind, let number):
      var phones = try known(upn).phones
      phones[kind] = number
      try refuse(phones, kind)
      return Decided(all: [.phoneSet(upn, kind, number)], .phoneSet, upn, kind.rawValue)
    case .addGreeting(let greeting):
      return Decided(
        [.greetingAdded(greeting)], .greetingAdded, nil, "\(greeting.message.rawValue) \(greeting.language)")
    case .deleteGreeting(let message, let language):
      guard greetings.contains(where: { $0.message == message && $0.language == language }) else {
        throw .noSuchGreeting(message, language)
      }
      return Decided([.greetingDeleted(message, language)], .greetingDeleted, nil, "\(message.rawValue) \(language)")
    case .setLocation(let location): return Decided([.locationSet(location)], .locationSet, nil, location.name)
    case .addLocation(let location):
      guard self.location(location.name) == nil else { throw .locationExists(location.name) }
      return Decided([.locationSet(location)], .locationSet, nil, location.name)
    case .changeLocation(let name, let change):
      guard var location = location(name) else { throw .noSuchLocation(name) }
      location.ranges = change.ranges ?? location.ranges
      location.isTrusted = change.isTrusted ?? location.isTrusted
      return Decided([.locationSet(location)], .locationSet, nil, name)
    case .deleteLocation(let name):
      guard location(name) != nil else { throw .noSuchLocation(name) }
      return Decided([.locationDeleted(name: name)], .locationDeleted, nil, name)
    case .assignToken(let serial, let upn): return try assigned(serial, to: upn)
    case .setPIN(let upn, let isReportCode):
      _ = try known(upn)
      if isReportCode { throw .pinIsReportCode }
      return Decided([.pinSet(upn)], .pinSet, upn)
    case .deletePIN(let upn, let isThere):
      _ = try known(upn)
      guard isThere else { throw .noPIN }
      return Decided([.pinDeleted(upn)], .pinDeleted, upn)
    }
  }

  private func location(_ name: String) -> NamedLocation? { locations.first { $0.name == name } }

  private func known(_ upn: UPN) throws(CommandRefusal) -> User {
    guard let user = user(upn) else { throw .unknownUser(upn) }
    return user
  }

  private func added(_ user: User) throws(CommandRefusal) -> Decided {
    guard self.user(user.upn) == nil else { throw .userExists(user.upn) }
    try refuse(name: user.name, user.groups, method: user.defaultMethod)
    for kind in PhoneKind.allCases { try refuse(user.phones, kind) }
    guard user.apps.count <= OATHToken.maxPerUser else { throw .tooManyTokens }
    return Decided([.userSet(user)], .userAdded, user.upn)
  }

  private func refuse(name: String?, _ groups: [String], method: Method?) throws(CommandRefusal) {
    if name?.isBlank == true { throw .noName }
    if groups.contains(where: \.isBlank) { throw .groupWithoutName }
    if method == .pass { throw .passAsDefault }
  }

  /// The number of this kind, beside the others (NUM-4).
  private func refuse(_ phones: Phones, _ kind: PhoneKind) throws(CommandRefusal) {
    if let problem = phones[kind]?.impossibility { throw .number(kind, problem) }
    if let mistake = phones.mistake { throw .phones(mistake) }
  }

  private func changed(_ change: OrganisationChange) -> Decided {
    var organisation = self.organisation
    if let name = change.name { organisation.name = name }
    if let federation = change.federation { organisation.federation = federation }
    if let deployment = change.deployment { organisation.deployment = deployment }
    if let licence = change.licence { organisation.licence = licence }
    if let language = change.language { organisation.language = language }
    return Decided([.organisationChanged(organisation)], .organisationChanged, nil, organisation.name)
  }

  private func changed(_ changes: [SettingChange]) throws(CommandRefusal) -> Decided {
    var settings = self.settings
    var events: [SetupEvent] = []
    for change in changes {
      guard let setting = Setting.named(change.name) else { throw .noSuchSetting(change.name) }
      do throws(Setting.WrongValue) {
        try setting.set(change.value, in: &settings)
      } catch {
        throw .wrongSetting(error)
      }
      // As it would be written, whatever spelling was asked for.
      events.append(.settingChanged(SettingChange(name: change.name, value: setting.value(in: settings))))
    }
    let told = events.compactMap { event in
      if case .settingChanged(let change) = event { "\(change.name): \(change.value)" } else { nil }
    }
    return Decided(events, .settingsChanged, nil, told.joined(separator: "; "))
  }

  private func assigned(_ serial: String, to upn: UPN?) throws(CommandRefusal) -> Decided {
    let having = tokens.having(serial: serial)
    guard let token = having.first else { throw .noSuchToken(serial: serial) }
    guard having.count == 1 else { throw .tokenIsShared(serial: serial) }
    if let upn {
      _ = try known(upn)
      if token.owner != upn, tokensAndApps(of: upn) >= OATHToken.maxPerUser { throw .tooManyTokens }
    }
    return Decided([.tokenAssigned(serial: serial, to: upn)], .tokenAssigned, upn ?? token.owner, serial)
  }
}

extension Tenant {
  public var organisation: Organisation {
    Organisation(name: name, federation: federation, deployment: deployment, licence: licence, language: language)
  }

  mutating func apply(_ event: SetupEvent) {
    switch event {
    case .cleared: clear()
    case .organisationChanged(let organisation):
      (name, language) = (organisation.name, organisation.language)
      (federation, deployment, licence) = (organisation.federation, organisation.deployment, organisation.licence)
    // The value was taken when it was decided.
    case .settingChanged(let change):
      try? Setting.named(change.name)?.set(change.value, in: &settings)
      forgetOldCalls()
    case .providerNoted(let name): providers.append(name)
    case .userSet(let user): users.set(user)
    case .greetingAdded(let greeting):
      greetings.removeAll { $0.message == greeting.message && $0.language == greeting.language }
      greetings.append(greeting)
    case .greetingDeleted(let message, let language):
      greetings.removeAll { $0.message == message && $0.language == language }
    case .locationSet(let location):
      if let index = locations.firstIndex(where: { $0.name == location.name }) {
        locations[index] = location
      } else {
        locations.append(location)
      }
    case .locationDeleted(let name): locations.removeAll { $0.name == name }
    case .tokenAssigned(let serial, let upn): tokens.change(serial: serial) { $0.owner = upn }
    case .pinSet, .pinDeleted: break  // kept outside
    case .registrationsCounted(let count): noteRegistrations(count)
    }
  }
}
