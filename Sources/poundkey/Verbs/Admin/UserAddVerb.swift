import ArgumentParser
import Records
import VerificationCore

struct UserAddVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a user to a tenant.",
    discussion: """
      \(Role.userAdministrator.told)

      Examples:
        poundkey user add nia@larkspur.example --name "Nia Obi" --mobile "+44 7700900321" --language en
        poundkey user add temp@larkspur.example --guest --state enabled --group Field --group Paris

      Exit codes: 0 done, 1 there is such a user or it is refused, 2 usage or no number, 3 no tenant store, 4 it \
      cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @OptionGroup(title: "The user") var details: UserDetails

  func run() throws {
    var user = details.change.applied(to: User(upn: person.user))
    for (kind, number) in details.numbers { user.phones[kind] = number }
    let at = try person.admin.change("user add") { change in
      try change.perform(.addUser(user))
      return change.at
    }
    person.tell("user add", "added \(user.upn)", at: at)
  }
}

struct UserSetVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change what is known of a user; what is not said stays as it is.",
    discussion: """
      All of it is done, or nothing. Groups that are named take the place of all the user has. poundkey phone delete \
      takes numbers away. \(Role.userAdministrator.told) Numbers take the role authenticationAdministrator.

      Examples:
        poundkey user set helga@larkspur.example --language de --method text
        poundkey user set helga@larkspur.example --no-language --group Finance

      Exit codes: 0 done, 1 refused, 2 usage, no number or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var person: PersonOptions

  @OptionGroup(title: "What changes") var details: UserDetails

  @Flag(help: "Take the language away: the tenant's counts.")
  var noLanguage = false

  @Flag(help: "Take the default method away: the first that can be had counts.")
  var noMethod = false

  @Flag(help: "Take the user out of all groups.")
  var noGroups = false

  func validate() throws {
    if noLanguage, details.language != nil { throw ValidationError("--language and --no-language: choose one") }
    if noMethod, details.method != nil { throw ValidationError("--method and --no-method: choose one") }
    if noGroups, !details.groups.isEmpty { throw ValidationError("--group and --no-groups: choose one") }
    if change == UserChange(), details.numbers.isEmpty {
      throw ValidationError("say what is to change, as in --language fr")
    }
  }

  private var change: UserChange {
    var change = details.change
    if noLanguage { change.language = .some(nil) }
    if noMethod { change.defaultMethod = .some(nil) }
    if noGroups { change.groups = [] }
    return change
  }

  func run() throws {
    let at = try person.admin.change("user set", perform)
    let told = ([change.told] + details.numbers.map { "\($0.kind.rawValue) number" }).filter { !$0.isEmpty }
    person.tell("user set", "changed \(person.user): \(told.joined(separator: ", "))", at: at)
  }

  private func perform(_ change: Change) throws -> Instant {
    if self.change != UserChange() { try change.perform(.changeUser(person.user, self.change)) }
    for (kind, number) in details.numbers { try change.perform(.setPhone(person.user, kind, number)) }
    return change.at
  }
}
