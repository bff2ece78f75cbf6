import ArgumentParser
import Glibc
import Records
import Reports
import ScenarioYAML
import VerificationCore

struct TenantInitVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a tenant store, or write a commented tenant file to start from.",
    discussion: """
      A store is one file that keeps a tenant and everything that happens to it; beside it a key file is made. A name \
      that ends in .yaml or .yml, or -, gives a file of the tenant instead, for scenarios and for an editor.

      Examples:
        poundkey tenant init larkspur.poundkey                      (the demo tenant)
        poundkey tenant init acme.poundkey --name "Acme"            (an empty one)
        poundkey tenant init larkspur.poundkey --from my.yaml
        poundkey tenant init my.yaml

      Exit codes: 0 made, 2 usage, 3 the tenant file is invalid, 4 the file is there already or cannot be written.
      """)

  @Argument(help: "The store, or the file, to make; - is a file on standard output.")
  var file: String

  @Option(help: ArgumentHelp("Begin a store with the tenant of this file.", valueName: "file"))
  var from: String?

  @Option(help: ArgumentHelp("Begin a store with an empty tenant of this name.", valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp("The date and time that it is done at; else now.", valueName: "time"),
    transform: Instant.argument)
  var at: Instant?

  @Flag(help: "Replace the tenant file if it is there; a store is never replaced.")
  var force = false

  @Flag(help: "One JSON object.")
  var json = false

  private var isYAML: Bool { file == "-" || [".yaml", ".yml"].contains { file.hasSuffix($0) } }

  func validate() throws {
    if from != nil, name != nil { throw ValidationError("--from and --name are two ways to begin: choose one") }
    if isYAML, from != nil || name != nil || json { throw ValidationError("--from, --name and --json are for a store") }
    if !isYAML, force { throw ValidationError("a store is never replaced: choose another name, or remove it") }
  }

  func run() throws {
    if isYAML { try writeFile() } else { try makeStore() }
  }

  private func writeFile() throws {
    if file == "-" { return Output.line(TenantTemplate.text.trimmingFinalNewline) }
    if !force, WrittenFile.exists(file) {
      throw Failure(.environment, "error: \(file) is there already; --force replaces it")
    }
    try WrittenFile.replace(file, with: TenantTemplate.text)
    Output.line(
      "wrote \(file); try: \(Output.program) call --tenant \(ShellWord.quoted(file)) --user helga@larkspur.example")
  }

  private func makeStore() throws {
    let now = at ?? SystemTime.now
    let taken = try name.map(TakenTenant.init) ?? TakenTenant(path: from, at: now)
    let tenant = taken.tenant
    try NewStore.make(at: file, taken, by: Admin(), at: now)
    let users = "\(tenant.users.count) \(tenant.users.count == 1 ? "user" : "users")"
    Done(
      what: "tenant init", upn: nil,
      text: "made \(file): \(tenant.name), \(users); its key is in \(KeyFile.path(of: file))",
      more: [("store", .text(file)), ("tenant", .text(tenant.name)), ("users", .number(Int64(tenant.users.count)))]
    ).tell(json: json, at: now)
  }
}

/// Makes stores.
enum NewStore {
  /// It gets its name when the tenant is in it: whatever stops this leaves no store without one.
  ///
  /// - Throws: exit code 4 where there is something at the path; then nothing was made, and nothing taken away.
  static func make(at path: String, _ taken: TakenTenant, by admin: Admin, at now: Instant) throws {
    for ending in ["", "-wal", ".key"] where WrittenFile.exists(path + ending) {
      throw Failure(StoreError.exists(path: path + ending))
    }
    let key = try KeyFile.create(for: path)
    let making = "\(path).new-\(getpid())"
    defer {
      for ending in ["", "-wal", "-shm"] where WrittenFile.exists(making + ending) {
        try? WrittenFile.remove(making + ending)
      }
    }
    do {
      let store = try TenantStore.create(at: making)
      let missing = try store.change("tenant init", by: admin, at: now) { try taken.put(into: $0, of: path) { key } }
      try store.close()
      guard link(making, path) == 0 else {
        throw errno == EEXIST
          ? StoreError.exists(path: path) : .failed(path: path, reason: String(cString: strerror(errno)))
      }
      missing.tell()
    } catch {
      try? WrittenFile.remove(KeyFile.path(of: path))
      if let error = error as? StoreError { throw Failure(error) }
      throw error
    }
  }
}

extension String {
  fileprivate var trimmingFinalNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
