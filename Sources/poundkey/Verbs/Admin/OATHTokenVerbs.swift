import ArgumentParser
import OneTimeCodes
import Records
import Reports
import Secrets
import VerificationCore

struct OATHActivateVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate", abstract: "Have a token of a store count, by the code that it shows now.",
    discussion: """
      The code is read from standard input; a terminal asks for it. It may be one step early or late, for clocks that differ. \
      \(Role.globalAdministrator.told)

      Example: echo 123456 | poundkey oath activate 1234567 --tenant larkspur.poundkey

      Exit codes: 0 activated, 1 refused, or not the code, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @Argument(help: ArgumentHelp("The serial number of the token.", valueName: "serial"))
  var serial: String

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let store = try admin.store.named()
    let now = admin.store.now
    let typed = try SecretInput.once("code")
    let key = try KeyFile.read(for: store)
    try admin.change("oath activate") { change in
      let isRight = try matches(typed, change.holding(), key, at: now)
      try change.perform(.activateToken(serial: serial, isCodeRight: isRight))
    }
    Done(
      what: "oath activate", upn: nil, text: "token \(serial) is activated", more: [("serial", .text(serial))]
    ).tell(json: json, at: now)
  }

  /// Whether it is the code of one of those with this number; they are one token, whoever has it.
  private func matches(_ typed: String, _ holding: Holding, _ key: SealingKey, at now: Instant) throws -> Bool {
    var isKeyMissing = false
    for var token in holding.tenant.tokens.having(serial: serial) {
      guard let sealed = holding.keys[Holding.TokenID(token)].flatMap(Base64.bytes) else {
        isKeyMissing = true
        continue
      }
      guard let secret = key.open(sealed, of: serial) else {
        throw Failure(
          .environment, "error: the key of token \(Printable.text(serial)) does not open: is this the store's key file?"
        )
      }
      token.secret = secret
      do throws(OneTimeCodeError) {
        if try OneTimeCodes(token)?.matchingStep(typed, at: now) != nil { return true }
      } catch .before1970 {
        throw Failure(.usage, "error: --at is before 1970, from which the codes are counted")
      } catch .library(let why) {
        throw Failure(.environment, "error: liboath cannot make a code: \(why)")
      }
    }
    if isKeyMissing {
      throw Failure(
        .contentAtFault,
        "error: the store has no key of token \(Printable.text(serial)): it came without; import it again with its key")
    }
    return false
  }
}

struct OATHListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens of a store: whose they are, and whether they count.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey oath list --user helga@larkspur.example --tenant larkspur.poundkey

      Exit codes: 0 good, 2 usage or no such user, 3 no tenant store, 4 it cannot be read.
      """)

  @Option(help: ArgumentHelp("Those of this user.", valueName: "upn"), transform: UPN.argument)
  var user: UPN?

  @Flag(help: "Those that are not activated.")
  var inactive = false

  @Flag(help: "Those that are nobody's.")
  var unassigned = false

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object a token, one a line.")
  var json = false

  func validate() throws {
    if user != nil, unassigned { throw ValidationError("--user and --unassigned leave nothing: choose one") }
  }

  func run() throws {
    let holding = try admin.holding()
    if let user { _ = try holding.tenant.user(named: user.text) }
    let tokens = holding.tenant.tokens.filter { token in
      (user == nil || token.owner == user) && (!inactive || !token.isActive) && (!unassigned || token.owner == nil)
    }
    if json { return Output.lines(tokens.map { line($0, holding) }) }
    guard !tokens.isEmpty else { return Output.line("no such tokens") }
    var table = Reports.Table(["serial", "user", "state", "seconds", "key", "model"])
    for token in tokens {
      let model = [token.manufacturer, token.model].filter { !$0.isEmpty }.joined(separator: " ")
      table.add([
        Printable.text(token.serial), token.owner?.text ?? "-", token.isActive ? "active" : "not activated",
        "\(token.interval.rawValue)", hasKey(token, holding) ? "sealed" : "missing", Printable.text(model),
      ])
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }

  private func hasKey(_ token: OATHToken, _ holding: Holding) -> Bool { holding.keys[Holding.TokenID(token)] != nil }

  private func line(_ token: OATHToken, _ holding: Holding) -> String {
    JSONLine([
      ("serial", .text(token.serial)), ("user", token.owner.map { .text($0.text) } ?? .null),
      ("active", .flag(token.isActive)), ("interval", .number(Int64(token.interval.rawValue))),
      ("manufacturer", .text(token.manufacturer)), ("model", .text(token.model)),
      ("hasKey", .flag(hasKey(token, holding))),
    ]).text
  }
}

struct OATHAssignVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Give a token of a store to a user, or take it back.",
    discussion: """
      A user has at most \(OATHToken.maxPerUser) tokens and apps. \(Role.globalAdministrator.told)

      Examples:
        poundkey oath assign 1234567 omar@larkspur.example --tenant larkspur.poundkey
        poundkey oath assign 1234567 --nobody --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or no such token, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("The serial number of the token.", valueName: "serial"))
  var serial: String

  @Argument(help: ArgumentHelp("Whose it is from now on.", valueName: "upn"), transform: UPN.argument)
  var user: UPN?

  @Flag(help: "It is nobody's from now on.")
  var nobody = false

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if (user == nil) != nobody { throw ValidationError("name the user who gets it, or --nobody") }
  }

  func run() throws {
    try admin.change("oath assign") { try $0.perform(.assignToken(serial: serial, to: user)) }
    Done(
      what: "oath assign", upn: user, text: "token \(serial) is \(user.map { "\($0)'s" } ?? "nobody's") now",
      more: [("serial", .text(serial))]
    ).tell(json: json, at: admin.store.now)
  }
}

struct OATHDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a token from a store, whoever has it.",
    discussion: """
      \(Role.globalAdministrator.told)

      Example: poundkey oath delete 1234567 --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or no such token, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("The serial number of the token.", valueName: "serial"))
  var serial: String

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try admin.change("oath delete") { try $0.perform(.deleteToken(serial: serial)) }
    Done(what: "oath delete", upn: nil, text: "token \(serial) is deleted", more: [("serial", .text(serial))])
      .tell(json: json, at: admin.store.now)
  }
}
