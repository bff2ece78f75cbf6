import Glibc

/// Where a verb writes the sound that it makes.
struct GreetingTarget {
  /// `-` is standard output.
  let path: String
  private let source: String?
  private let force: Bool

  /// - Parameters:
  ///   - path: `-` is standard output.
  ///   - source: the greeting that it is made from, which is never written to.
  ///   - force: whether another file may be replaced.
  init(_ path: String, source: String? = nil, force: Bool = false) {
    self.path = path
    self.source = source == "-" ? nil : source
    self.force = force
  }

  var isStandardOutput: Bool { path == "-" }

  /// Whether writing can be tried at all; asked before any work is done.
  ///
  /// - Throws: 2 for the greeting itself and for sound on a terminal, 4 for what is there already.
  func check() throws(Failure) {
    if isStandardOutput {
      guard !Output.isTerminal(STDOUT_FILENO) else {
        throw Failure(.usage, "error: sound is not written to a terminal: name a file, or send it into a pipe")
      }
      return
    }
    if let source, WrittenFile.isOneFile(source, path) {
      throw Failure(.usage, "error: \(path) is the greeting itself, which is never replaced: name another file")
    }
    if !force, WrittenFile.exists(path) { throw WrittenFile.isThere(path) }
  }

  /// Whole or not at all.
  func write(_ bytes: [UInt8]) throws(Failure) {
    try check()
    if isStandardOutput { return Output.bytes(bytes) }
    if force { try WrittenFile.replace(path, with: bytes) } else { try WrittenFile.create(path, with: bytes) }
  }

  /// `hello-fixed.wav` beside `hello.mp3`; in `folder`, `hello.wav`.
  static func path(for source: String, suffix: String, ending: String, in folder: String? = nil) -> String {
    let slash = source.lastIndex(of: "/").map { source.index(after: $0) } ?? source.startIndex
    let name = source[slash...]
    let point = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 } ?? name.endIndex
    let stem = name[..<point]
    guard let folder else { return "\(source[..<slash])\(stem)\(suffix).\(ending)" }
    return "\(folder)\(folder.hasSuffix("/") ? "" : "/")\(stem).\(ending)"
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
