import Files
public import ScenarioModel
public import ScenarioYAML
import VerificationCore

/// Files that only exist in a test, by path.
public struct MemoryFiles: SourceLoading {
  public var files: [String: String]
  private let others: DiskFiles?

  /// - Parameter others: what is not among `files`.
  public init(_ files: [String: String], orElse others: DiskFiles? = nil) {
    self.files = files
    self.others = others
  }

  public func load(_ path: String) throws(SourceFailure) -> [UInt8] {
    if let text = files[path] { return Array(text.utf8) }
    guard let others else { throw .missing }
    return try others.load(path)
  }
}

/// Files on disk.
public struct DiskFiles: SourceLoading {
  private let folder: String

  /// - Parameter folder: where paths begin that do not begin with a slash.
  public init(in folder: String = "") { self.folder = folder.isEmpty ? "" : "\(folder)/" }

  public func load(_ path: String) throws(SourceFailure) -> [UInt8] {
    let path = path.hasPrefix("/") ? path : folder + path
    guard var file = try? OpenFile(path: path), let bytes = try? file.read(upTo: 1 << 21) else { throw .missing }
    return bytes
  }
}

/// Greeting files by path; what is not listed cannot be read.
public struct KnownGreetings: GreetingMeasuring {
  public var lengths: [String: GreetingMeasurement]

  public init(_ lengths: [String: GreetingMeasurement] = [:]) { self.lengths = lengths }

  public func measure(_ path: String) -> GreetingMeasurement { lengths[path] ?? .unreadable("no such file or folder") }
}

/// A scenario from its text, as if it were a file.
public func scenario(
  _ text: String, path: String = "test.yaml", files: [String: String] = [:],
  greetings: KnownGreetings = KnownGreetings()
) throws(InvalidSource) -> Scenario {
  var all = files
  all[path] = text
  return try ScenarioReader(files: MemoryFiles(all), greetings: greetings).scenario(at: path)
}

/// The repository that the tests are part of.
public enum Repository {
  public static let root = String(#filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" })

  /// The paths of the shipped scenarios.
  public static var scenarios: [String] {
    files.filter { !$0.contains("/scenarios/explore/") && !$0.contains("/scenarios/fragments/") }
  }

  /// The paths of the shipped explorations.
  public static var explorations: [String] { files.filter { $0.contains("/scenarios/explore/") } }

  private static var files: [String] {
    Folder.files(below: "\(root)/scenarios", endings: ["yaml", "yml"])?.files ?? []
  }
}
