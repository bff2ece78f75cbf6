// Features that are gone, or will be (TEN-9, TEN-11, SMS-2). Dates only warn: nothing is switched off.
extension Tenant {
  func retirementFindings(at now: Instant) -> [TenantFinding] {
    usedRetiredFeatures.compactMap { feature in
      guard let day = Instant(iso8601: feature.day) else { return nil }
      if now >= day {
        return TenantFinding(
          .retired, feature.subject, "\(feature.name) \(feature.verb) since \(feature.day)", remedy: feature.remedy)
      }
      guard day < now + .days(366) else { return nil }
      return TenantFinding(
        .retiresSoon, feature.subject, "\(feature.name) will be gone on \(feature.day)", remedy: feature.remedy)
    }
  }

  private struct RetiredFeature {
    let name: String
    var verb = "is gone"
    let day: String
    let subject: TenantFinding.Subject
    let remedy: String
  }

  private var usedRetiredFeatures: [RetiredFeature] {
    var features: [RetiredFeature] = []
    if settings.fraudAlert.enabled {
      features.append(
        RetiredFeature(
          name: "fraud alert", day: "2025-03-01", subject: .setting("fraudAlert.enabled"),
          remedy: "use reportActivity.state: enabled"))
    }
    if !settings.fraudAlert.notify.isEmpty {
      features.append(
        RetiredFeature(
          name: "the notification list", day: "2025-03-01", subject: .setting("fraudAlert.notify"),
          remedy: "have risk detections send mails"))
    }
    if settings.sms.twoWay {
      features.append(
        RetiredFeature(
          name: "two-way text messages", verb: "are gone", day: "2018-11-14", subject: .setting("sms.twoWay"),
          remedy: "turn it off: codes are typed at the sign-in page, and replies do nothing"))
    }
    if settings.methods != Settings.Methods() {
      features.append(
        RetiredFeature(
          name: "switching methods in the legacy policies", day: "2025-09-30", subject: .setting(firstMethodSetting),
          remedy: "switch them in the authentication methods policy"))
    }
    if !providers.isEmpty {
      features.append(
        RetiredFeature(
          name: "adding authentication providers", day: "2018-09-01", subject: .key("providers"),
          remedy: "nothing to do: those that exist can be read, and none can be added"))
    }
    return features
  }

  private var firstMethodSetting: String {
    Method.allCases.first { $0 != .pass && !settings.allows($0) }?.setting ?? "methods.call"
  }
}
