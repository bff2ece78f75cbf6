import CSodium

/// A Temporary Access Pass as it is shown once. Prints as dots.
public struct PassText: Hashable, Sendable {
  public let revealed: String

  /// Without those that are taken for one another: 0 O o, 1 l I.
  static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789")

  /// What somebody typed.
  public init(typed text: String) { revealed = text }

  /// A new one, by the machine's own randomness.
  ///
  /// - Parameter length: characters; `Pass.lengths` says how many may be asked for.
  public static func random(length: Int) throws(SecretsError) -> PassText {
    try Sodium.prepare()
    let characters = (0..<length).map { _ in alphabet[Int(randombytes_uniform(UInt32(alphabet.count)))] }
    return PassText(typed: String(characters))
  }
}

extension PassText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "••••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
