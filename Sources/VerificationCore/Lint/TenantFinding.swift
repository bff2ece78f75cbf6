/// A contradiction or a trap in how a tenant is set up.
public struct TenantFinding: Hashable, Sendable {
  /// `report-code.no-greeting`: stable, for scripts.
  public let id: ID
  public let subject: Subject
  /// What is wrong.
  public let said: Sentence
  /// What to do about it.
  public let advice: Sentence
  /// The things that are told as one, where it is about several.
  let parts: Set<String>

  public var severity: Severity { id.severity }

  init(_ id: ID, _ subject: Subject, _ message: Phrasing, remedy: Phrasing, parts: Set<String> = []) {
    self.id = id
    self.parts = parts
    self.subject = subject
    self.said = message.sentence
    self.advice = remedy.sentence
  }

  /// ``said`` in English.
  public var message: String { said.text }
  /// ``advice`` in English.
  public var remedy: String { advice.text }

  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// It does not do what it says.
    case error
    /// It does, and somebody will be surprised.
    case warning
    /// Good to know.
    case note
  }

  /// What it is about; whoever read the tenant knows where that was written.
  public enum Subject: Hashable, Sendable {
    case setting(String)
    case user(UPN)
    /// By its position.
    case greeting(Int)
    case location(Int)
    /// A key of the tenant itself.
    case key(String)
  }

  public enum ID: String, Hashable, Sendable, CaseIterable {
    case codeWithoutGreeting = "report-code.no-greeting"
    case codeNotSaid = "report-code.not-said"
    case codesDiffer = "report-code.different"
    case codeIgnored = "report-code.ignored"
    case scopeEmpty = "report-activity.empty-scope"
    case managed = "report-activity.managed"
    case nobodyNotified = "fraud-alert.nobody-notified"
    case riskLicence = "risk.licence"
    case riskWithoutPolicy = "risk.no-policy"
    case retired = "retired"
    case retiresSoon = "retires"
    case pinInCloud = "pin.cloud"
    case lockoutUnused = "lockout.unused"
    case pinMissing = "pin.missing"
    case rememberWithFrequency = "remember.sign-in-frequency"
    case rememberLoops = "remember.keep-signed-in"
    case rememberShort = "remember.short"
    case trustedIPsPrivate = "trusted-ips.private"
    case trustedIPsLicence = "trusted-ips.licence"
    case trustedIPsWide = "trusted-ips.wide"
    case trustedIPsOneSided = "trusted-ips.one-sided"
    case claimWithoutFederation = "trusted-ips.claim-managed"
    case policyServerUntrusted = "trusted-ips.policy-server"
    case locationUnused = "location.unused"
    case singleMethod = "user.single-method"
    case noMethod = "user.no-method"
    case numberImpossible = "user.number"
    case methodOff = "user.method-off"
    case tooFewForRegistration = "user.registration"
    case tooFewForReset = "user.reset"
    case languageMissing = "greeting.language-missing"
    case greetingUnused = "greeting.unused"
    case greetingCut = "greeting.cut"
    case limitBeforeRing = "call.limit"

    public var severity: Severity {
      switch self {
      case .codeIgnored, .pinInCloud, .rememberWithFrequency, .rememberLoops, .trustedIPsPrivate,
        .trustedIPsLicence, .claimWithoutFederation, .riskLicence, .noMethod, .numberImpossible, .codeWithoutGreeting,
        .greetingCut,
        .pinMissing, .tooFewForRegistration:
        .error
      case .retired, .codeNotSaid, .codesDiffer, .scopeEmpty, .trustedIPsOneSided, .trustedIPsWide, .singleMethod,
        .methodOff,
        .languageMissing,
        .greetingUnused, .lockoutUnused, .limitBeforeRing, .policyServerUntrusted, .tooFewForReset, .locationUnused,
        .rememberShort:
        .warning
      case .managed, .nobodyNotified, .riskWithoutPolicy, .retiresSoon: .note
      }
    }
  }
}

extension Tenant {
  /// Every contradiction and trap, in the order of what they are about.
  ///
  /// - Parameters:
  ///   - now: the date at which features count as retired (TEN-11).
  ///   - hasPIN: who has a PIN; they are kept outside.
  public func findings(at now: Instant, hasPIN: (UPN) -> Bool) -> [TenantFinding] {
    reportingFindings + retirementFindings(at: now) + pinFindings(hasPIN) + rememberFindings + placeFindings
      + riskFindings + userFindings(at: now) + greetingFindings + callFindings
  }
}
