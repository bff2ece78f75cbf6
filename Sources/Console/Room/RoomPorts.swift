public import ScenarioModel
public import Simulation
public import VerificationCore

/// The tenant behind a room, and what is kept of what happens there.
public protocol RoomTenant: Sendable {
  /// Whether what happens in the room lasts.
  var isKept: Bool { get }

  /// The tenant as a new session finds it; what the sessions before did to people may be undone by it.
  func begin(at now: Instant) throws -> Given

  /// The tenant as it is by now, for what is dialled from here on.
  func current(at now: Instant) throws -> Given

  /// Keeps what is new of the session's journal.
  ///
  /// - Parameter isOver: nothing more comes of this session.
  func keep(_ journal: [JournalEntry], isOver: Bool) throws
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
