import ArgumentParser
import Reports
import ScenarioModel
import VerificationCore

// What more than one verb takes, read in one way. A mistake is told by the parser, with the option it is in.

extension Instant {
  /// The value of `--at`.
  static func argument(_ text: String) throws -> Instant {
    guard let time = Instant(iso8601: text) else {
      throw ValidationError("it takes a date or time, as in 2025-10-01 or 2025-10-01T09:00:00Z")
    }
    return time
  }
}

extension MessageType {
  static func argument(_ text: String) throws -> MessageType {
    guard let message = MessageType(rawValue: text) else {
      let names = MessageType.allCases.map(\.rawValue)
      throw ValidationError("no message has this name; \(Suggestion.hint(for: text, among: names, what: "there are"))")
    }
    return message
  }
}

/// The languages that somebody asks for: an Accept-Language field, or a list such as `fr-CA,en`.
struct AskedLanguages {
  /// Most wanted first, at least one.
  let languages: [Language]

  /// Browsers send what they like; what a person types is told where it is wrong.
  static func argument(_ field: String) throws -> AskedLanguages {
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
      let tag = part.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
      guard tag == "*" || Language(tag) != nil else {
        throw ValidationError("\"\(tag)\" is no language, as fr or fr-CA are")
      }
    }
    let languages = Language.accepted(by: field)
    if languages.isEmpty { throw ValidationError("it asks for no language; leave it out to ask for none") }
    return AskedLanguages(languages: languages)
  }
}

/// For verbs that can do without a tenant of one's own.
struct TenantOption: ParsableArguments {
  @Option(
    name: .customLong("tenant"),
    help: ArgumentHelp(
      "A tenant file or store; else what the variable POUNDKEY_TENANT names, else the demo tenant.",
      valueName: "tenant"))
  var path: String?

  func read() throws(Failure) -> Tenant {
    guard let path = TenantFile.named(path) else { return try TenantFile.read(nil).tenant }
    return try TenantFile.tenant(at: path)
  }
}

/// For verbs that say something of no tenant in particular, too.
struct NamedTenantOption: ParsableArguments {
  @Option(
    name: .customLong("tenant"),
    help: ArgumentHelp("A tenant file or store; else what the variable POUNDKEY_TENANT names.", valueName: "tenant"))
  var path: String?

  /// nil where none is named.
  func read() throws(Failure) -> Tenant? {
    guard let path = TenantFile.named(path) else { return nil }
    return try TenantFile.tenant(at: path)
  }
}

/// For verbs that sign somebody in.
struct SignInOptions: ParsableArguments {
  @OptionGroup var tenant: TenantOption

  @Option(help: ArgumentHelp("Who signs in; else the tenant's first user.", valueName: "upn"))
  var user: String?

  /// The tenant file or store that is named; nil is the demo tenant.
  var path: String? { TenantFile.named(tenant.path) }

  /// The tenant, and who of it signs in.
  ///
  /// - Parameter now: when it begins; else now for a store, and the usual start for a file.
  func read(at now: Instant?) throws(Failure) -> Given {
    var given = try TenantFile.given(at: path, now: now)
    if let user { given.user = try given.tenant.user(named: user).upn }
    return given
  }
}

extension Tenant {
  /// - Throws: exit code 2, with the name that was probably meant.
  func user(named text: String) throws(Failure) -> User {
    if let upn = UPN(text), let known = user(upn) { return known }
    throw Failure.unknownUser(text, in: self)
  }
}

extension Failure {
  /// Exit code 2, with the name that was probably meant; of many users only the first are named.
  static func unknownUser(_ text: String, in tenant: Tenant) -> Failure {
    let names = tenant.users.map(\.upn.text)
    return Failure(.usage, "error: no user \"\(Printable.text(text))\" in the tenant; \(hint(text, names))")
  }

  private static func hint(_ text: String, _ names: [String]) -> String {
    if names.isEmpty { return "it has none" }
    let shown = 8
    guard names.count > shown else { return Suggestion.hint(for: text, among: names, what: "its users are") }
    if let closest = Suggestion.closest(to: text, among: names) { return "did you mean \"\(closest)\"?" }
    return "its users are: \(names.prefix(shown).joined(separator: ", ")) and \(names.count - shown) more"
  }
}
