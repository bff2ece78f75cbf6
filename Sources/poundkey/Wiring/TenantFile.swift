import Records
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

/// The tenant a verb works on: in a file, or in a store.
enum TenantFile {
  /// Who has no tenant of one's own gets none.
  ///
  /// - Parameter path: a tenant file or a store, told apart by what is in them.
  static func tenant(at path: String) throws(Failure) -> Tenant {
    try TenantStore.isStore(path) ? StoreOptions.holding(at: path).tenant : read(path).tenant
  }

  /// The same for what signs somebody in. A store's time is now, where nothing else is asked for.
  ///
  /// - Parameter path: a tenant file or a store; nil is the demo tenant.
  /// - Throws: exit code 1 also where the tenant has no users.
  static func given(at path: String?, now: Instant?) throws(Failure) -> Given {
    if let path, TenantStore.isStore(path) {
      return try Given(StoreOptions.holding(at: path), of: path, at: now ?? SystemTime.now)
    }
    var given = try read(path)
    if let now { given.start = now }
    return given
  }

  /// What the variable names where no option does.
  static func named(_ path: String?) -> String? { path ?? StoreOptions.variable }

  /// - Parameter path: a tenant file; nil is the demo tenant.
  /// - Throws: exit code 3 with every problem of the file, or that of a file that cannot be read.
  static func read(_ path: String?) throws(Failure) -> Given {
    let reader = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter())
    guard let path else { return reader.demoTenant }
    try requireReadable(path)
    do {
      return try reader.tenant(at: path)
    } catch {
      throw InvalidFile.failure(error)
    }
  }

  /// A path that does not exist is a mistake of usage, not an invalid file.
  static func requireReadable(_ path: String) throws(Failure) {
    if TenantStore.isStore(path) {
      let store = ShellWord.quoted(path)
      throw Failure(
        .usage,
        "error: \(path) is a tenant store, and this takes a file; \(Output.program) tenant export FILE --tenant \(store) "
          + "writes one")
    }
    do {
      _ = try SourceFiles().load(path)
    } catch .missing {
      throw Failure(.usage, "error: \(path) does not exist")
    } catch .notAFile {
      throw Failure(.usage, "error: \(path) is not a file")
    } catch .unreadable(let why) {
      throw Failure(.environment, "error: \(path) cannot be read: \(why)")
    } catch {
      throw Failure(.invalidFile, "error: \(path) \(error.reason)")
    }
  }
}

/// Problems of a file, told on stderr.
enum InvalidFile {
  static func failure(_ error: InvalidSource) -> Failure {
    let text = ProblemText(style: Output.errorStyle, secrets: error.secrets)
    let problems = error.problems.map { text.render($0, lines: SourceLines.of($0.place?.path)) }
    return Failure(.invalidFile, problems.joined(separator: "\n"))
  }
}
