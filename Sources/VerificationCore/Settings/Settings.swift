/// The settings of a tenant, each with its default.
public struct Settings: Hashable, Sendable {
  public var call = Call()
  public var activation = Activation()
  public var extensions = Extensions()
  public var greeting = Greeting()
  public var pin = PIN()
  public var lockout = Lockout()
  public var fraudAlert = FraudAlert()
  public var callerID = CallerID()

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
  }

  public struct CallerID: Hashable, Sendable {
    /// `+CC number`; nil uses the numbers by country.
    public var own: PhoneNumber?
  }
}
