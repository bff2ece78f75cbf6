import ArgumentParser
import Records
import Reports
import VerificationCore

/// Who does something to which tenant.
struct AdminOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Your role; else globalAdministrator, who may do everything.", valueName: "role"),
    transform: Role.argument)
  var role: Role?

  @Option(
    help: ArgumentHelp("Who you are, for the audit log.", valueName: "upn"), transform: UPN.argument)
  var by: UPN?

  var admin: Admin { Admin(upn: by, role: role ?? .globalAdministrator) }

  /// Does something to the tenant: all of it or nothing.
  ///
  /// - Throws: exit code 1 where the tenant's rules refuse it; those of a store that cannot be read or written.
  func change<Result>(_ what: String, _ work: (Change) throws -> Result) throws -> Result {
    let store = try self.store.open(.writing)
    // What is left in the log goes into the file also where nothing came of it.
    defer { try? store.close() }
    do {
      return try store.change(what, by: admin, at: self.store.now, work)
    } catch let refusal as CommandRefusal {
      if case .unknownUser = refusal, let tenant = try? store.holding().tenant { throw Failure(refusal, in: tenant) }
      throw Failure(refusal)
    } catch let error as StoreError {
      throw Failure(error)
    }
  }

  /// The tenant as it is.
  func holding() throws(Failure) -> Holding { try StoreOptions.holding(at: try store.named()) }
}

extension Failure {
  /// A mistake in what was typed is one of usage; what the tenant's rules refuse is the content's fault.
  init(_ refusal: CommandRefusal) {
    let code: ExitCode =
      switch refusal {
      case .unknownUser, .noSuchSetting, .wrongSetting, .passLasts, .passHas, .noReason, .noName,
        .groupWithoutName, .passAsDefault, .number:
        .usage
      default: .contentAtFault
      }
    self.init(code, "error: \(Printable.text(refusal.explanation))")
  }
}

extension Role {
  static func argument(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
      throw ValidationError("the roles are \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return role
  }

  /// For the help of a verb.
  var told: String { "Least role: \(rawValue)." }
}

extension UPN {
  static func argument(_ text: String) throws -> UPN {
    guard let upn = UPN(text) else {
      throw ValidationError("it takes a user principal name, as in helga@larkspur.example")
    }
    return upn
  }
}
