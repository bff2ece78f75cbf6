import ArgumentParser
import Records
import Reports
import VerificationCore

/// Who a verb is about, and who does it.
struct PersonOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Who.", valueName: "upn"), transform: UPN.argument)
  var user: UPN

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  /// Does one thing to the user, and tells it.
  func perform(
    _ what: String, _ command: TenantCommand, _ text: String, more: [(key: String, value: JSONLine.Value)] = []
  ) throws {
    let at = try admin.change(what) { change in
      try change.perform(command)
      return change.at
    }
    tell(what, text, more, at: at)
  }

  func tell(_ what: String, _ text: String, _ more: [(key: String, value: JSONLine.Value)] = [], at now: Instant) {
    Done(what: what, upn: user, text: text, more: more).tell(json: json, at: now)
  }
}
