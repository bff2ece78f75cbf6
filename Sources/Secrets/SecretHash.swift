import CSodium
public import VerificationCore

/// What is kept of a PIN or a pass: Argon2id with a salt of its own, in the format of the PHC string, by libsodium
/// (`crypto_pwhash_str`, the limits for interactive use: 64 MiB and about a tenth of a second a try).
///
/// A PIN of 4 digits has 10,000 possible values: whoever has the hash finds it in an hour or less, however slow one try
/// is. The hash keeps a PIN from being read by accident, no more.
public struct SecretHash: Hashable, Sendable {
  /// `$argon2id$v=19$...`
  public let text: String

  /// - Parameter text: as `text` was; nil for what is no such hash.
  public init?(_ text: String) {
    guard text.hasPrefix("$argon2id$"), text.utf8.count < crypto_pwhash_strbytes() else { return nil }
    self.text = text
  }

  /// - Throws: where there is no memory for it.
  public init(of pin: Passcode) throws(SecretsError) { try self.init(hashing: pin.revealed) }

  /// - Throws: where there is no memory for it.
  public init(of pass: PassText) throws(SecretsError) { try self.init(hashing: pass.revealed) }

  /// Takes as long as hashing did, whether or not it matches.
  public func matches(_ entry: KeyEntry) -> Bool { matches(entry.revealed) }

  public func matches(_ pass: PassText) -> Bool { matches(pass.revealed) }

  /// Whether this PIN is the code that reports fraud (CALL-9). Codes of fewer than 4 digits are no PIN.
  public func matches(_ code: ReportCode) -> Bool {
    code.description.utf8.count >= Passcode.shortest && matches(code.description)
  }

  private init(hashing secret: String) throws(SecretsError) {
    try Sodium.prepare()
    let secret = secret.utf8.map(CChar.init(bitPattern:))
    var hash = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
    let failed = unsafe crypto_pwhash_str(
      &hash, secret, UInt64(secret.count), UInt64(crypto_pwhash_opslimit_interactive()),
      crypto_pwhash_memlimit_interactive())
    guard failed == 0 else { throw .noMemory }
    text = String(decoding: hash.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func matches(_ secret: String) -> Bool {
    guard (try? Sodium.prepare()) != nil else { return false }
    let secret = secret.utf8.map(CChar.init(bitPattern:))
    return unsafe crypto_pwhash_str_verify(text, secret, UInt64(secret.count)) == 0
  }
}

extension SecretHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "••••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

public enum SecretsError: Error, Hashable, Sendable {
  /// libsodium found no source of chance.
  case unusable
  case noMemory
}

extension SecretsError {
  /// The end of a sentence that begins with what was to be done.
  public var reason: String {
    switch self {
    case .unusable: "libsodium finds no source of randomness on this machine"
    case .noMemory: "there are not 64 MiB of memory for the hash"
    }
  }
}

enum Sodium {
  /// Safe to call more than once, and from several threads.
  static func prepare() throws(SecretsError) {
    guard sodium_init() >= 0 else { throw .unusable }
  }
}
