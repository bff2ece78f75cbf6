import ScenarioModel
import ScenarioYAML

/// A scenario as a file in its place: with the line that tells editors its schema, laid out as `fmt` would.
enum WrittenScenario {
  /// - Parameter path: where it will be.
  static func text(_ scenario: Scenario, given: ScenarioWriter.GivenForm = .whole, at path: String) -> String {
    let modeline = FileSchema.modeline(SchemaPlace(for: path, .scenario).path)
    let text = ScenarioWriter.text(scenario, given: given, modeline: modeline)
    // What cannot be laid out is a good file all the same.
    return (try? FileFormat(Array(text.utf8), path: path))?.text ?? text
  }
}
