/// Where a verification by text message stands (SMS-1). The codes themselves are outside: the core counts them.
public struct TextState: Hashable, Sendable {
  public internal(set) var stage: Stage

  init(_ stage: Stage) { self.stage = stage }

  public static let idle = TextState(.idle)

  public enum Stage: Hashable, Sendable {
    case idle
    case waiting(Waiting)
    case ended(Outcome)
  }

  /// The page waits for the code.
  public struct Waiting: Hashable, Sendable {
    /// Which code counts: 1, and one more with every resend.
    public var code: CodeNumber
    public var wrongEntries: UInt8 = 0
    public var mayResend = false
    public var isExpired = false
  }

  public var outcome: Outcome? {
    if case .ended(let outcome) = stage { outcome } else { nil }
  }
}

/// Names one code of a verification; a later one has a higher number.
public struct CodeNumber: Hashable, Comparable, Sendable {
  public let number: UInt32

  public init(_ number: UInt32) { self.number = number }

  var successor: CodeNumber { CodeNumber(number &+ 1) }

  public static func < (left: CodeNumber, right: CodeNumber) -> Bool { left.number < right.number }
}
