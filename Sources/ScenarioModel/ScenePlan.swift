public import VerificationCore

/// An `explore:` file with steps of its own: these, in any order and any number, are what people, admins and the
/// network may do around a whole service.
public struct ScenePlan: Sendable {
  public var path: String
  public var title: Placed<String>
  public var tags: [String]
  /// Ids of the rules that it shows.
  public var rules: [String]
  public var given: Given
  public var steps: [SceneStep]
  /// Settings that take several values; every combination is explored.
  public var axes: [ExplorationPlan.Axis]
  /// Steps from the start; nil for any number.
  public var depth: Int?
  /// Unique states; nil for as many as there are.
  public var states: Int?
  public var properties: [Placed<SceneProperty>]

  /// So many steps, and so many combinations of settings, at most.
  public static let maxSteps = 96
  public static let maxConfigurations = 256

  public init(
    path: String, title: Placed<String>, tags: [String] = [], rules: [String] = [], given: Given, steps: [SceneStep],
    axes: [ExplorationPlan.Axis] = [], depth: Int? = nil, states: Int? = nil, properties: [Placed<SceneProperty>] = []
  ) {
    self.path = path
    self.title = title
    self.tags = tags
    self.rules = rules
    self.given = given
    self.steps = steps
    self.axes = axes
    self.depth = depth
    self.states = states
    self.properties = properties
  }
}

/// One thing that may be done.
public struct SceneStep: Sendable {
  public var step: Step
  /// As a file writes it, on one line.
  public var text: String
  /// How often in one run; nil for any number of times.
  public var times: Int?

  public init(_ step: Step, text: String, times: Int? = nil) {
    self.step = step
    self.text = text
    self.times = times
  }
}

/// What must hold of every run, or be possible in one.
public enum SceneProperty: Hashable, Sendable {
  case never(SceneCondition)
  case possible(SceneCondition)
  /// Whatever is being verified has a deadline that is at most this far away.
  case alwaysEnds(within: Milliseconds)
  case always(SceneInvariant)
}

public enum SceneInvariant: String, Hashable, Sendable, CaseIterable {
  /// Every outcome writes one sign-in record, and nothing else writes one.
  case oneRecord
  /// A verification that has begun comes to one outcome, and to no second.
  case oneOutcome
  /// A user has at most one verification in progress.
  case oneVerification
  /// Every step that could be done left a line in the journal, or only let time pass.
  case namedAnswers
}

/// All of these at once, of one step and of what it led to.
public struct SceneCondition: Hashable, Sendable {
  /// Concluded or decided in this step.
  public var result: Outcome?
  /// What the person showed in this step.
  public var by: Proof?
  /// A report was made in the verification that concluded.
  public var afterReport: Bool?
  /// The message begins to play in this step.
  public var hear: MessageType?
  /// A verification begins in this step, by whatever method.
  public var begins: Bool?
  public var isDialled: Bool?
  public var isTexted: Bool?
  /// The page asks for this in this step.
  public var asked: Method?
  // How the user stood before this step; alone, how the user stands in any state.
  public var isBlocked: Bool?
  public var isLocked: Bool?
  public var isAtRisk: Bool?
  public var isEnabled: Bool?
  public var mustRegister: Bool?
  /// Sign-in records written in this step.
  public var records: Int?

  public init() {}

  /// What an approval can rest on.
  public enum Proof: String, Hashable, Sendable, CaseIterable {
    /// `#` with nothing before it.
    case pound
    case pin, code, device, key, pass
    case nothing
  }
}

extension SceneProperty: CustomStringConvertible {
  /// As a file writes it.
  public var description: String {
    switch self {
    case .never(let condition): "never \(condition)"
    case .possible(let condition): "possible \(condition)"
    case .alwaysEnds(let length): "alwaysEnds within \(length)"
    case .always(let invariant): "always \(invariant.rawValue)"
    }
  }
}

extension SceneCondition: CustomStringConvertible {
  public var description: String {
    var parts: [String] = []
    if let result { parts.append("result: \(result.rawValue)") }
    if let by { parts.append("by: \(by.rawValue)") }
    if let afterReport { parts.append(afterReport ? "after: report" : "after: nothing") }
    if let hear { parts.append("hear: \(hear.rawValue)") }
    if let begins { parts.append("begins: \(begins)") }
    if let isDialled { parts.append("dialled: \(isDialled)") }
    if let isTexted { parts.append("texted: \(isTexted)") }
    if let asked { parts.append("asked: \(asked.rawValue)") }
    if let isBlocked { parts.append("blocked: \(isBlocked)") }
    if let isLocked { parts.append("locked: \(isLocked)") }
    if let isAtRisk { parts.append("risk: \(isAtRisk ? "high" : "none")") }
    if let isEnabled { parts.append("enabled: \(isEnabled)") }
    if let mustRegister { parts.append("mustRegister: \(mustRegister)") }
    if let records { parts.append("records: \(records)") }
    return "{\(parts.joined(separator: ", "))}"
  }
}
