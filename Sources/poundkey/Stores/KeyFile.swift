import Files
import Glibc
import Records
import Reports
import Secrets

/// The file beside a store that holds the key under which the keys of tokens lie sealed.
enum KeyFile {
  static func path(of store: String) -> String { store + ".key" }

  private static let heading = "poundkey-key-1 "

  /// Makes one, readable by its owner alone, where none is.
  static func create(for store: String) throws -> SealingKey {
    let path = path(of: store)
    let key: SealingKey
    do throws(SecretsError) {
      key = try SealingKey.random()
    } catch {
      throw Failure(.environment, "error: \(path) cannot be made: \(error.reason)")
    }
    let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(.environment, "error: \(path) cannot be made: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let text = Array((heading + Hexadecimal.text(key.revealedBytes) + "\n").utf8)
    guard unsafe write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(path)
      throw Failure(.environment, "error: \(path) cannot be written: \(reason)")
    }
    return key
  }

  /// - Throws: exit code 4 for a file that is not there, that others may read, or that holds no key.
  static func read(for store: String) throws(Failure) -> SealingKey {
    let path = path(of: store)
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Failure(
        .environment,
        "error: the key file \(path) cannot be read: \(String(cString: strerror(errno))); without it the keys of tokens stay sealed"
      )
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(.environment, "error: others may read the key file \(path): chmod 600 \(ShellWord.quoted(path))")
    }
    var bytes: [UInt8] = []
    do throws(FileError) {
      var file = try OpenFile(path: path)
      bytes = try file.read(upTo: 1_024)
    } catch {
      throw Failure(.environment, "error: the key file \(path) cannot be read: \(error)")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix(heading), let key = key(text.dropFirst(heading.count).prefix { !$0.isWhitespace }) else {
      throw Failure(.environment, "error: \(path) is no key file of a tenant store")
    }
    return key
  }

  private static func key(_ text: Substring) -> SealingKey? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count == SealingKey.length * 2 else { return nil }
    return SealingKey(bytes: stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
  }

  /// Whether it is the key of this store: it opens what was sealed there, of which one is tried.
  ///
  /// - Throws: exit code 4 where it does not; nothing more is sealed under a key that is another's.
  static func requireKey(_ key: SealingKey, of holding: Holding, at store: String) throws(Failure) {
    guard let (token, sealed) = holding.keys.first, let bytes = Base64.bytes(sealed) else { return }
    guard key.open(bytes, of: token.serial) == nil else { return }
    throw Failure(
      .environment,
      "error: \(path(of: store)) is not the key file of this store: it does not open what was sealed; nothing was changed"
    )
  }
}
