import VerificationCore

// A moment in three words, and back: nothing is lost, apart from the numbers of tickets.
//
//   first   sound 17 · timer 17 · limit 22 · timer kind 3 · which of them are there 3 · check 2
//   second  place 4 · message 5 · wrong entries 5 · outcome 4 · history 14 · configuration 8 · wrong PINs 4 ·
//           length of the entry 5 · left running 1 · high end of the entry 14 of 16
//   third   the entry's last 16 keys, and for entries of 20 keys see below
//
// An entry of n keys is 4n bits, at most 80: 64 in the third word, 14 in the second, and of the first key, which is
// one of 11, the two bits that remain are folded into its length (20 to 23).
extension CallMoment {
  /// Sounds and timers of a call last at most 120 s, calls an hour: 17 and 22 bits.
  static let soundBits = 17
  static let limitBits = 22

  var packed: Key192 {
    let place = Place(call.stage)
    var (message, wrongEntries, outcome, entry): (UInt64, UInt8, UInt64, KeyEntry) = (0, 0, 0, KeyEntry())
    switch call.stage {
    case .idle, .ringing, .reachingExtension, .confirmingBlock: break
    case .listening(.message(let playing, _), let count):
      message = UInt64(playing.number)
      wrongEntries = count
    case .listening(.grace, let count), .checkingPIN(_, let count): wrongEntries = count
    case .listening(.digits(let keys, _), let count):
      entry = keys
      wrongEntries = count
    case .closing(let known, _), .ended(let known): outcome = UInt64(known.number)
    }
    let high = UInt64(entry.high)
    let length = entry.count == 20 ? 20 + high >> 14 : UInt64(entry.count)
    let second =
      UInt64(place.rawValue) | message << 4 | UInt64(wrongEntries & 31) << 9 | outcome << 14 | history.packed << 18
      | UInt64(configuration) << 32 | UInt64(wrongPINs & 15) << 40 | length << 44 | (leftRunning ? 1 : 0) << 49
      | (high & 0x3FFF) << 50
    return Key192(packedTime, second, entry.low)
  }

  private var packedTime: UInt64 {
    var word = UInt64(check.rawValue) << 62
    if let sound { word |= UInt64(truncatingIfNeeded: sound) & 0x1FFFF | 1 << 59 }
    if let timer {
      word |= (UInt64(truncatingIfNeeded: timer.left) & 0x1FFFF) << 17 | UInt64(timer.kind.number) << 56 | 1 << 60
    }
    if let limit { word |= (UInt64(truncatingIfNeeded: limit) & 0x3FFFFF) << 34 | 1 << 61 }
    return word
  }

  init(_ key: Key192) {
    let word = key.second
    let wrongEntries = UInt8(word >> 9 & 31)
    let ticket = Self.current
    let stage: CallState.Stage
    switch Place(rawValue: UInt8(word & 15)) {
    case .idle, nil: stage = .idle
    case .ringing: stage = .ringing(ticket)
    case .introducing: stage = .reachingExtension(.introducing, ticket)
    case .speakingDigits: stage = .reachingExtension(.speakingDigits, ticket)
    case .sendingTones: stage = .reachingExtension(.sendingTones, ticket)
    case .extensionPrompt: stage = .reachingExtension(.waiting(speaking: true), ticket)
    case .extensionGrace: stage = .reachingExtension(.waiting(speaking: false), ticket)
    case .message:
      stage = .listening(.message(MessageType.numbered(Int(word >> 4 & 31)), ticket), wrongEntries: wrongEntries)
    case .grace: stage = .listening(.grace(ticket), wrongEntries: wrongEntries)
    case .digits:
      stage = .listening(.digits(Self.entry(word, key.third), ticket), wrongEntries: wrongEntries)
    case .checkingPIN: stage = .checkingPIN(ticket, wrongEntries: wrongEntries)
    case .confirming: stage = .confirmingBlock(ticket, speaking: true)
    case .confirmingGrace: stage = .confirmingBlock(ticket, speaking: false)
    case .closing: stage = .closing(CallOutcome.numbered(Int(word >> 14 & 15)), ticket)
    case .ended: stage = .ended(CallOutcome.numbered(Int(word >> 14 & 15)))
    }
    self.init(
      call: CallState(stage: stage, lastTicket: stage == .idle ? Ticket(0) : ticket),
      configuration: UInt8(word >> 32 & 0xFF))
    history = History(packed: word >> 18 & 0x3FFF)
    wrongPINs = UInt8(word >> 40 & 15)
    leftRunning = word >> 49 & 1 == 1
    unpackTime(key.first)
  }

