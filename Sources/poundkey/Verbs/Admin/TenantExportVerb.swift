import ArgumentParser
import Files
import Glibc
import Records
import Reports
import ScenarioYAML
import VerificationCore

struct TenantExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the tenant of a store as a tenant file, and its recordings beside it.",
    discussion: """
      All that holds is in it, in the form that scenarios use as given.tenant; the same tenant gives the same bytes. Not in \
      it: the logs, and what is secret. A PIN is only called kept, a token has no key, a pass no text. Recordings of its own \
      go into a folder beside the file; on standard output greetings have their length alone. \(Role.globalReader.told)

      Examples:
        poundkey tenant export larkspur.yaml --tenant larkspur.poundkey      (and larkspur-greetings/)
        poundkey tenant export - --tenant larkspur.poundkey

      Exit codes: 0 written, 2 usage, 3 no tenant store, 4 a file is there already, or cannot be read or written.
      """)

  @Argument(help: "The file to write; - is standard output.")
  var file: String

  @Flag(help: "Replace what is there.")
  var force = false

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object about the file; not with -.")
  var json = false

  func validate() throws {
    if file == "-", json || force { throw ValidationError("--json and --force are for a file") }
  }

  func run() throws {
    let store = try admin.store.open()
    let holding: Holding
    let recordings: [Recording]
    do throws(StoreError) {
      holding = try store.holding()
      recordings = file == "-" ? [] : try self.recordings(of: holding.tenant, in: store)
    } catch {
      throw Failure(error)
    }
    try write(holding, recordings)
  }

  private struct Recording {
    let greeting: CustomGreeting
    /// From where the file is.
    let name: String
    let bytes: [UInt8]
  }

  private func recordings(of tenant: Tenant, in store: TenantStore) throws(StoreError) -> [Recording] {
    var found: [Recording] = []
    for greeting in tenant.greetings {
      guard let file = greeting.file, let bytes = try store.greeting(named: file) else { continue }
      let ending = file.hasSuffix(".mp3") ? "mp3" : "wav"
      let name = "\(folder)/\(greeting.message.rawValue)-\(greeting.language).\(ending)"
      found.append(Recording(greeting: greeting, name: name, bytes: bytes))
    }
    return found
  }

  /// Beside the file: `larkspur-greetings` for `larkspur.yaml`.
  private var folder: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = [".yaml", ".yml"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
    return "\(stem)-greetings"
  }

  private var place: String { file.lastIndex(of: "/").map { String(file[...$0]) } ?? "" }

  private func write(_ holding: Holding, _ recordings: [Recording]) throws(Failure) {
    let document = TenantDocument(
      tenant: holding.tenant, keptPINs: Set(holding.pins.keys),
      modeline: FileSchema.modeline(SchemaPlace(for: file == "-" ? "" : file, .tenant).path)
    ) { greeting in recordings.first { $0.greeting == greeting }?.name }
    if file == "-" { return Output.text(document.text) }
    if !force {
      for path in [file] + recordings.map({ place + $0.name }) where WrittenFile.exists(path) {
        throw WrittenFile.isThere(path)
      }
    }
    if !recordings.isEmpty { try makeFolder(place + folder) }
    for recording in recordings { try WrittenFile.replace(place + recording.name, with: recording.bytes) }
    try WrittenFile.replace(file, with: document.text)
    let beside = recordings.isEmpty ? "" : ", with \(recordings.count) recordings in \(place + folder)/"
    Done(
      what: "tenant export", upn: nil, text: "wrote \(file)\(beside)",
      more: [
        ("file", .text(file)), ("tenant", .text(holding.tenant.name)),
        ("recordings", .list(recordings.map { .text(place + $0.name) })),
        ("pinsKept", .number(Int64(holding.pins.count))),
      ]
    ).tell(json: json, at: admin.store.now)
  }

  private func makeFolder(_ path: String) throws(Failure) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw Failure(.environment, "error: \(path) cannot be made: \(String(cString: strerror(errno)))")
    }
  }
}
