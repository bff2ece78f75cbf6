import Files
import Glibc
import Runs

/// What failed last time in the current folder, kept below `$XDG_STATE_HOME`, else `~/.local/state`.
struct LastRunFile {
  private let folder: String
  private let name: String

  /// nil where neither variable names a folder, or the current folder has no name.
  init?() {
    guard let base = Self.stateFolder, let here = getcwd(nil, 0) else { return nil }
    defer { free(here) }
    folder = "\(base)/poundkey"
    name = LastRun.fileName(ofFolder: String(cString: here))
  }

  /// The XDG base directory specification: a relative path is as good as none.
  private static var stateFolder: String? {
    func folder(_ variable: String) -> String? {
      getenv(variable).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    // A home that is not there is not made.
    return folder("XDG_STATE_HOME") ?? folder("HOME").flatMap { WrittenFile.exists($0) ? "\($0)/.local/state" : nil }
  }

  private var path: String { "\(folder)/\(name)" }

  /// Keeps it where that is possible; nobody asked for it yet.
  func keep(_ run: LastRun) {
    makeFolder(folder)
    try? WrittenFile.replace(path, with: Array(run.text.utf8))
  }

  /// nil where there is none, or none that can be read.
  var kept: LastRun? { try? read() }

  private func makeFolder(_ path: String) {
    guard !WrittenFile.exists(path), let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    makeFolder(String(path[..<slash]))
    // For the user alone, as the specification has it.
    mkdir(path, 0o700)
  }

  /// What failed last time.
  ///
  /// - Throws: nothing matched where nothing failed or no run was kept; environment where what was kept cannot be read.
  static func failed() throws(Failure) -> Set<String> {
    guard let file = LastRunFile() else {
      throw Failure(
        .nothingMatched,
        "error: --last-failed: no run is kept: neither XDG_STATE_HOME nor HOME names a folder to keep it in")
    }
    let run = try file.read()
    if run.failed.isEmpty { throw Failure(.nothingMatched, "error: --last-failed: nothing failed last time") }
    return Set(run.failed)
  }

  private func read() throws(Failure) -> LastRun {
    let bytes: [UInt8]
    do {
      var file = try OpenFile(path: path)
      bytes = file.kind == .regular ? try file.read(upTo: 64 << 20) : []
    } catch {
      switch error {
      case .missing: throw Failure(.nothingMatched, "error: --last-failed: \(whyThereIsNone)")
      case .noPermission, .nameNotUTF8, .system:
        throw Failure(.environment, "error: --last-failed: the last run cannot be read: \(error)")
      }
    }
    guard let run = LastRun(text: String(decoding: bytes, as: UTF8.self)) else {
      throw Failure(.nothingMatched, "error: --last-failed: \(path) is not what a run of this program keeps; run again")
    }
    return run
  }

  private var whyThereIsNone: String {
    var nearest = folder
    while !WrittenFile.exists(nearest), let slash = nearest.lastIndex(of: "/"), slash != nearest.startIndex {
      nearest = String(nearest[..<slash])
    }
    var status = stat()
    guard stat(nearest, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return "no run could be kept: \(nearest) is not a folder"
    }
    guard access(nearest, W_OK | X_OK) == 0 else {
      return "no run could be kept: \(folder) cannot be written: \(String(cString: strerror(errno)))"
    }
    return "no run of this folder is kept yet; run without it first"
  }
}
