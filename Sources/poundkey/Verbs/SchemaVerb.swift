import ArgumentParser
import Files
import ScenarioModel
import ScenarioYAML

struct SchemaVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of a kind of file, for the completion of editors.",
    discussion: """
      Draft-07, as the YAML extensions of editors read it. A file says in its first line where its schema is:
        # yaml-language-server: $schema=scenario.schema.json

      Examples:
        poundkey schema
        poundkey schema tenant
        poundkey schema --write .                 (scenario.schema.json, tenant.schema.json, fragment..., explore...)

      Exit codes: 0 good, 2 the folder does not exist, 4 a file cannot be written.
      """)

  @Argument(help: "scenario, tenant, fragment or explore.", transform: SourceKind.argument)
  var kind: SourceKind = .scenario

  @Option(help: ArgumentHelp("Write the schemas of all kinds into a folder.", valueName: "folder"))
  var write: String?

  func run() throws {
    guard let folder = write else { return Output.text(FileSchema.text(kind)) }
    guard Folder.files(below: folder, endings: []) != nil else {
      throw Failure(.usage, "error: \(folder) is no folder")
    }
    for kind in SourceKind.allCases {
      let path = "\(folder)/\(FileSchema.fileName(kind))"
      try WrittenFile.replace(path, with: FileSchema.text(kind))
      Output.line("wrote \(path)")
    }
  }
}

extension SourceKind {
  static func argument(_ text: String) throws -> SourceKind {
    guard let kind = SourceKind(rawValue: text) else {
      let names = allCases.map(\.rawValue)
      throw ValidationError("no such file; \(Suggestion.hint(for: text, among: names, what: "the kinds are"))")
    }
    return kind
  }
}
