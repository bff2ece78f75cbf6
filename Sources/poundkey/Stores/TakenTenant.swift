import Records
import Reports
import ScenarioModel
import ScenarioYAML
import Secrets
import VerificationCore

/// A tenant of a file on its way into a store: its recordings checked and in hand, its PINs hashed, its keys known.
struct TakenTenant {
  let tenant: Tenant
  private let hashes: [UPN: SecretHash]
  private let keptPINs: Set<UPN>
  /// By name, which is by content.
  private let recordings: [String: [UInt8]]

  /// An empty one.
  init(name: String) {
    (tenant, hashes, keptPINs, recordings) = (Tenant(name: name), [:], [], [:])
  }

  /// - Parameter path: a tenant file; nil is the demo tenant.
  /// - Throws: exit code 3 for a file with mistakes, 1 for a recording that is rejected.
  init(path: String?, at now: Instant) throws {
    let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
    guard let path else {
      let demo = reader.demoTenant
      (tenant, keptPINs, recordings) = (demo.tenant, [], [:])
      hashes = try HashedPINs.all(demo.pins)
      return
    }
    try TenantFile.requireReadable(path)
    let read: TenantImport
    do throws(InvalidSource) {
      read = try reader.import(at: path, now: now)
    } catch {
      throw InvalidFile.failure(error)
    }
    var (tenant, recordings) = (read.tenant, [String: [UInt8]]())
    for file in read.greetingFiles {
      let checked = try CheckedGreeting(file.path)
      tenant.greetings[file.index].file = checked.name
      tenant.greetings[file.index].length = checked.length
      recordings[checked.name] = checked.bytes
    }
    (self.tenant, self.recordings, keptPINs) = (tenant, recordings, read.keptPINs)
    hashes = try HashedPINs.all(read.pins)
  }

  /// What was not to be had: neither in the file nor in the store.
  struct Missing {
    var pins: [UPN] = []
    var passes: [UPN] = []
    var keys: [String] = []
  }

  /// Who has a PIN.
  var pins: Set<UPN> { keptPINs.union(hashes.keys) }

  var needsKey: Bool { tenant.tokens.contains { $0.secret != nil } }

  /// Puts it in place of what holds. Secrets that the file does not tell stay as the store has them.
  ///
  /// - Parameter key: asked for where a token's key is to be sealed.
  func put(into change: Change, of store: String, sealing key: () throws -> SealingKey) throws -> Missing {
    let before = try change.holding()
    let key = needsKey ? try key() : nil
    if let key { try KeyFile.requireKey(key, of: before, at: store) }
    var missing = Missing()
    for (name, bytes) in recordings.sorted(by: { $0.key < $1.key }) { try change.keep(greeting: name, bytes) }
    try change.replace(with: tenant, pins: pins) { event in
      switch event {
      case .setUp(.pinSet(let upn)):
        let kept = hashes[upn]?.text ?? before.pins[upn] ?? nil
        if kept == nil { missing.pins.append(upn) }
        return kept
      case .passIssued(let pass):
        let kept = before.tenant.passes[pass.upn]?.issued == pass.issued ? before.passes[pass.upn] : nil
        if kept == nil { missing.passes.append(pass.upn) }
        return kept
      case .tokenImported(let token):
        let sealed = token.secret.flatMap { secret in key.map { Base64.text($0.seal(secret, of: token.serial)) } }
        let kept = sealed ?? before.keys[Holding.TokenID(token)]
        if kept == nil { missing.keys.append(token.serial) }
        return kept
      default: return nil
      }
    }
    return missing
  }
}

extension TakenTenant.Missing {
  /// Told on standard error: what somebody has to give again.
  func tell() {
    func warn(_ count: Int, _ what: String, _ names: [String], _ remedy: String) {
      guard count > 0 else { return }
      let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
      Output.error("warning: \(count) \(what) in neither the file nor the store (\(Printable.text(shown))): \(remedy)")
    }
    warn(pins.count, pins.count == 1 ? "PIN is" : "PINs are", pins.map(\.text), "poundkey pin set UPN")
    warn(passes.count, passes.count == 1 ? "pass is" : "passes are", passes.map(\.text), "poundkey pass issue UPN")
    warn(keys.count, keys.count == 1 ? "token's key is" : "tokens' keys are", keys, "poundkey oath import FILE.csv")
  }
}

/// PINs on their way into a store.
enum HashedPINs {
  /// - Throws: exit code 4 where there is no memory for it.
  static func all(_ pins: [UPN: Passcode]) throws -> [UPN: SecretHash] {
    var bar = ProgressBar("Hashing PINs", total: pins.count)
    defer { bar.clear() }
    return try pins.mapValues { pin in
      do throws(SecretsError) {
        let hash = try SecretHash(of: pin)
        bar.advance("")
        return hash
      } catch {
        throw Failure(.environment, "error: a PIN cannot be hashed: \(error.reason)")
      }
    }
  }
}
