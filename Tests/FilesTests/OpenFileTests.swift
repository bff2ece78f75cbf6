import Files
import Foundation
import TestSupport
import Testing

@Suite("Opening what may be anything")
struct OpenFileTests {
  @Test("A file is read up to the limit given, and goes on from there")
  func boundedRead() throws {
    try TemporaryFolder.with { folder in
      let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      var file = try OpenFile(path: try folder.file("a", content))
      let head = try file.read(upTo: 70_000)
      let rest = try file.read(upTo: 1_000_000)
      #expect(head == Array(content[..<70_000]))
      #expect(rest == Array(content[70_000...]))
    }
  }

  @Test("The errors say what is wrong with which path")
  func errorTexts() {
    #expect(FileError.missing(path: "a.wav").description == "a.wav: no such file or folder")
    #expect(FileError.noPermission(path: "a.wav").description == "a.wav: no permission to read it")
    #expect(FileError.system(path: "a.wav", code: 5).description == "a.wav: Input/output error")
  }
}

@Suite("What lies in a folder")
struct FolderTests {
  @Test("Files are found by their ending in any case, in every folder below, sorted, hidden ones left out")
  func found() throws {
    try TemporaryFolder.with { folder in
      try FileManager.default.createDirectory(atPath: folder.path("b/c"), withIntermediateDirectories: true)
      for name in ["z.WAV", "b/a.mp3", "b/c/m.wav", ".hidden.wav", "notes.txt", "wav"] { try folder.file(name, []) }
      let listing = Folder.files(below: folder.root, endings: ["wav", "mp3"])
      #expect(listing == Folder.Listing(files: ["b/a.mp3", "b/c/m.wav", "z.WAV"].map(folder.path)))
    }
  }

  @Test("A folder that links to itself is walked once")
  func loop() throws {
    try TemporaryFolder.with { folder in
      try folder.file("a.wav", [])
      try FileManager.default.createSymbolicLink(atPath: folder.path("again"), withDestinationPath: folder.root)
      let files = Folder.files(below: folder.root, endings: ["wav"])?.files
      #expect(files == [folder.path("a.wav")])
    }
  }

  @Test("A name that is no UTF-8 is told of, and the rest is found")
  func names() throws {
    try TemporaryFolder.with { folder in
      try folder.file("ok.wav", [])
      let bytes = Array("\(folder.root)/Begr".utf8CString.dropLast()) + [CChar(bitPattern: 0xFC), 0]
      close(open(bytes, O_CREAT | O_WRONLY, 0o600))
      let listing = Folder.files(below: folder.root, endings: ["wav"])
      #expect(listing?.files == [folder.path("ok.wav")])
      #expect(listing?.problems == [.nameNotUTF8(path: folder.path("Begr\u{FFFD}"))])
      #expect(listing?.problems.first?.reason == "its name is not UTF-8 text, and it was left out; rename it")
    }
  }

  @Test("What is no folder, or not there, has no files")
  func noFolder() throws {
    try TemporaryFolder.with { folder in
      let file = Folder.files(below: try folder.file("a.wav", []), endings: ["wav"])
      let nothing = Folder.files(below: folder.path("nowhere"), endings: ["wav"])
      #expect(file == nil)
      #expect(nothing == nil)
    }
  }
}
