import Foundation
import VerificationCore

/// What an event says, as the JSON object of its row: names and forms that stay, whatever the types of the core are
/// called. Keys stand in alphabetical order; what is nil is not written.
struct EventBody: Codable {
  var active: Bool?
  var appPassword: Bool?
  var apps: [App]?
  var by: String?
  var client: String?
  var clientKind: String?
  var deployment: String?
  var device: String?
  var enabled: Bool?
  var federation: String?
  var file: String?
  var gate: String?
  var groups: [String]?
  var guest: Bool?
  var interval: Int?
  var issued: Int64?
  /// Of a PIN or a pass: the hash. Of a token: the sealed key.
  var kept: String?
  var kind: String?
  var language: String?
  var last: Int64?
  var length: Int64?
  var licence: String?
  var lockedUntil: Int64?
  var manufacturer: String?
  var message: String?
  var method: String?
  var minutes: Int64?
  var model: String?
  var mustChangePassword: Bool?
  var mustRegister: Bool?
  var name: String?
  var number: String?
  var once: Bool?
  var passkeys: [String]?
  var phones: [String: String]?
  var ranges: [String]?
  var reason: String?
  var registration: Int?
  var requirement: String?
  var script: String?
  var serial: String?
  var since: Int64?
  var state: String?
  var trusted: Bool?
  var used: Bool?
  var value: String?
  var wrongPINs: Int?

  struct App: Codable {
    var device: String
    var registration: Int
  }
}

/// An event as it stands in a row.
struct CodedEvent {
  var kind: String
  var upn: UPN?
  var body = EventBody()
}
