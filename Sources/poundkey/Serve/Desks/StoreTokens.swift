import Console
import OneTimeCodes
import Records
import Secrets
import VerificationCore

/// The hardware tokens of a store. Their keys lie sealed under its key file.
struct StoreTokens: TokenDesk {
  private let store: DeskStore
  private let path: String
  /// Some 40,000 rows; the command line takes what is longer.
  let limit = 4 << 20

  /// - Parameter path: of the store.
  init(_ store: DeskStore, at path: String) { (self.store, self.path) = (store, path) }

  func list(_ wanted: TokenQuery) async throws -> TokenList {
    try await store.read { store, _ in
      let holding = try store.holding()
      let tokens = holding.tenant.tokens
      let hasKey = { (token: OATHToken) in holding.keys[Holding.TokenID(token)] != nil }
      let found = tokens.filter { wanted.means($0, hasKey: hasKey) }
        .sorted { ($0.serial, $0.owner?.text ?? "") < ($1.serial, $1.owner?.text ?? "") }
      let entries = found.dropFirst(wanted.skip).prefix(wanted.limit).map { token in
        var shown = token
        shown.secret = nil
        return TokenList.Entry(
          shown, hasKey: hasKey(token), isShared: tokens.having(serial: token.serial).count > 1)
      }
      return TokenList(entries, total: found.count)
    }
  }

  func check(_ file: [UInt8]) async throws -> TokenIntake {
    try await store.read { store, now in try TokenFileImport.intake(file, store.holding().tenant, at: now) }
  }

  func take(_ file: [UInt8]) async throws -> TokenIntake {
    let taken = TokenFileImport(file, try key())
    do {
      try await store.perform { [path] holding, _ in
        try Self.withKeyFile { () throws(Failure) in
          try KeyFile.requireKey(taken.key, of: holding, at: path)
        }
        return AdminAct("oath import", taken)
      }
    } catch let refusal as DeskRefusal where refusal.kind == .rejected {
      // What is wrong with it is told by the intake.
    }
    return taken.intake
  }

  func activate(_ serial: String, code: String) async throws {
    let key = try key()
    try await store.perform { holding, _ in
      // A token goes by the clock on the wall, wherever that of the room stands.
      let isRight = try Self.matches(code, serial, holding, key, at: SystemTime.now)
      return AdminAct("oath activate", TenantCommand.activateToken(serial: serial, isCodeRight: isRight))
    }
  }

  func assign(_ serial: String, to upn: UPN?) async throws {
    try await store.perform { _, _ in AdminAct("oath assign", SetupCommand.assignToken(serial: serial, to: upn)) }
  }

  func delete(_ serial: String) async throws {
    try await store.perform { _, _ in AdminAct("oath delete", TenantCommand.deleteToken(serial: serial)) }
  }
}

extension StoreTokens {
  private func key() throws(DeskRefusal) -> SealingKey {
    try Self.withKeyFile { () throws(Failure) in try KeyFile.read(for: path) }
  }

  /// Where the file lies is nobody's business who reads it from afar.
  private static func withKeyFile<Result>(_ work: () throws(Failure) -> Result) throws(DeskRefusal) -> Result {
    do throws(Failure) {
      return try work()
    } catch {
      throw DeskRefusal(
        .failed, "the key file of the tenant's store cannot be used; nothing was changed",
        hint: "it lies beside the store, is named as the store is with .key behind, and only its owner may read it")
    }
  }

  /// Whether it is the code of one of those with this number; they are one token, whoever has it.
  private static func matches(
    _ code: String, _ serial: String, _ holding: Holding, _ key: SealingKey, at now: Instant
  ) throws -> Bool {
    let tokens = holding.tenant.tokens.having(serial: serial)
    let sealed = tokens.compactMap { token in
      holding.keys[Holding.TokenID(token)].flatMap(Base64.bytes).map { (token, $0) }
    }
    guard !tokens.isEmpty, sealed.isEmpty else {
      return try sealed.contains { try Self.shows(code, $0, key.open($1, of: serial), at: now) }
    }
    throw DeskRefusal(
      .refused, "the store has no key of this token: it came without", hint: "import it again with its key")
  }

  private static func shows(
    _ code: String, _ token: OATHToken, _ secret: TokenSecret?, at now: Instant
  ) throws -> Bool {
    guard let secret else {
      throw DeskRefusal(
        .failed, "the key of this token does not open", hint: "see that the key file is the one of this store")
    }
    var token = token
    token.secret = secret
    return try OneTimeCodes(token)?.matchingStep(code, at: now) != nil
  }
}

extension TokenQuery {
  fileprivate func means(_ token: OATHToken, hasKey: (OATHToken) -> Bool) -> Bool {
    switch state {
    case nil: break
    case .active: guard token.isActive else { return false }
    case .inactive: guard !token.isActive else { return false }
    case .unassigned: guard token.owner == nil else { return false }
    case .noKey: guard !hasKey(token) else { return false }
    }
    guard let search = search?.lowercased() else { return true }
    return [token.serial, token.owner?.text ?? "", token.manufacturer, token.model]
      .contains { $0.lowercased().contains(search) }
  }
}
