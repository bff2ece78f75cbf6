/// What one call is to do: settings, mode and route, taken as they are when dialling (CALL-16).
public struct CallPolicy: Hashable, Sendable {
  /// What approves: `#` alone, or a PIN and `#`.
  public enum Credential: Hashable, Sendable { case pound, pin }

  public enum Purpose: Hashable, Sendable {
    case signIn
    /// The first call to a number that is being registered (CALL-4); `oneStep` plays `activation` first.
    case registration(oneStep: Bool)
  }

  /// What the report code and `#` do in this call (REPORT-2, REPORT-3, CALL-9).
  public enum Reporting: Hashable, Sendable {
    /// The code is a wrong entry.
    case off
    case atOnce
    /// After the code, `1` confirms that the account is blocked; `blocksUnconfirmed` blocks without it too.
    case confirmingBlock(blocksUnconfirmed: Bool)
  }

  /// How the person is reached behind the number (EXT-1 to EXT-4).
  public enum Route: Hashable, Sendable { case direct, extensionTones, extensionOperator }

  public var credential: Credential
  public var purpose: Purpose
  public var reporting: Reporting
  public var reportCode: ReportCode
  public var route: Route
  /// `call.ringTimeout`
  public var ringTimeout: Milliseconds
  /// `call.answerGrace`: what a waiting prompt allows after its end.
  public var answerGrace: Milliseconds
  /// `call.interDigit`: from one key to the next.
  public var interDigit: Milliseconds
  /// `call.maxAttempts`: so many wrong entries deny, at least 1.
  public var maxAttempts: UInt8
  /// `call.limit`: the whole call, from dialling.
  public var limit: Milliseconds

  /// Playback is cut here whatever the file holds (CALL-13).
  public static let playbackLimit = Milliseconds.seconds(20)
  /// An extension spoken or dialled with pauses takes at most 40 s; a device that never says it is done is given up on.
  public static let extensionLimit = Milliseconds.seconds(60)
  /// A PIN check that does not answer by then is a failure of the service, not of the person.
  public static let pinCheckLimit = Milliseconds.seconds(10)

  public init(
    credential: Credential = .pound, purpose: Purpose = .signIn, reporting: Reporting = .off,
    reportCode: ReportCode = .zero, route: Route = .direct, ringTimeout: Milliseconds = .seconds(60),
    answerGrace: Milliseconds = .zero,
    interDigit: Milliseconds = .seconds(5), maxAttempts: UInt8 = 3, limit: Milliseconds = .minutes(5)
  ) {
    self.credential = credential
    self.purpose = purpose
    self.reporting = reporting
    self.reportCode = reportCode
    self.route = route
    self.ringTimeout = ringTimeout
    self.answerGrace = answerGrace
    self.interDigit = interDigit
    self.maxAttempts = maxAttempts
    self.limit = limit
  }

  /// The message that asks for the first entry (CALL-3, CALL-4).
  public var greeting: MessageType {
    switch (purpose, credential, reporting != .off) {
    case (.signIn, .pound, false): .greetingStandard
    case (.signIn, .pound, true): .fraudGreetingStandard
    case (.signIn, .pin, false): .greetingPIN
    case (.signIn, .pin, true): .fraudGreetingPIN
    case (.registration(oneStep: true), .pound, _): .activation
    case (.registration(oneStep: false), .pound, _): .activationGreetingStandard
    case (.registration, .pin, _): .activationGreetingPIN
    }
  }

  /// The message that asks again after a wrong entry.
  public var retry: MessageType {
    switch (purpose, credential) {
    case (.signIn, .pound): .retryStandard
    case (.registration, .pound): .activationRetryStandard
    // The catalogue has no activation retry for PIN (CALL-4).
    case (.signIn, .pin), (.registration, .pin): .retryPIN
    }
  }
}
