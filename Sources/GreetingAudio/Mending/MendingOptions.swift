/// How a greeting is to be mended.
public struct MendingOptions: Hashable, Sendable, Codable {
  /// Levels that the check does not warn of, in dBov.
  public static let levels = -36.0 ... -14.0

  public var format: GreetingFormat
  /// What the speech is brought to, in dBov.
  public var level: Double
  /// Whether silence at both ends stays.
  public var keepsSilence: Bool

  /// - Parameter level: in dBov; what lies outside ``levels`` is brought inside.
  public init(format: GreetingFormat = .wav, level: Double = -22, keepsSilence: Bool = false) {
    self.format = format
    self.level = min(max(level, Self.levels.lowerBound), Self.levels.upperBound)
    self.keepsSilence = keepsSilence
  }
}
