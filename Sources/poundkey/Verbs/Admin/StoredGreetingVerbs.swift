import ArgumentParser
import Records
import Reports
import VerificationCore

struct GreetingAddVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Keep a recording in a tenant store, for a message in a language.",
    discussion: """
      The file is checked first, as greeting check does: at most 1,048,576 bytes, under 20 s. The store keeps its bytes; \
      it takes the place of the one of the same message and language. \
      \(Role.authenticationPolicyAdministrator.told)

      Example: poundkey greeting add greetingStandard de welcome.wav --tenant larkspur.poundkey

      Exit codes: 0 kept, 1 rejected or refused, 2 usage, 3 no tenant store, 4 a file cannot be read or written.
      """)

  @Argument(
    help: ArgumentHelp("One of the 18 messages; poundkey messages lists them.", valueName: "type"),
    transform: MessageType.argument)
  var message: MessageType

  @Argument(help: "The language that it is in, as fr or fr-CA.")
  var language: Language

  @Argument(help: "A .wav or .mp3 file.")
  var file: String

  @Option(help: ArgumentHelp("The words that it says.", valueName: "text"))
  var script: String?

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    // Before a file is looked into for nothing.
    _ = try admin.store.named()
    let checked = try CheckedGreeting(file)
    let name = checked.name
    let greeting = CustomGreeting(
      message: message, language: language, length: checked.length, file: name, script: script)
    let (replaced, done) = try admin.setUp("greeting add") { change in
      let replaced = try change.holding().tenant.greeting(message, language) != nil
      try change.perform(.addGreeting(greeting))
      try change.keep(greeting: name, checked.bytes)
      return replaced
    }
    let instead = replaced ? "; it takes the place of the one before" : ""
    done.tell(
      Done(
        what: "greeting add", upn: nil,
        text: "\(message.rawValue) in \(language): \(greeting.length), \(checked.bytes.count) bytes\(instead)",
        more: [
          ("message", .text(message.rawValue)), ("language", .text(language.tag)),
          ("milliseconds", .number(greeting.length.count)), ("bytes", .number(Int64(checked.bytes.count))),
          ("file", .text(name)), ("replaced", .flag(replaced)),
        ]), json: json)
  }
}

struct GreetingListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the greetings of a tenant store: message, language, length, size, since when.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey greeting list --tenant larkspur.poundkey

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object a greeting, one a line.")
  var json = false

  func run() throws {
    let greetings = try StoredGreeting.all(in: admin.store)
    if json { return Output.lines(greetings.map(\.jsonLine)) }
    guard !greetings.isEmpty else { return Output.line("the tenant has no greeting of its own") }
    var table = Reports.Table(["message", "language", "length", "bytes", "added"])
    for stored in greetings {
      let greeting = stored.greeting
      table.add([
        greeting.message.rawValue, greeting.language.tag, "\(greeting.length)", stored.bytes.map { "\($0)" } ?? "-",
        stored.added.map { "\($0)" } ?? "with the tenant",
      ])
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }
}

/// A greeting with what its store knows of it.
private struct StoredGreeting {
  let greeting: CustomGreeting
  /// nil where only its length is known.
  let bytes: Int?
  /// nil where it came with the tenant.
  let added: Instant?

  static func all(in options: StoreOptions) throws -> [StoredGreeting] {
    let store = try options.open()
    do {
      let holding = try store.holding()
      let added = try additions(store)
      return try holding.tenant.greetings.map { greeting in
        StoredGreeting(
          greeting: greeting, bytes: try greeting.file.flatMap { try store.greeting(named: $0)?.count },
          added: added["\(greeting.message.rawValue) \(greeting.language)"])
      }
    } catch let error as StoreError {
      throw Failure(error)
    }
  }

