import CSodium
public import VerificationCore

/// The key under which the keys of tokens lie sealed: XChaCha20-Poly1305 by libsodium, a nonce of its own for each.
///
/// Whoever has the key file and the store has the tokens; whoever has one of the two has none. It does not help against
/// somebody who may read the files of the account that runs Poundkey.
public struct SealingKey: Sendable {
  private let bytes: [UInt8]

  public static let length = 32

  /// - Returns: nil unless there are 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.length, (try? Sodium.prepare()) != nil else { return nil }
    self.bytes = bytes
  }

  public static func random() throws(SecretsError) -> SealingKey {
    try Sodium.prepare()
    var bytes = [UInt8](repeating: 0, count: length)
    unsafe randombytes_buf(&bytes, length)
    return SealingKey(unchecked: bytes)
  }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// What a key file holds.
  public var revealedBytes: [UInt8] { bytes }

  /// - Parameter serial: of the token. A sealed key that is put at another token's place does not open.
  /// - Returns: the nonce and what follows it.
  public func seal(_ secret: TokenSecret, of serial: String) -> [UInt8] {
    let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    let message = secret.revealedBytes
    let about = Array(serial.utf8)
    var sealed = [UInt8](
      repeating: 0, count: nonceLength + message.count + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES))
    sealed.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe randombytes_buf(start, nonceLength)
      unsafe _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
        start + nonceLength, nil, message, UInt64(message.count), about, UInt64(about.count), nil, start, bytes)
    }
    return sealed
  }

  /// - Returns: nil where it was sealed under another key or for another token, or has been changed.
  public func open(_ sealed: [UInt8], of serial: String) -> TokenSecret? {
    let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    let overhead = nonceLength + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
    guard sealed.count > overhead else { return nil }
    let about = Array(serial.utf8)
    var message = [UInt8](repeating: 0, count: sealed.count - overhead)
    let failed = sealed.withUnsafeBufferPointer { buffer -> CInt in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
        &message, nil, nil, start + nonceLength, UInt64(sealed.count - nonceLength), about, UInt64(about.count), start,
        bytes)
    }
    return failed == 0 ? TokenSecret(bytes: message) : nil
  }
}

extension SealingKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "••••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
