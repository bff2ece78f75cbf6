import ArgumentParser
import Records
import Reports
import Secrets
import VerificationCore

struct PassVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pass", abstract: "Temporary access passes: the way in for who has no method left.",
    discussion: "Example: poundkey pass issue helga@larkspur.example --once",
    subcommands: [PassIssueVerb.self, PassShowVerb.self, PassDeleteVerb.self])
}

struct PassIssueVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue", abstract: "Issue a pass, which is shown this once; it takes the place of an earlier one.",
    discussion: """
      What is not said is as the settings have it: pass.lifetime, pass.once, pass.length. Only a slow hash of it is \
      kept. Nobody issues one to oneself, as --by says. \(Role.authenticationAdministrator.told)

      Examples:
        poundkey pass issue helga@larkspur.example
        poundkey pass issue helga@larkspur.example --minutes 30 --once --length 12

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @Option(help: ArgumentHelp("How long it is good: 10 to 43200.", valueName: "minutes"))
  var minutes: Int?

  @Flag(help: "How often it is good.")
  var uses: Uses?

  @Option(help: ArgumentHelp("How many characters it has: 8 to 48.", valueName: "characters"))
  var length: Int?

  enum Uses: String, EnumerableFlag { case once, several }

  func run() throws {
    let user = person.user
    let issued = try person.admin.change("pass issue", issue)
    let pass = issued.pass
    let earlier = issued.hadOne ? "; the one before is good no more" : ""
    let told = "a pass for \(user), good \(pass.isOnce ? "once" : "several times") until \(pass.until)\(earlier)"
    person.tell(
      "pass issue", told,
      [("pass", .text(issued.text.revealed)), ("until", .text("\(pass.until)")), ("once", .flag(pass.isOnce))],
      at: pass.issued)
    if !person.json { Output.line("    \(issued.text.revealed)    (shown this once)") }
  }

  private struct Issued {
    let pass: Pass
    let text: PassText
    let hadOne: Bool
  }

  private func issue(_ change: Change) throws -> Issued {
    let before = try change.holding().tenant
    var made: PassText?
    let command = TenantCommand.issuePass(
      person.user, minutes: minutes, isOnce: uses.map { $0 == .once }, length: length)
    try change.perform(command) {
      let (text, hash) = try text(of: length ?? before.settings.pass.length)
      made = text
      return hash
    }
    guard let made, let pass = try change.holding().tenant.passes[person.user] else {
      throw Failure(.environment, "error: no pass came of it")
    }
    return Issued(pass: pass, text: made, hadOne: before.passes[person.user]?.standing(at: change.at) == .valid)
  }

  private func text(of length: Int) throws(Failure) -> (PassText, hash: String) {
    do throws(SecretsError) {
      let text = try PassText.random(length: length)
      return (text, try SecretHash(of: text).text)
    } catch {
      throw Failure(.environment, "error: no pass can be made: \(error.reason); nothing was changed")
    }
  }
}

struct PassShowVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Say whether a user has a pass, and until when; never the pass itself.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey pass show helga@larkspur.example

      Exit codes: 0 good, 1 the user has none, 2 usage or no such user, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let tenant = try person.admin.holding().tenant
    let user = try tenant.user(named: person.user.text)
    guard let pass = tenant.passes[user.upn] else { throw Failure(CommandRefusal.noPass) }
    let now = person.admin.store.now
    if person.json {
      return Output.line(
        JSONLine([("user", .text(user.upn.text)), ("pass", .object(pass.json(at: now)))]).text)
    }
    Output.line("the pass of \(user.upn): \(pass.line(at: now))")
  }
}

struct PassDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Take the pass of a user away, good or not.",
    discussion: """
      \(Role.authenticationAdministrator.told)

      Example: poundkey pass delete helga@larkspur.example

      Exit codes: 0 done, 1 there is no pass or it is refused, 2 usage or no such user, 3 no tenant store, 4 it cannot \
      be written.
      """)

  @OptionGroup var person: PersonOptions

  func run() throws {
    let user = person.user
    try person.perform("pass delete", .deletePass(user), "\(user) has no pass any more")
  }
}
