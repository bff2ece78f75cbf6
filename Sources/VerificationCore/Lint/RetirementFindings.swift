// Features that are gone, or will be (TEN-9, TEN-11, SMS-2). Dates only warn: nothing is switched off.
extension Tenant {
  func retirementFindings(at now: Instant) -> [TenantFinding] {
    usedRetiredFeatures.compactMap { feature in
      guard let day = Instant(iso8601: feature.day) else { return nil }
      if now >= day {
        return TenantFinding(
          .retired, feature.subject, "\(feature.gone) since \(.day(feature.day))", remedy: "\(feature.remedy)")
      }
      guard day < now + .days(366) else { return nil }
      return TenantFinding(
        .retiresSoon, feature.subject, "\(feature.name) will be gone on \(.day(feature.day))",
        remedy: "\(feature.remedy)")
    }
  }

  private struct RetiredFeature {
    let name: Sentence
    let gone: Sentence
    let day: String
    let subject: TenantFinding.Subject
    let remedy: Sentence

    /// - Parameter gone: the name with its verb.
    init(_ name: Phrasing, gone: Phrasing, day: String, subject: TenantFinding.Subject, remedy: Phrasing) {
      (self.name, self.gone, self.remedy) = (name.sentence, gone.sentence, remedy.sentence)
      (self.day, self.subject) = (day, subject)
    }
  }

  private var usedRetiredFeatures: [RetiredFeature] {
    var features: [RetiredFeature] = []
    if settings.fraudAlert.enabled {
      features.append(
        RetiredFeature(
          "fraud alert", gone: "fraud alert is gone", day: "2025-03-01", subject: .setting("fraudAlert.enabled"),
          remedy: "use reportActivity.state: enabled"))
    }
    if !settings.fraudAlert.notify.isEmpty {
      features.append(
        RetiredFeature(
          "the notification list", gone: "the notification list is gone", day: "2025-03-01",
          subject: .setting("fraudAlert.notify"),
          remedy: "have risk detections send mails"))
    }
    if settings.sms.twoWay {
      features.append(
        RetiredFeature(
          "two-way text messages", gone: "two-way text messages are gone", day: "2018-11-14",
          subject: .setting("sms.twoWay"),
          remedy: "turn it off: codes are typed at the sign-in page, and replies do nothing"))
    }
    if settings.methods != Settings.Methods() {
      features.append(
        RetiredFeature(
          "switching methods in the legacy policies", gone: "switching methods in the legacy policies is gone",
          day: "2025-09-30", subject: .setting(firstMethodSetting),
          remedy: "switch them in the authentication methods policy"))
    }
    if !providers.isEmpty {
      features.append(
        RetiredFeature(
          "adding authentication providers", gone: "adding authentication providers is gone", day: "2018-09-01",
          subject: .key("providers"),
          remedy: "nothing to do: those that exist can be read, and none can be added"))
    }
    return features
  }

  private var firstMethodSetting: String {
    Method.allCases.first { $0 != .pass && !settings.allows($0) }?.setting ?? "methods.call"
  }
}
