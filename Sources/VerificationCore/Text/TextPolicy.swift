/// What one verification by text message is to do, as it is when it begins.
public struct TextPolicy: Hashable, Sendable {
  /// `sms.lifetime` of a code.
  public var lifetime: Milliseconds
  /// `sms.tries`: so many wrong entries deny, at least 1.
  public var tries: UInt8
  /// `sms.resendAfter`: from a text to the next.
  public var resendAfter: Milliseconds
  /// `sms.twoWay`: only changes what the journal says of a reply (SMS-2).
  public var isTwoWay: Bool
  /// `page.timeout`: how long the page waits in all.
  public var pageTimeout: Milliseconds

  public init(
    lifetime: Milliseconds = .minutes(5), tries: UInt8 = 3, resendAfter: Milliseconds = .seconds(30),
    isTwoWay: Bool = false, pageTimeout: Milliseconds = .minutes(10)
  ) {
    self.lifetime = lifetime
    self.tries = tries
    self.resendAfter = resendAfter
    self.isTwoWay = isTwoWay
    self.pageTimeout = pageTimeout
  }
}
