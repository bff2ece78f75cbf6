public import ScenarioModel
public import VerificationCore

/// The stages of the voice call and the ways between them, met by exploring the machine under every policy.
public struct CallDiagram: Sendable {
  public struct Edge: Hashable, Sendable {
    public let from: Place
    public let to: Place
    /// What leads there, in the order of `InputKind`, with the outcome where one is decided.
    public let labels: [String]
  }

  public let edges: [Edge]
  /// Stages in which hang-up, a line drop, a cancelled sign-in and the call's limit all end the call: drawn once.
  public let interruptible: [Place]
  /// What ends these.
  public let interruptions: [String]

  /// - Parameter given: a tenant with somebody who has a number and a PIN, and somebody behind an extension.
  public init(_ given: Given, user: UPN, behindExtension: UPN) throws(CallExploration.PlanError) {
    let exploration = try CallExploration(Self.plan(given, user, behindExtension))
    var (search, met) = (Search(exploration.world), MetTransitions(exploration.world))
    search.run(&met)
    let all = met.codes.map { CallTransition(code: $0) }.filter { $0.ignored == nil }
    let cuts: [InputKind] = [.remoteHungUp, .lineDropped, .cancelled, .callLimit]
    let answered = Place.allCases.filter { place in
      place != .ringing
        && cuts.allSatisfy { cut in all.contains { $0.from == place && $0.input == cut && $0.to == .ended } }
    }
    interruptible = answered
    interruptions = cuts.map(\.words)
    var labels: [[Place]: [String]] = [:]
    for transition in all.sorted(by: { ($0.input.rawValue, $0.code) < ($1.input.rawValue, $1.code) }) {
      if answered.contains(transition.from), transition.to == .ended, cuts.contains(transition.input) { continue }
      let label = Self.label(transition)
      if labels[[transition.from, transition.to]]?.contains(label) == true { continue }
      labels[[transition.from, transition.to], default: []].append(label)
    }
    edges = Place.allCases.flatMap { from in
      Place.allCases.compactMap { to in
        labels[[from, to]].map { Edge(from: from, to: to, labels: $0) }
      }
    }
  }

  private static func label(_ transition: CallTransition) -> String {
    guard let outcome = transition.outcome, ![.closing, .confirming, .confirmingGrace].contains(transition.from) else {
      return transition.input.words
    }
    return "\(transition.input.words): \(outcome.rawValue)"
  }

  private static func signIn(
    _ upn: UPN, _ languages: [Language], _ purpose: SignInRequest.Purpose = .signIn
  ) -> SignInStep {
    SignInStep(user: upn, request: SignInRequest(upn: upn, languages: languages, purpose: purpose, method: .call))
  }

  /// Every policy: credential, purpose, reporting, route, grace; in English messages last too long and are cut.
  private static func plan(_ given: Given, _ user: UPN, _ behindExtension: UPN) -> ExplorationPlan {
    var given = given
    given.tenant.greetings = MessageType.allCases.map {
      CustomGreeting(message: $0, language: .english, length: .seconds(25))
    }
    let pin = Passcode("7391")
    for upn in [user, behindExtension] { given.pins[upn] = given.pins[upn] ?? pin }
    // Two wrong PINs lock, so that both answers of the check are met.
    given.tenant.settings.lockout.denials = 2
    let french = Language("fr").map { [$0] } ?? []
    let place = SourcePlace(path: "voice", span: SourceSpan(line: 1, column: 1))
    return ExplorationPlan(
      path: "voice", title: Placed("The voice call", at: place), given: given,
      signIns: [
        signIn(user, [.english]), signIn(user, french), signIn(user, french, .registration),
        signIn(behindExtension, [.english]), signIn(behindExtension, french),
      ],
      alphabet: ExplorationPlan.Alphabet(
        keys: [.pound, .zero, .one, .star], events: ExplorationPlan.Event.allCases, paces: [.atOnce]
      ),
      axes: [
        "pin.mode", "fraudAlert.enabled", "fraudAlert.block", "extension.operatorRequired",
      ].map { ExplorationPlan.Axis(setting: $0, values: ["false", "true"]) }
        + [ExplorationPlan.Axis(setting: "call.answerGrace", values: ["0s", "5s"])],
      depth: nil, states: nil, properties: [])
  }
}

/// All transitions of a search, and from each state of the machine what the limit of the call does, which no call at
/// this pace lives to see.
private struct MetTransitions: Visitor {
  typealias Explored = CallWorld

  private(set) var codes: Set<UInt32> = []
  private var known: Set<CallState> = []
  private let world: CallWorld

  init(_ world: CallWorld) { self.world = world }

  var isSatisfied: Bool { false }

  mutating func expand(_ index: Int, _ state: borrowing CallMoment) {
    guard known.insert(state.call).inserted else { return }
    let policy = world.configurations[Int(state.configuration)].policy
    let limit = CallInput.timerFired(.callLimit)
    let transition = next(state.call, limit, at: .virtualStart, policy: policy)
    codes.insert(CallTransition.code(of: CallStep(state: state.call, input: limit, transition: transition)))
  }

  mutating func see(
    _ move: Move, from index: Int, to state: borrowing CallMoment, at reached: Int, _ seen: borrowing CallObservation
  ) {
    guard !seen.isEmpty else { return }
    codes.insert(seen.first)
    codes.formUnion(seen.others)
  }
}