  private mutating func unpackTime(_ word: UInt64) {
    check = PINCheck(rawValue: UInt8(word >> 62)) ?? .none
    if word >> 59 & 1 == 1 { sound = Int32(word & 0x1FFFF) }
    if word >> 60 & 1 == 1 {
      timer = Countdown(kind: CallTimer.Kind.numbered(Int(word >> 56 & 7)), left: Int32(word >> 17 & 0x1FFFF))
    }
    if word >> 61 & 1 == 1 { limit = Int32(word >> 34 & 0x3FFFFF) }
  }

  private static func entry(_ word: UInt64, _ low: UInt64) -> KeyEntry {
    let length = word >> 44 & 31
    let top = length > 20 ? length - 20 : 0
    return KeyEntry(low: low, high: UInt16(word >> 50 | top << 14), count: Int(min(length, 20)))
  }
}

extension CallMoment.History {
  /// 14 bits.
  fileprivate var packed: UInt64 {
    (result.map { UInt64($0.number) + 1 } ?? 0) | UInt64(conclusions) << 5 | (hasReported ? 1 : 0) << 7
      | (isBlocked ? 1 : 0) << 8 | UInt64(lastPIN.rawValue) << 9 | UInt64(lastEntry.rawValue) << 11
  }

  fileprivate init(packed: UInt64) {
    let outcome = Int(packed & 31)
    result = outcome == 0 ? nil : CallOutcome.numbered(outcome - 1)
    conclusions = UInt8(packed >> 5 & 3)
    hasReported = packed >> 7 & 1 == 1
    isBlocked = packed >> 8 & 1 == 1
    lastPIN = CallMoment.PINAnswer(rawValue: UInt8(packed >> 9 & 3)) ?? .none
    lastEntry = CallMoment.EntryClass(rawValue: UInt8(packed >> 11 & 7)) ?? .none
  }
}

extension CallOutcome {
  private static let byNumber = CallOutcome.allCases

  static func numbered(_ number: Int) -> CallOutcome { byNumber[number] }

  var number: UInt8 {
    switch self {
    case .approved: 0
    case .fraudReported: 1
    case .denied: 2
    case .userHungUp: 3
    case .noInput: 4
    case .poundNotPressed: 5
    case .busy: 6
    case .rejected: 7
    case .noAnswer: 8
    case .invalidNumber: 9
    case .carrierFailed: 10
    case .cancelled: 11
    }
  }
}

extension MessageType {
  private static let byNumber = MessageType.allCases

  static func numbered(_ number: Int) -> MessageType { byNumber[number] }

  /// Its place in the catalogue, from 0.
  var number: UInt8 {
    switch self {
    case .authenticationSuccessful: 0
    case .extensionPrompt: 1
    case .fraudConfirmation: 2
    case .fraudGreetingStandard: 3
    case .fraudReported: 4
    case .activation: 5
    case .authenticationDeniedRetry: 6
    case .retryStandard: 7
    case .greetingStandard: 8
    case .greetingPIN: 9
    case .fraudGreetingPIN: 10
    case .retryPIN: 11
    case .extensionPromptAfterDigits: 12
    case .authenticationDenied: 13
    case .activationGreetingStandard: 14
    case .activationRetryStandard: 15
    case .activationGreetingPIN: 16
    case .extensionPromptBeforeDigits: 17
    }
  }
}

extension CallTimer.Kind {
  static func numbered(_ number: Int) -> CallTimer.Kind {
    switch number {
    case 0: .ring
    case 1: .playbackLimit
    case 2: .answerGrace
    case 3: .interDigit
    case 4: .pinCheck
    default: .callLimit
    }
  }

  var number: UInt8 {
    switch self {
    case .ring: 0
    case .playbackLimit: 1
    case .answerGrace: 2
    case .interDigit: 3
    case .pinCheck: 4
    case .callLimit: 5
    }
  }
}
