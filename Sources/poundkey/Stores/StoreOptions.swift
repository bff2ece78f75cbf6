import ArgumentParser
import Glibc
import Records
import Reports
import ScenarioModel
import VerificationCore

/// Which store a verb works on, and when.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("tenant"),
    help: ArgumentHelp("The tenant store; else what the variable POUNDKEY_TENANT names.", valueName: "store"))
  var path: String?

  @Option(
    help: ArgumentHelp(
      "The date and time that it is done at, as in 2025-01-15T09:00:00Z; else now.", valueName: "time"),
    transform: Instant.argument)
  var at: Instant?

  var now: Instant { at ?? SystemTime.now }

  func open(_ access: TenantStore.Access = .reading) throws(Failure) -> TenantStore {
    try Self.open(try named(), access)
  }

  /// - Throws: exit code 2 where no store is named.
  func named() throws(Failure) -> String {
    if let path { return path }
    if let set = Self.variable { return set }
    throw Failure(
      .usage,
      "error: no tenant store is named: --tenant STORE, or POUNDKEY_TENANT; \(Output.program) tenant init STORE makes one"
    )
  }

  /// What the environment names.
  static var variable: String? {
    getenv("POUNDKEY_TENANT").flatMap { $0.pointee == 0 ? nil : String(cString: $0) }
  }

  /// The tenant of a store as it is.
  static func holding(at path: String) throws(Failure) -> Holding {
    let store = try open(path, .reading)
    do throws(StoreError) {
      return try store.holding()
    } catch {
      throw Failure(error)
    }
  }

  static func open(_ path: String, _ access: TenantStore.Access) throws(Failure) -> TenantStore {
    do throws(StoreError) {
      return try TenantStore.open(path, access) {
        Output.error("another process writes to \(path); waiting for it ...")
      }
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  init(_ error: StoreError) {
    let code: ExitCode =
      switch error {
      case .missing: .usage
      case .notAStore, .newer, .damaged: .invalidFile
      case .exists, .older, .stranded, .busy, .readOnly, .full, .failed: .environment
      }
    var remedy = ""
    if case .notAStore(let path, _) = error, [".yaml", ".yml"].contains(where: path.hasSuffix) {
      remedy = "; \(Output.program) tenant init STORE --from \(ShellWord.quoted(path)) makes a store of a tenant file"
    }
    self.init(code, "error: \(Printable.text(error.explanation + remedy))")
  }
}