  /// When each was added last, by the audit log; what the tenant was imported with came with it.
  private static func additions(_ store: TenantStore) throws -> [String: Instant] {
    var imports = LogQuery(.audit)
    imports.filter(.activity, AuditRecord.Activity.tenantImported.rawValue)
    imports.last = 1
    var imported: Int64 = 0
    try store.entries(imports) { imported = $0.sequence }
    var additions = LogQuery(.audit)
    additions.filter(.activity, AuditRecord.Activity.greetingAdded.rawValue)
    var found: [String: Instant] = [:]
    try store.entries(additions) { entry in
      if entry.sequence > imported, case .audit(let record) = entry.record, let greeting = record.reason {
        found[greeting] = entry.at
      }
    }
    return found
  }

  var jsonLine: String {
    JSONLine([
      ("message", .text(greeting.message.rawValue)), ("language", .text(greeting.language.tag)),
      ("milliseconds", .number(greeting.length.count)), ("bytes", bytes.map { .number(Int64($0)) } ?? .null),
      ("added", added.map { .text("\($0)") } ?? .null), ("file", greeting.file.map { .text($0) } ?? .null),
      ("script", greeting.script.map { .text($0) } ?? .null),
    ]).text
  }
}

struct GreetingDeleteVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Play Poundkey's own recording again for a message in a language.",
    discussion: """
      \(Role.authenticationPolicyAdministrator.told)

      Example: poundkey greeting delete greetingStandard de --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused or not there, 2 usage, 3 no tenant store, 4 it cannot be written.
      """)

  @OptionGroup var which: GreetingName
  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let (_, done) = try admin.setUp("greeting delete") {
      try $0.perform(.deleteGreeting(which.message, which.language))
    }
    done.tell(
      Done(
        what: "greeting delete", upn: nil, text: "deleted \(which.message.rawValue) in \(which.language)",
        more: [("message", .text(which.message.rawValue)), ("language", .text(which.language.tag))]), json: json)
  }
}

/// Which greeting of a store.
struct GreetingName: ParsableArguments {
  @Argument(
    help: ArgumentHelp("One of the 18 messages; poundkey messages lists them.", valueName: "type"),
    transform: MessageType.argument)
  var message: MessageType

  @Argument(help: "The language that it is in, as fr or fr-CA.")
  var language: Language
}

struct GreetingGetVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Write out a recording that a tenant store keeps, as it was.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey greeting get greetingStandard de --output welcome.wav --tenant larkspur.poundkey

      Exit codes: 0 written, 1 it is not there, 2 usage, 3 no tenant store, 4 it cannot be read or written.
      """)

  @OptionGroup var which: GreetingName

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the file if it is there.")
  var force = false

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object; not with --output -.")
  var json = false

  func validate() throws {
    if json, output == "-" { throw ValidationError("--json does not go with the sound on standard output") }
  }

  func run() throws {
    let target = GreetingTarget(output, force: force)
    try target.check()
    let bytes = try content()
    try target.write(bytes)
    guard !target.isStandardOutput else { return }
    Done(
      what: "greeting get", upn: nil, text: "wrote \(output): \(bytes.count) bytes",
      more: [
        ("message", .text(which.message.rawValue)), ("language", .text(which.language.tag)), ("file", .text(output)),
        ("bytes", .number(Int64(bytes.count))),
      ]
    ).tell(json: json, at: admin.store.now)
  }

  private func content() throws -> [UInt8] {
    let store = try admin.store.open()
    do {
      let tenant = try store.holding().tenant
      guard let greeting = tenant.greeting(which.message, which.language) else {
        throw Failure(.noSuchGreeting(which.message, which.language), in: tenant)
      }
      guard let bytes = try greeting.file.flatMap({ try store.greeting(named: $0) }) else {
        throw Failure(.contentAtFault, "error: the store has no sound of this greeting, only its length")
      }
      return bytes
    } catch let error as StoreError {
      throw Failure(error)
    }
  }
}

extension Tenant {
  /// The one of its own for a message in a language.
  fileprivate func greeting(_ message: MessageType, _ language: Language) -> CustomGreeting? {
    greetings.last { $0.message == message && $0.language == language }
  }
}
