import ScenarioModel
import VerificationCore

/// Reads who signs in, from where, with what.
struct SignInReader {
  let reading: Reading
  /// Stands in until the person is known who signs in.
  private static let nobody = UPN("nobody@poundkey.invalid")

  /// What stands in where nobody says how to sign in.
  var plainCall: [SignInStep] { Self.nobody.map { [SignInStep(request: SignInRequest(upn: $0, method: .call))] } ?? [] }

  func signIn(_ node: Node?) -> Step.Verb? {
    guard let nobody = Self.nobody else { return nil }
    var request = SignInRequest(upn: nobody)
    guard let node else { return .signIn(SignInStep(request: request)) }
    if case .scalar(let scalar) = node { return plain(scalar.string, node, request) }
    guard let fields = reading.fields(node, "signin", keys: Grammar.signIn.keys) else { return nil }
    if let with = fields["with"] { request.method = reading.method(with, "with") }
    if let language = fields["language"] {
      request.languages =
        reading.value(language, "language", takes: "an Accept-Language, as in fr-FR or \"fr-CA, en;q=0.5\"") {
          let languages = Language.accepted(by: $0)
          return languages.isEmpty ? nil : languages
        } ?? []
    }
    if flag(fields, "registration") { request.purpose = .registration }
    if let reset = fields["reset"], flag(fields, "reset") {
      if request.purpose == .registration {
        reading.report("two-purposes", "a sign-in is a registration or a reset, not both", at: reset)
      }
      request.purpose = .passwordReset
    }
    if let phone = fields["phone"] { request.phone = reading.phoneKind(phone, "phone") }
    place(fields, &request)
    client(fields, &request, node)
    if let compliant = fields["compliant"] { request.isDeviceCompliant = reading.flag(compliant, "compliant") ?? true }
    request.remembers = flag(fields, "remember")
    request.isPasswordless = flag(fields, "passwordless")
    return .signIn(SignInStep(user: fields["user"].flatMap { reading.upn($0, "user") }, request: request))
  }

  private func plain(_ word: String, _ node: Node, _ request: SignInRequest) -> Step.Verb? {
    if word == "cancel" { return .cancelSignIn }
    guard let method = Method(rawValue: word) else {
      reading.report(
        "wrong-value", "signin cannot be \"\(word)\"", at: node,
        hint: "it takes \(Method.allCases.map(\.rawValue).joined(separator: ", ")), cancel, or a mapping of "
          + Grammar.signIn.keys.joined(separator: ", "))
      return nil
    }
    var request = request
    // `signin: call` is the short form of a plain sign-in, whatever the user's default.
    request.method = method
    return .signIn(SignInStep(request: request))
  }

  private func place(_ fields: Fields, _ request: inout SignInRequest) {
    if let from = fields["from"] { request.address = reading.address(from, "from") }
    if let through = fields["through"] {
      request.throughNPS = reading.value(through, "through", takes: "nps") { $0 == "nps" ? true : nil } ?? false
    }
    request.intranetClaim = flag(fields, "claim")
    request.isInsideIntranet = flag(fields, "inside")
  }

  private func client(_ fields: Fields, _ request: inout SignInRequest, _ node: Node) {
    let given = ["browser", "app", "legacy"].filter { fields[$0] != nil }
    if given.count > 1 {
      reading.report(
        "two-clients", "a sign-in has one client, and this one has \(given.joined(separator: " and "))", at: node)
    }
    if let browser = fields["browser"] { request.client = .browser(reading.name(browser, "browser")) }
    if let app = fields["app"], let name = reading.name(app, "app") { request.client = .app(name) }
    if let legacy = fields["legacy"] {
      request.client = .legacy(hasAppPassword: reading.hasAppPassword(legacy, "legacy"))
    }
  }

  private func flag(_ fields: Fields, _ key: String) -> Bool {
    fields[key].flatMap { reading.flag($0, key) } ?? false
  }
}

extension Reading {
  /// What a client that knows passwords only has.
  func hasAppPassword(_ node: Node, _ what: String) -> Bool {
    value(node, what, takes: "appPassword or password") { ["appPassword": true, "password": false][$0] } ?? false
  }
}
