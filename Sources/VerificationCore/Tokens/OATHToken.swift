/// A hardware token (TEN-8). TEMPORARY SHAPE
public struct OATHToken: Hashable, Sendable {
  public let serial: String
  public let interval: Int
  public var owner: UPN?
  public var isActive: Bool

  public init(serial: String, interval: Int, owner: UPN?, isActive: Bool = false) {
    self.serial = serial
    self.interval = interval
    self.owner = owner
    self.isActive = isActive
  }
}
