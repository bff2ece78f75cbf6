import ArgumentParser
import Records
import Reports
import VerificationCore

struct LocationVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "location", abstract: "Name places by their addresses, and say which are trusted.",
    discussion: "Example: poundkey location add Office --range 203.0.113.0/24 --trusted --tenant larkspur.poundkey",
    subcommands: [LocationAddVerb.self, LocationSetVerb.self, LocationDeleteVerb.self, LocationListVerb.self])
}

struct LocationAddVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Name a place.",
    discussion: """
      \(Role.conditionalAccessAdministrator.told)

      Example: poundkey location add Office --range 203.0.113.0/24 2001:db8::/48 --trusted --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: "Its name.", transform: NamedLocation.name)
  var name: String

  @Option(
    name: .customLong("range"), parsing: .upToNextOption,
    help: ArgumentHelp("Its addresses, IPv4 or IPv6, in CIDR notation.", valueName: "range"),
    transform: IPRange.argument)
  var ranges: [IPRange]

  @Flag(help: "Conditional access trusts it.")
  var trusted = false

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let location = NamedLocation(name: name, ranges: ranges, isTrusted: trusted)
    let (_, done) = try admin.setUp("location add") { try $0.perform(.addLocation(location)) }
    done.tell(
      Done(what: "location add", upn: nil, text: "added \(location.words)", more: location.members), json: json)
  }
}

struct LocationSetVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change the ranges of a place, or whether it is trusted.",
    discussion: """
      Ranges take the place of those that it had. \(Role.conditionalAccessAdministrator.told)

      Examples:
        poundkey location set Office --range 203.0.113.0/25 --tenant larkspur.poundkey
        poundkey location set Office --no-trusted --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or not there, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: "Its name.")
  var name: String

  @Option(
    name: .customLong("range"), parsing: .upToNextOption,
    help: ArgumentHelp("Its addresses, IPv4 or IPv6, in CIDR notation.", valueName: "range"),
    transform: IPRange.argument)
  var ranges: [IPRange] = []

  @Flag(inversion: .prefixedNo, help: "Conditional access trusts it, or does not.")
  var trusted: Bool?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func validate() throws {
    if ranges.isEmpty, trusted == nil {
      throw ValidationError("nothing is to change: --range, --trusted, --no-trusted")
    }
  }

  func run() throws {
    let change = LocationChange(ranges: ranges.isEmpty ? nil : ranges, isTrusted: trusted)
    let (_, done) = try admin.setUp("location set") { try $0.perform(.changeLocation(name: name, change)) }
    guard let location = done.after.tenant.locations.first(where: { $0.name == name }) else { return }
    done.tell(Done(what: "location set", upn: nil, text: location.words, more: location.members), json: json)
  }
}

struct LocationDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Forget a place.",
    discussion: """
      \(Role.conditionalAccessAdministrator.told)

      Example: poundkey location delete Office --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or not there, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: "Its name.")
  var name: String

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let (_, done) = try admin.setUp("location delete") { try $0.perform(.deleteLocation(name: name)) }
    done.tell(
      Done(what: "location delete", upn: nil, text: "deleted \(name)", more: [("name", .text(name))]), json: json)
  }
}

struct LocationListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the places by name, or show one.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey location list --tenant larkspur.poundkey

      Exit codes: 0 good, 1 there is none of that name, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @Argument(help: "Only the one of this name.")
  var name: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object a place, one a line.")
  var json = false

  func run() throws {
    let tenant = try admin.holding().tenant
    let locations = tenant.locations.filter { name == nil || $0.name == name }
    if let name, locations.isEmpty { throw Failure(.noSuchLocation(name), in: tenant) }
    if json { return Output.lines(locations.map { JSONLine($0.members).text }) }
    guard !locations.isEmpty else { return Output.line("no place has a name") }
    var table = Reports.Table(["name", "trusted", "ranges"])
    for location in locations {
      table.add([Printable.text(location.name), location.isTrusted ? "yes" : "no", location.list])
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }
}

extension NamedLocation {
  static func name(_ text: String) throws -> String {
    if text.allSatisfy(\.isWhitespace) { throw ValidationError("a location needs a name") }
    return text
  }

  fileprivate var list: String { ranges.map(\.description).joined(separator: ", ") }
  fileprivate var words: String { "\(name): \(list), \(isTrusted ? "trusted" : "not trusted")" }

  fileprivate var members: [(key: String, value: JSONLine.Value)] {
    [
      ("name", .text(name)), ("ranges", .list(ranges.map { .text($0.description) })), ("trusted", .flag(isTrusted)),
    ]
  }
}

extension IPRange {
  static func argument(_ text: String) throws -> IPRange {
    do throws(Mistake) {
      return try IPRange(text)
    } catch {
      throw ValidationError("\"\(text)\" \(error.explanation)")
    }
  }
}
