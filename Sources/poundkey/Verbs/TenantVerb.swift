import ArgumentParser
import Files
import Reports
import ScenarioYAML

struct TenantVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant", abstract: "Make a simulated tenant, and check how it is set up.",
    discussion: """
      Examples:
        poundkey tenant init my.yaml
        poundkey tenant lint my.yaml
      """,
    subcommands: [TenantInitVerb.self, TenantLintVerb.self])
}

struct TenantInitVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented tenant file to start from.",
    discussion: """
      Examples:
        poundkey tenant init my.yaml
        poundkey tenant init -          (to standard output)

      Exit codes: 0 written, 4 the file is there already or cannot be written.
      """)

  @Argument(help: "The file to write; - is standard output.")
  var file: String

  @Flag(help: "Replace the file if it is there.")
  var force = false

  func run() throws {
    if file == "-" { return Output.line(TenantTemplate.text.trimmingFinalNewline) }
    if !force, WrittenFile.exists(file) {
      throw Failure(.environment, "error: \(file) is there already; --force replaces it")
    }
    try WrittenFile.replace(file, with: TenantTemplate.text)
    Output.line(
      "wrote \(file); try: \(Output.program) call --tenant \(ShellWord.quoted(file)) --user helga@larkspur.example")
  }
}

extension String {
  fileprivate var trimmingFinalNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
