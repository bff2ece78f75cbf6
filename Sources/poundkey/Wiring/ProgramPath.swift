import Glibc

/// Programs of the system.
enum ProgramPath {
  /// Where a program is, looked for in `PATH`.
  static func find(_ name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
