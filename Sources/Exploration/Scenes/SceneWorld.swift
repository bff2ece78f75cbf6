public import ScenarioModel
public import Simulation
public import VerificationCore

/// A whole service: sign-ins one after the other, texts, devices, admins. Its moves are steps of the scenario language,
/// done by the very person and switchboard that a scenario has.
public struct SceneWorld: World {
  /// One combination of the settings that vary.
  public struct Configuration: Sendable {
    public let chosen: [(name: String, value: String)]
    let scenario: Scenario
  }

  public let plan: ScenePlan
  public let configurations: [Configuration]

  /// Whether the time of day matters: see `Standing`.
  private let codeClock: Milliseconds?

  public static var isLossless: Bool { false }

  public init(_ plan: ScenePlan) {
    self.plan = plan
    codeClock = plan.codeClock
    configurations = Self.combinations(of: plan.axes).map { chosen in
      var given = plan.given
      for (name, value) in chosen { try? Setting.named(name)?.set(value, in: &given.tenant.settings) }
      return Configuration(
        chosen: chosen,
        scenario: Scenario(
          path: plan.path, title: plan.title, tags: [], rules: [], given: given, steps: [], expect: nil))
    }
  }

  private static func combinations(of axes: [ExplorationPlan.Axis]) -> [[(name: String, value: String)]] {
    axes.reduce([[]]) { chosen, axis in
      chosen.flatMap { before in axis.values.map { before + [(axis.setting, $0)] } }
    }
  }

  /// One moment of a run.
  public struct Scene: Sendable {
    public internal(set) var stage: Improvisation
    public internal(set) var configuration: Int
    /// How often each step was done, for those that are counted.
    var counts: [UInt8]
    /// Verifications in which fraud was reported.
    var reported: Set<CallID> = []
    fileprivate var key = Key128(0, 0)
    /// Large, and the same for long: its hashes are kept.
    fileprivate var setup: HashedSetup?
  }

  fileprivate final class HashedSetup: Sendable {
    let value: Standing.Setup
    let hash: Key128

    init(_ value: Standing.Setup) {
      self.value = value
      hash = SceneWorld.hashes { $0.combine(value) }
    }
  }

  public var initialStates: [Scene] {
    configurations.indices.map { index in
      var scene = Scene(
        stage: Improvisation(configurations[index].scenario), configuration: index,
        counts: Array(repeating: 0, count: plan.steps.count))
      sign(&scene)
      return scene
    }
  }

  public func key(of state: Scene) -> Key128 { state.key }

  /// Two hashes of 64 bits under different salts: stable within a run of the program.
  private func sign(_ scene: inout Scene) {
    let standing = scene.stage.standing(codeClock: codeClock)
    let kept = scene.setup.flatMap { $0.value == standing.setup ? $0 : nil }
    let setup = kept ?? HashedSetup(standing.setup)
    scene.setup = setup
    let (configuration, counts, upn) = (scene.configuration, scene.counts, scene.stage.upn)
    scene.key = Self.hashes { hasher in
      hasher.combine(setup.hash)
      hasher.combine(configuration)
      hasher.combine(counts)
      hasher.combine(upn)
      hasher.combine(standing.moment)
    }
  }

  private static func hashes(_ combine: (inout Hasher) -> Void) -> Key128 {
    func hash(_ salt: UInt8) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(salt)
      combine(&hasher)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
    return Key128(hash(1), hash(2))
  }

  public func state(of key: Key128) -> Scene { preconditionFailure("scenes are stored beside their keys") }

  public func moves(of state: Scene, into moves: inout MoveList) {
    for (index, step) in plan.steps.enumerated() {
      if let times = step.times, state.counts[index] >= times { continue }
      moves.append(Move(code: UInt16(index)))
    }
  }

  /// What one step led to.
  public struct Seen: Sendable {
    /// nil where the step cannot be done here: nothing has happened.
    public internal(set) var journal: [JournalEntry]?
    /// The user whom the step is about, as the user stood before it.
    var before = UserStanding()
    var proof = SceneCondition.Proof.nothing
    var reportedBefore: Set<CallID> = []
    var concludedBefore: Set<CallID> = []
  }

  struct UserStanding: Hashable, Sendable {
    var isBlocked = false
    var isLocked = false
    var isAtRisk = false
    var isEnabled = true
    var mustRegister = false
  }

  public static var nothingSeen: Seen { Seen() }

