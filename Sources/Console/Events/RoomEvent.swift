public import VerificationCore

/// One thing that the pages of a room are told, without a word in any language that a page could say itself.
///
/// `docs/console.md` lists the types and what each carries.
public struct RoomEvent: Hashable, Sendable, Encodable {
  public let type: String
  /// From the start of the session; stands still while it is paused.
  public let at: Milliseconds
  /// Which verification of the session, from 1.
  public let call: Int?
  public let user: String?
  public let details: [String: JSON]

  public init(
    _ type: String, at: Milliseconds, call: CallID? = nil, user: UPN? = nil, _ details: [String: JSON] = [:]
  ) {
    self.type = type
    self.at = at
    self.call = call?.number
    self.user = user?.text
    self.details = details
  }

  public func encode(to encoder: any Encoder) throws {
    var members = details
    members["type"] = .text(type)
    members["at"] = .number(at.count)
    if let call { members["call"] = .count(call) }
    // What tells of a user has all of it there.
    if let user, members["user"] == nil { members["user"] = .text(user) }
    try members.encode(to: encoder)
  }
}
