public import VerificationCore

/// One case: a call script with what is expected of it.
public struct Scenario: Sendable {
  public var path: String
  public var title: Placed<String>
  public var tags: [String]
  /// Ids of the rules that it shows.
  public var rules: [String]
  public var given: Given
  public var steps: [Step]
  public var expect: Expectation?
  /// The row of the file's matrix; nil where it has none.
  public var caseName: String?
  /// What the row holds, where its name does not say it.
  public var caseValues: String?

  public init(
    path: String, title: Placed<String>, tags: [String], rules: [String], given: Given, steps: [Step],
    expect: Expectation?, caseName: String? = nil, caseValues: String? = nil
  ) {
    self.path = path
    self.title = title
    self.tags = tags
    self.rules = rules
    self.given = given
    self.steps = steps
    self.expect = expect
    self.caseName = caseName
    self.caseValues = caseValues
  }

  public var id: CaseID { CaseID(path: path, title: title.value, name: caseName) }
}

/// Whether an entry is the PIN that is kept of a user.
public typealias PINCheck = @Sendable (UPN, KeyEntry) -> Bool

/// Whether a text is the pass that is kept of a user.
public typealias PassCheck = @Sendable (UPN, String) -> Bool

/// What holds before the first step.
public struct Given: Sendable {
  public var tenant: Tenant
  /// Kept beside the tenant: the core never sees a PIN.
  public var pins: [UPN: Passcode]
  /// Who has a PIN that nobody gave: whatever is entered, it is not that.
  public var keptPINs: Set<UPN> = []
  /// Whether an entry is somebody's kept PIN, found out by a hash: slow. Where nobody can tell, it is not.
  public var pinCheck: PINCheck?
  /// Whether a text is somebody's pass, where one is known by its hash: slow.
  public var passCheck: PassCheck?
  /// The tenant is one that lasts: whatever changes it is an event, settings too.
  public var lasts = false
  /// What no output may show.
  public var secrets: [String] { pins.values.map(\.revealed) + otherSecrets }
  /// What the file and those it is made of write in secret places beside.
  public var otherSecrets: [String] = []
  /// For all of them, and those of the other cases of its file; made when it is asked for where nobody gave one.
  public var mask: SecretMask {
    get { sharedMask ?? SecretMask(secrets) }
    set { sharedMask = newValue }
  }
  private var sharedMask: SecretMask?
  /// Who signs in where a step names nobody.
  public var user: UPN
  public var start: Instant
  /// What times are shown in; nil is UTC.
  public var zone: ClockZone?
  /// Where settings were written, for explanations.
  public var settingPlaces: [String: SourcePlace]
  /// What has been done to the tenant by the start: blocks, passes, risk.
  public var begun: [TenantCommand]
  /// Where the tenant's tokens are: their keys stay there.
  public var tokenFile: String?

  public init(
    tenant: Tenant, pins: [UPN: Passcode], user: UPN, start: Instant = .virtualStart,
    settingPlaces: [String: SourcePlace] = [:], begun: [TenantCommand] = []
  ) {
    self.tenant = tenant
    self.pins = pins
    self.user = user
    self.start = start
    self.settingPlaces = settingPlaces
    self.begun = begun
  }
}
