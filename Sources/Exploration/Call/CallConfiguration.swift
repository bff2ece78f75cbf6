public import ScenarioModel
public import VerificationCore

/// One call that an exploration begins with: what signing in made of the tenant's settings.
public struct CallConfiguration: Sendable {
  public let signIn: SignInRequest
  public let policy: CallPolicy
  /// The settings that were varied, as they were written.
  public let chosen: [(name: String, value: String)]
  public let pin: Passcode?
  let pinKeys: [Key]
  let pinEntry: KeyEntry
  /// By the number of the message, in milliseconds.
  let soundLengths: [Int32]
  let spokenExtension: Int32
  let tones: Int32
  /// So many wrong PINs lock; 0 for never in one call.
  let denials: UInt8

  /// Why a call is not one that can be explored.
  public enum Refusal: Error, Hashable, Sendable {
    case unknownUser(UPN)
    /// No call is placed at all.
    case refused(Outcome)
    /// The count of wrong PINs starts over while the call lasts, which the explorer does not follow.
    case resetWithinCall
  }

  /// Signs in with the service, as a scenario would.
  public init(_ given: Given, signIn: SignInRequest, chosen: [(name: String, value: String)] = []) throws(Refusal) {
    var service = VerificationService(tenant: given.tenant)
    for command in given.begun { _ = try? service.administer(command, at: given.start) }
    do {
      _ = try service.signIn(signIn, at: given.start)
    } catch {
      switch error {
      case .unknownUser(let upn): throw .unknownUser(upn)
      }
    }
    guard let request = service.calls.first?.request else {
      throw .refused(service.tenant.signIns.last?.outcome ?? .userBlocked)
    }
    let settings = given.tenant.settings
    let locks = request.policy.credential == .pin && (1...settings.call.maxAttempts).contains(settings.lockout.denials)
    if locks, Milliseconds.minutes(Int64(settings.lockout.resetMinutes)) < request.policy.limit {
      throw .resetWithinCall
    }
    self.signIn = signIn
    self.chosen = chosen
    policy = request.policy
    pin = given.pins[signIn.upn]
    pinEntry = pin.flatMap { KeyEntry($0.revealed) } ?? KeyEntry()
    pinKeys = pin?.revealed.compactMap { Key($0) } ?? []
    soundLengths = MessageType.allCases.map { Self.length(request.prompts.recording(for: $0).length) }
    let digits = request.phone.phoneExtension?.digits ?? ""
    spokenExtension = Self.length(request.prompts.digitClips(digits).reduce(.zero) { $0 + $1.length })
    tones = Self.length(request.phone.phoneExtension?.toneLength ?? .zero)
    denials = locks ? UInt8(clamping: settings.lockout.denials) : 0
  }

  /// What is cut before its end never ends by itself: more than a minute and a bit is as long as any.
  private static func length(_ length: Milliseconds) -> Int32 { Int32(clamping: min(length.count, 120_000)) }

  /// The PIN with another last digit.
  var wrongPINKeys: [Key] {
    guard let last = pinKeys.last, let other = Key(digit: (Int(last.rawValue) + 1) % 10) else { return [] }
    return pinKeys.dropLast() + [other]
  }

  /// A digit that neither the report code nor the PIN begins with.
  var strangeDigit: Key {
    for digit in [9, 8, 7] {
      guard let key = Key(digit: digit) else { continue }
      if policy.reportCode.entry[0] != key, pinKeys.first != key { return key }
    }
    return .nine
  }
}
