public import Runs
import ScenarioModel

/// The command that shows a failure again.
public enum RerunCommand {
  /// - Parameters:
  ///   - problem: nil for the case as a whole.
  ///   - program: how the program is started.
  public static func text(
    _ played: CaseRecord, _ problem: ProblemRecord? = nil, clock: RunHeader.Clock, program: String = "poundkey"
  ) -> String {
    // What begins with a dash would be taken for an option.
    let path = played.path.hasPrefix("-") ? "./\(played.path)" : played.path
    let line = problem?.place.flatMap { $0.path == played.path ? ":\($0.span.line)" : nil } ?? ""
    let name = played.name.map { " --case \(ShellWord.quoted($0))" } ?? ""
    let real = clock == .real ? " --clock real" : ""
    return "\(program) run \(ShellWord.quoted(path + line))\(name) --seed \(played.seed)\(real)"
  }
}
