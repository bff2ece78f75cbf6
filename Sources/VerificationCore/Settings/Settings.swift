/// The settings of a tenant, each with its default.
public struct Settings: Hashable, Sendable {
  public var call = Call()
  public var activation = Activation()
  public var extensions = Extensions()
  public var greeting = Greeting()
  public var pin = PIN()
  public var lockout = Lockout()
  public var fraudAlert = FraudAlert()
  public var reportActivity = ReportActivity()
  public var risk = Risk()
  public var callerID = CallerID()
  public var sms = SMS()
  public var app = App()
  public var code = Code()
  public var page = Page()
  public var methods = Methods()
  public var trustedIPs = TrustedIPs()
  public var conditionalAccess = ConditionalAccess()
  public var remember = Remember()
  public var appPasswords = AppPasswords()
  public var federation = Federation()
  public var oath = OATH()
  public var registration = Registration()
  public var sspr = SSPR()
  public var pass = Pass()

  public init() {}

  public struct Call: Hashable, Sendable {
    public var ringTimeout = Milliseconds.seconds(60)
    public var answerGrace = Milliseconds.zero
    public var interDigit = Milliseconds.seconds(5)
    public var maxAttempts = 3
    public var limit = Milliseconds.minutes(5)
    public var maxPerWindow = 10
    public var window = Milliseconds.minutes(10)
  }

  public struct Activation: Hashable, Sendable {
    public var oneStep = false
  }

  public struct Extensions: Hashable, Sendable {
    public var operatorRequired = false
  }

  public struct Greeting: Hashable, Sendable {
    public var languageMatch = GreetingChoice.Match.parent
  }

  public struct PIN: Hashable, Sendable {
    public var mode = false
  }

  public struct Lockout: Hashable, Sendable {
    public var denials = 5
    public var resetMinutes = 10
    public var unlockMinutes = 15
  }

  public struct FraudAlert: Hashable, Sendable {
    public enum Unconfirmed: String, Hashable, Sendable, CaseIterable { case reportOnly, block }

    public var enabled = false
    public var block = true
    public var code = ReportCode.zero
    public var unconfirmed = Unconfirmed.reportOnly
    /// Who gets a mail of each report.
    public var notify: [MailAddress] = []
  }

  public struct ReportActivity: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable { case enabled, disabled, managed }

    public enum Scope: Hashable, Sendable {
      case all
      case group(String)
    }

    public var state = State.managed
    public var scope = Scope.all
    public var code = ReportCode.zero
  }

  public struct Risk: Hashable, Sendable {
    /// What a sign-in of a user at high risk meets (RISK-1).
    public enum Policy: String, Hashable, Sendable, CaseIterable { case off, block, passwordChange }

    public var policy = Policy.off
  }

  public struct CallerID: Hashable, Sendable {
    /// `+CC number`; nil uses the numbers by country.
    public var own: PhoneNumber?
  }

  public struct SMS: Hashable, Sendable {
    public var lifetime = Milliseconds.minutes(5)
    public var tries = 3
    public var resendAfter = Milliseconds.seconds(30)
    /// Retired: replies do nothing (SMS-2).
    public var twoWay = false
    /// Of the last line `@domain #code` (SMS-4); nil leaves it out.
    public var domain: WebDomain?
  }

  public struct App: Hashable, Sendable {
    public var timeout = Milliseconds.seconds(60)
    public var numberMatching = true
  }

  public struct Code: Hashable, Sendable {
    public var tries = 3
  }

  public struct Page: Hashable, Sendable {
    public var timeout = Milliseconds.minutes(10)
  }

  public struct Methods: Hashable, Sendable {
    public var call = true
    public var text = true
    public var app = true
    public var code = true
    public var passkey = true
  }

  public struct TrustedIPs: Hashable, Sendable {
    public static let maxRanges = 50

    public var ranges: [IPRange] = []
    /// Federated users inside the corporate network are not asked (TEN-3, TEN-5).
    public var federatedIntranet = false
    /// The address of the network policy server, which stands for everyone who comes through it.
    public var policyServer: IPAddress?
  }

  public struct ConditionalAccess: Hashable, Sendable {
    /// Everyone is asked, whatever the per-user state.
    public var requireMFA = false
    /// Trusted named locations are not asked.
    public var skipTrusted = false
    public var compliantDevice = false
    /// In hours, which are not counted: any but 0 asks at every sign-in, and nothing is remembered.
    public var signInFrequency = 0
  }

  public struct Remember: Hashable, Sendable {
    public var enabled = false
    public var days = 90
    /// Apps are asked after so many days at most, remembered or not (TEN-6).
    public static let appDays = 180
  }

  public struct AppPasswords: Hashable, Sendable {
    public var allowed = true
  }

  public struct Federation: Hashable, Sendable {
    /// "Keep me signed in" of the federation service.
    public var keepSignedIn = false
  }

  public struct OATH: Hashable, Sendable {
    public enum Shared: String, Hashable, Sendable, CaseIterable { case refuse, warn }

    public var shared = Shared.refuse
  }

  public struct Registration: Hashable, Sendable {
    /// A sign-in of someone with fewer methods than this is refused until more are registered; 0 never refuses.
    public var required = 0
  }

  public struct SSPR: Hashable, Sendable {
    public var enabled = false
    /// Different methods to verify before the password is changed.
    public var gates = 1
    /// What has been verified holds so long.
    public var window = Milliseconds.minutes(15)
  }

  public struct Pass: Hashable, Sendable {
    public var enabled = true
    public var lifetimeMinutes = 60
    /// Characters.
    public var length = 8
    public var once = false
  }

  /// Whether the tenant has this method switched on (TEN-2).
  public func allows(_ method: Method) -> Bool {
    switch method {
    case .call: methods.call
    case .text: methods.text
    case .app: methods.app
    case .code: methods.code
    case .passkey: methods.passkey
    case .pass: pass.enabled
    }
  }
}
