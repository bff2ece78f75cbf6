import ArgumentParser
import Reports
import Runs

/// `--report KIND=PATH`, as `run` and `merge` take it.
struct ReportRequest: ExpressibleByArgument, Hashable {
  enum Kind: String, CaseIterable {
    case jsonl, junit, tap, html, github

    var report: any RunReport {
      switch self {
      case .jsonl: StreamWriter()
      case .junit: JUnitReport()
      case .tap: TAPReport()
      case .html: HTMLReport()
      case .github: AnnotationReport()
      }
    }

    /// Whether each record is written as it comes: whoever reads a stream that was cut off sees how far it got. The
    /// others say at their beginning how the run ended, and are written whole or not at all.
    var isWrittenAsItComes: Bool {
      switch self {
      case .jsonl, .tap: true
      case .junit, .html, .github: false
      }
    }
  }

  let kind: Kind
  /// `-` is standard output.
  let path: String

  init(_ kind: Kind, _ path: String) {
    self.kind = kind
    self.path = path
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
    self.init(kind, String(parts[1]))
  }

  static var allValueStrings: [String] { Kind.allCases.map { "\($0.rawValue)=PATH" } }

  static let help = ArgumentHelp(
    "Write a report: jsonl, junit, tap, html or github; as PATH, - is standard output. May be repeated.",
    valueName: "kind=path")
}

extension [ReportRequest] {
  /// Whether standard output belongs to a report, and what else is told goes elsewhere.
  var takesStandardOutput: Bool { contains { $0.path == "-" } }

  /// - Parameter inputs: paths of what is read.
  /// - Throws: exit code 2 where reports would take each other's place, or that of an input.
  func check(inputs: some Sequence<String>) throws(Failure) {
    let files = filter { $0.path != "-" }.map(\.path)
    if count - files.count > 1 {
      throw Failure(.usage, "error: only one report can be written to standard output: give the others a file")
    }
    for (index, path) in files.enumerated() {
      try WrittenFile.refuseRecording(path, for: "--report")
      if files[..<index].contains(where: { $0 == path || WrittenFile.isSame($0, path) }) {
        throw Failure(.usage, "error: two reports would be written to \(path): give each a file of its own")
      }
    }
    // Whatever is read exists: what is not there overwrites nothing.
    let present = files.filter(WrittenFile.exists)
    guard !present.isEmpty else { return }
    for input in inputs {
      guard present.contains(where: { WrittenFile.isSame($0, input) }) else { continue }
      throw Failure(.usage, "error: --report would overwrite \(input), which is to be read")
    }
  }
}
