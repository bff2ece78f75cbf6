import Files
import Foundation
import Glibc
import TestSupport
import Testing
import VerificationCore

@testable import GreetingAudio

@Suite("What a path leads to")
struct GreetingFileTests {
  @Test("file.kind: a pipe is refused without waiting for a writer")
  func pipe() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("greeting.wav")
      #expect(mkfifo(path, 0o600) == 0)
      let report = try GreetingChecker().check(path: path)
      #expect(report.ids == ["file.kind"])
      #expect(report.message(.fileKind) == "this is a pipe, not a file")
      #expect(report.bytes == nil)
      #expect(report.verdict == .rejected)
    }
  }

  @Test("file.kind: folders and devices are refused", arguments: [("/dev/null", "a device"), ("/", "a folder")])
  func otherKinds(path: String, kind: String) throws {
    let report = try GreetingChecker().check(path: path)
    #expect(report.ids == ["file.kind"])
    #expect(report.message(.fileKind) == "this is \(kind), not a file")
  }

  @Test("file.kind: the name of a folder, of a link to a pipe, of a link to a device makes no file of it")
  func namedLikeFiles() throws {
    try TemporaryFolder.with { folder in
      #expect(mkdir(folder.path("folder.wav"), 0o700) == 0)
      #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
      #expect(symlink(folder.path("pipe"), folder.path("pipe.mp3")) == 0)
      #expect(symlink("/dev/zero", folder.path("zero.wav")) == 0)
      for (name, kind) in [("folder.wav", "a folder"), ("pipe.mp3", "a pipe"), ("zero.wav", "a device")] {
        let report = try GreetingChecker().check(path: folder.path(name))
        #expect(report.ids == ["file.kind"])
        #expect(report.message(.fileKind) == "this is \(kind), not a file")
      }
    }
  }

  @Test("A symbolic link is its file, under the link's name; one that leads nowhere is missing")
  func links() throws {
    try TemporaryFolder.with { folder in
      _ = try folder.file("sound", Tone.wav())
      #expect(symlink(folder.path("sound"), folder.path("a.wav")) == 0)
      #expect(symlink(folder.path("gone"), folder.path("b.wav")) == 0)
      #expect(try GreetingChecker().check(path: folder.path("a.wav")) == check(Tone.wav(), as: folder.path("a.wav")))
      #expect(throws: FileError.missing(path: folder.path("b.wav"))) {
        try GreetingChecker().check(path: folder.path("b.wav"))
      }
    }
  }

  @Test("file.kind: a socket cannot be opened and is refused all the same")
  func socketFile() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("greeting.wav")
      let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
      let size = socklen_t(MemoryLayout<sockaddr_un>.size)
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
      }
      try #require(bound == 0)
      #expect(try GreetingChecker().check(path: path).message(.fileKind) == "this is a socket, not a file")
    }
  }

  @Test(
    "A path with nothing behind it is an error, not a report", arguments: ["/nowhere/a.wav", "", "/dev/null/a.wav"])
  func missing(path: String) {
    #expect(throws: FileError.missing(path: path)) { try GreetingChecker().check(path: path) }
  }

  @Test("A path with a zero byte names nothing, not the file before the zero")
  func zeroByte() {
    #expect(throws: FileError.missing(path: "/dev/null\0.wav")) {
      try GreetingChecker().check(path: "/dev/null\0.wav")
    }
  }

  @Test("A circle of symbolic links is a system error with its code")
  func linkCircle() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("a.wav")
      #expect(symlink(path, path) == 0)
      #expect(throws: FileError.system(path: path, code: ELOOP)) { try GreetingChecker().check(path: path) }
    }
  }

  @Test("A file that may not be read is an error of permission")
  func unreadable() async {
    // In a process of its own: the superuser has to become somebody else, who may then read nothing.
    await #expect(processExitsWith: .success) {
      try TemporaryFolder.with { folder in
        let path = try folder.file("a.wav", Tone.wav())
        chmod(path, 0)
        if geteuid() == 0 { #expect(seteuid(65_534) == 0) }
        #expect(throws: FileError.noPermission(path: path)) { try GreetingChecker().check(path: path) }
        seteuid(getuid())
      }
    }
  }

  @Test("size.limit: five gigabytes are refused by their size, without reading a byte")
  func sparse() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.file("greeting.wav", [])
      try #require(truncate(path, 5_368_709_120) == 0)
      var file = try OpenFile(path: path)
      let report = try GreetingChecker().judged(&file)
      let read = file.bytesRead
      #expect(read == 0)
      #expect(report.ids == ["size.limit"])
      #expect(report.message(.sizeLimit) == "5,368,709,120 bytes: 5,367,660,544 over the limit of 1,048,576")
      #expect(report.bytes == 5_368_709_120)
      #expect(report.container == nil)
    }
  }

  @Test("file.changed: a file that grows, shrinks or is written to while it is read has no verdict on its content")
  func changing() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.file("greeting.wav", Tone.wav())
      for length in [2_000_000, 100] {
        var file = try OpenFile(path: path)
        try #require(truncate(path, length) == 0)
        let report = try GreetingChecker().judged(&file)
        #expect(report.ids == ["file.changed"])
        #expect(report.message(.fileChanged) == "the file changed while it was read")
        #expect(report.verdict == .rejected)
        _ = try folder.file("greeting.wav", Tone.wav())
      }
      var file = try OpenFile(path: path)
      var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
      try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
      #expect(try GreetingChecker().judged(&file).ids == ["file.changed"])
    }
  }

  @Test("The report on a path is that on its bytes")
  func sameReport() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.file("greeting.WAV", Tone.wav())
      #expect(try GreetingChecker().check(path: path) == check(Tone.wav(), as: path))
    }
  }
}

extension GreetingChecker {
  /// What the intake says; the file must be one that is judged without looking into it.
  fileprivate func judged(_ file: inout OpenFile) throws -> GreetingReport {
    guard case .judged(let report) = try intake(&file) else { return GreetingReport(file: "taken in") }
    return report
  }
}
