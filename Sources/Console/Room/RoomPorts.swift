public import ScenarioModel
public import Simulation
public import VerificationCore

/// The tenant behind a room, and what is kept of what happens there.
public protocol RoomTenant: Sendable {
  /// The tenant as a new session finds it; what the sessions before did to people may be undone by it.
  ///
  /// - Parameters:
  ///   - demo: what is to be played, in the scenario's own tenant.
  ///   - user: who is to play it.
  func begin(_ demo: Scenario?, by user: UPN?, at now: Instant) throws -> Stage

  /// The tenant as it is by now, for what is dialled from here on.
  ///
  /// - Returns: nil where a session that has begun goes on with what it has.
  func current(at now: Instant) throws -> Given?

  /// Keeps what is new of a session's journal, all of it or nothing. May take as long as another process writes, and is
  /// called on a thread that may wait.
  ///
  /// - Parameters:
  ///   - news: what follows what was kept before of this session; may be empty at its end.
  ///   - isOver: nothing more comes of this session.
  func keep(_ news: [JournalEntry], of session: KeepingQueue.Session, isOver: Bool) throws(KeepingTrouble)
}

/// What a session begins with.
public struct Stage: Sendable {
  public let given: Given
  /// What is played, in the tenant of the room.
  public let script: Scenario?
  /// Whether what happens lasts.
  public let isKept: Bool
  /// Who has a PIN of the given for as long as this lasts, having none in the tenant.
  public let lentPINs: Set<UPN>

  public init(_ given: Given, script: Scenario? = nil, isKept: Bool, lentPINs: Set<UPN> = []) {
    (self.given, self.script, self.isKept, self.lentPINs) = (given, script, isKept, lentPINs)
  }
}

/// Where the sound of a recording comes from.
public protocol RoomSounds: Sendable {
  /// - Returns: a WAV file of it as a telephone carries it, 8 kHz mono; nil where there is no such sound.
  func wave(_ file: String, _ source: Recording.Source) async throws -> [UInt8]?
}

/// The scripts that can be played in a room, and the writing of new ones.
public protocol RoomScripts: Sendable {
  var demos: [Demo] { get }

  /// - Throws: `Problem` where the file has no such case, or is none.
  func scenario(at path: String, case name: String?) throws -> Scenario

  /// The session as a scenario file.
  func text(of session: Session) throws -> String
}

/// A guided demo: a scenario whose named steps a trainer explains.
public struct Demo: Sendable {
  public let id: String
  public let scenario: Scenario

  public init(id: String, scenario: Scenario) { (self.id, self.scenario) = (id, scenario) }

  /// The names of its named steps.
  public var steps: [String] { scenario.steps.compactMap(\.name) }
}
