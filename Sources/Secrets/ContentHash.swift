import CSodium

/// Names a content by itself: BLAKE2b-256 by libsodium.
public enum ContentHash {
  /// - Returns: 64 hexadecimal digits.
  public static func text(of bytes: [UInt8]) -> String {
    var hash = [UInt8](repeating: 0, count: 32)
    unsafe _ = crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), nil, 0)
    return Hexadecimal.text(hash)
  }
}

/// Bytes as text: two digits each, in lower case.
public enum Hexadecimal {
  public static func text(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
