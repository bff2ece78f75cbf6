import ScenarioModel
import VerificationCore

/// The keys of scenario, tenant, fragment and explore files: the readers and the schemas go by them.
enum Grammar {
  static let scenario = MappingShape(
    "scenario", "A scripted sign-in, with what is expected of it.",
    [
      KeyShape(
        "scenario", .title,
        "What it shows, in one sentence.", isRequired: true,
        example: "Report fraud with 0#, then confirm the block with 1"),
      KeyShape("version", .word([ValueShape.Word("1")]), "Of this grammar.", usual: "1"),
      KeyShape("tags", .list(.text), "Words to select it by.", example: "[fraud, trainer]"),
      KeyShape("rules", .list(.rule), "The rules that it shows; poundkey rules lists them.", example: "[CALL-7]"),
      KeyShape("skip", .reason, "Why it is not run."),
      KeyShape("use", .table(of: .path), "Short names of fragment files."),
      KeyShape("matrix", .mapping(matrix), "The rows it is run with, each a case."),
      KeyShape("given", .mapping(given), "What holds before the first step."),
      KeyShape("steps", steps, "What happens, one after the other.", isRequired: true),
      KeyShape("expect", .mapping(expect), "What must hold at the end."),
    ])

  static let given = MappingShape(
    "given", "What holds before the first step.",
    [
      KeyShape(
        "tenant", .any([.path, .mapping(tenant(isFile: false))]),
        "A tenant file, or a tenant inline; else the demo tenant.",
        example: "tenants/larkspur.yaml"),
      KeyShape("set", settings, "Settings that differ from the tenant's, by their names."),
      KeyShape(
        "user", .any([.upn, .mapping(user)]), "Who signs in: the name of a user, or one to add or to complete.",
        example: "helga@larkspur.example"),
      KeyShape("users", .list(.mapping(user)), "Users to add or to complete."),
      KeyShape("greetings", .list(.mapping(greeting)), "Custom greetings."),
      KeyShape("locations", .list(.mapping(location)), "Named locations."),
      KeyShape(
        "start", .time, "When the virtual clock starts: ISO 8601, with an offset or with zone beside it.",
        usual: "2025-01-15T09:00:00Z"),
      KeyShape(
        "zone", .text, "The time zone that start is told in, and that times are shown in.", example: "Europe/Berlin"),
    ])

  static let matrix = MappingShape(
    "matrix", "The rows that a scenario is run with; steps look their values up as ${name}.",
    exactlyOne: ["axes", "rows", "csv"],
    [
      KeyShape(
        "axes", .table(of: .list(.anything, atLeast: 1)), "Names with their values: every combination is a case."),
      KeyShape("rows", .list(.table(of: .anything), atLeast: 1), "The cases one by one; id names a row."),
      KeyShape("csv", .path, "A CSV file whose first line names the columns."),
      KeyShape("include", .list(.table(of: .anything)), "Rows beside those of the axes, rows or table."),
      KeyShape("exclude", .list(.table(of: .anything)), "Combinations that are left out."),
      KeyShape(
        "pick",
        .word([
          ValueShape.Word("all", "every combination"),
          ValueShape.Word("pairwise", "as few as hold every pair of values"),
        ]), "Which combinations of the axes.", usual: "all"),
    ])

  static let fragment = MappingShape(
    "fragment", "Steps that several scenarios share.",
    [
      KeyShape(
        "fragment", .title,
        "What it does, in one sentence.", isRequired: true, example: "Sign in and answer"),
      KeyShape("version", .word([ValueShape.Word("1")]), "Of this grammar.", usual: "1"),
      KeyShape(
        "parameters", .table(of: .anything),
        "Names with their defaults; what is null must be given. Steps look them up as ${name}."),
      KeyShape("use", .table(of: .path), "Short names of fragment files."),
      KeyShape("steps", steps, "What happens, one after the other.", isRequired: true),
    ])

  static let settings = ValueShape.mapping(
    MappingShape(
      "settings", "Settings by their names; poundkey settings lists them.",
      Setting.all.map { setting in
        let retired = setting.retiredSince.map { " Retired since \($0)." } ?? ""
        return KeyShape(
          setting.name, setting.shape, "\(setting.meaning): \(setting.range).\(retired)", usual: setting.defaultValue)
      }))

  static let steps = ValueShape.list(.defined("step"), atLeast: 1)

  /// Shapes that hold themselves.
  static let defined: [(name: String, shape: ValueShape)] = [("step", step), ("move", move), ("matcher", matcher)]
}
