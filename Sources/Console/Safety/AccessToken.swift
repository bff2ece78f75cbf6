/// What lets somebody in: 128 bits by the machine's own randomness, as 22 characters that a link can hold. Prints as dots.
struct AccessToken: Hashable, Sendable {
  let revealed: String

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  private static let length = 22

  static func random() -> AccessToken {
    var chance = SystemRandomNumberGenerator()
    let characters = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &chance)] }
    return AccessToken(revealed: String(characters))
  }

  /// Takes as long whatever the text is, so that its time tells nothing of how much of it is right.
  func matches(_ text: some StringProtocol) -> Bool {
    let (own, other) = (Array(revealed.utf8), Array(text.utf8.prefix(Self.length + 1)))
    var difference: UInt8 = own.count == other.count ? 0 : 1
    for index in own.indices { difference |= own[index] ^ (index < other.count ? other[index] : 0) }
    return difference == 0
  }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "••••" }
  var debugDescription: String { description }
  /// `dump` shows nothing either.
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