  public func apply(_ move: Move, to state: Scene, _ seen: inout Seen) -> Scene {
    var after = state
    let step = plan.steps[Int(move.code)].step
    seen = Seen()
    guard after.stage.attempt(step) == nil else { return state }
    let journal = after.stage.board.journal
    seen.journal = journal
    seen.before = before(step, state)
    seen.proof = Proofs.proof(of: step, state.stage, journal)
    seen.reportedBefore = state.reported
    seen.concludedBefore = state.stage.board.service.concluded
    for entry in journal {
      guard case .tenant(.fraudReported) = entry.fact, let call = entry.call else { continue }
      after.reported.insert(call)
    }
    if plan.steps[Int(move.code)].times != nil { after.counts[Int(move.code)] += 1 }
    after.stage.forgetHistory()
    // Of a verification that is over nobody asks any more.
    after.reported.formIntersection(after.stage.board.service.inProgress)
    sign(&after)
    return after
  }

  private func before(_ step: Step, _ state: Scene) -> UserStanding {
    guard case .signIn(let signIn) = step.verb else { return Self.standing(of: state.stage.upn, state) }
    return Self.standing(of: signIn.user ?? plan.given.user, state)
  }

  static func standing(of upn: UPN, _ state: Scene) -> UserStanding {
    let (tenant, now) = (state.stage.board.service.tenant, state.stage.now)
    let user = tenant.user(upn)
    return UserStanding(
      isBlocked: tenant.block(of: upn, at: now) != nil, isLocked: tenant.locked(upn, at: now) != nil,
      isAtRisk: tenant.isAtRisk(upn), isEnabled: user?.isEnabled ?? true, mustRegister: user?.mustRegister ?? false)
  }
}

extension VerificationService {
  /// The verifications that something can still happen to.
  var inProgress: Set<CallID> { Set(calls.map(\.id) + pages.filter { $0.state.outcome == nil }.map(\.id)) }

  /// Those that are known still, and have an outcome.
  var concluded: Set<CallID> {
    Set(calls.filter { $0.state.outcome != nil }.map(\.id) + pages.filter { $0.state.outcome != nil }.map(\.id))
  }
}

extension ScenePlan {
  /// Codes of apps change every 30 s, of some tokens every 60 s; where none is typed the clock does not matter.
  fileprivate var codeClock: Milliseconds? {
    let types = steps.contains { if case .enter = $0.step.verb { true } else { false } }
    let registers = steps.contains { $0.registersApp || $0.importsTokens }
    let tenant = given.tenant
    guard types, registers || !tenant.tokens.isEmpty || tenant.users.contains(where: { !$0.apps.isEmpty }) else {
      return nil
    }
    return .seconds(tenant.tokens.isEmpty && !steps.contains { $0.importsTokens } ? 30 : 60)
  }
}

extension SceneStep {
  fileprivate var registersApp: Bool {
    guard case .register(let register) = step.verb, case .app = register.what else { return false }
    return true
  }

  fileprivate var importsTokens: Bool {
    guard case .admin(let admin) = step.verb else { return false }
    return admin.commands.contains { if case .importTokens = $0 { true } else { false } }
  }
}

/// What an approval rests on.
enum Proofs {
  static func proof(of step: Step, _ stage: Improvisation, _ journal: [JournalEntry]) -> SceneCondition.Proof {
    switch step.verb {
    case .press: keys(stage, journal)
    case .enter(let enter) where enter.what == .right: entered(stage)
    case .app(let answer): answered(answer.answer, stage)
    case .passkey(isApproved: true): .key
    case .signIn, .cancelSignIn, .answer, .wait, .waitForNext, .hangUp, .hear, .silence, .text, .noText, .enter,
      .resend, .reply, .passkey, .register, .restore, .changePassword, .set, .admin, .fault, .expect, .skipped:
      .nothing
    }
  }

  /// Another number than the one on the page shows nothing, where a number is asked for.
  private static func answered(_ answer: DeviceAnswer, _ stage: Improvisation) -> SceneCondition.Proof {
    switch answer {
    case .approved(numberMatches: true): return .device
    case .approved(numberMatches: false):
      guard case .challenge(_, let policy)? = stage.board.service.page(verifying: stage.upn)?.state,
        policy.kind == .app(matchesNumber: false)
      else { return .nothing }
      return .device
    case .declined, .reported: return .nothing
    }
  }

  private static func entered(_ stage: Improvisation) -> SceneCondition.Proof {
    guard case .challenge(_, let policy)? = stage.board.service.page(verifying: stage.upn)?.state else { return .code }
    return policy.kind == .pass ? .pass : .code
  }

  /// A PIN that was found right, or `#` while nothing had been typed since the last.
  private static func keys(_ stage: Improvisation, _ journal: [JournalEntry]) -> SceneCondition.Proof {
    if journal.contains(where: { $0.fact == .checkedPIN(matched: true) }) { return .pin }
    var isEmpty = true
    if case .listening(.digits, _)? = stage.board.service.calls.last?.state.stage { isEmpty = false }
    for entry in journal {
      switch entry.fact {
      case .key(.pound?): return isEmpty ? .pound : .nothing
      case .key: isEmpty = false
      default: continue  // not a key
      }
    }
    return .nothing
  }
}
