import GRDB
import Glibc
import Records
import TestSupport
import Testing
import VerificationCore

@Suite("Opening a store")
struct OpeningTests {
  @Test("What is no store is refused, each kind by its name")
  func otherFiles() throws {
    try TemporaryFolder.with { folder in
      let other = try DatabaseQueue(path: folder.path("other.sqlite"))
      try other.write { try $0.execute(sql: "CREATE TABLE note (text TEXT)") }
      try other.close()
      mkfifo(folder.path("fifo"), 0o600)
      try folder.file("empty", [])
      try folder.file("text", Array("tenant: {}\n".utf8))
      let expected: [(String, String)] = [
        ("other.sqlite", "it is a SQLite database of another program"), ("fifo", "it is no regular file"),
        ("empty", "it is empty"), ("text", "it is no SQLite database"), ("", "it is a directory"),
      ]
      for (name, what) in expected {
        let path = folder.path(name)
        for access in [TenantStore.Access.reading, .writing] {
          #expect(throws: StoreError.notAStore(path: path, what: what)) { try TenantStore.open(path, access) }
        }
        #expect(!TenantStore.isStore(path))
      }
      #expect(throws: StoreError.missing(path: folder.path("none"))) { try TenantStore.open(folder.path("none")) }
      #expect(throws: StoreError.missing(path: folder.path("text/x"))) { try TenantStore.open(folder.path("text/x")) }
    }
  }

  @Test("A store of a later version is refused by the name of a step, for reading and for writing")
  func newer() throws {
    try FreshStore.with { fresh in
      try fresh.store.close()
      let queue = try DatabaseQueue(path: fresh.path)
      try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of tomorrow')") }
      try queue.close()
      for access in [TenantStore.Access.reading, .writing] {
        #expect(throws: StoreError.newer(path: fresh.path, migration: "of tomorrow")) {
          try TenantStore.open(fresh.path, access)
        }
      }
    }
  }

  @Test("A store is made where nothing is, whole and for its owner alone, and never over another or its log")
  func creation() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("a.poundkey")
      let store = try TenantStore.create(at: path)
      #expect(throws: StoreError.exists(path: path)) { try TenantStore.create(at: path) }
      try store.change("block", at: .virtualStart) { try $0.record(.setUp(.providerNoted(name: "x"))) }
      for ending in ["", "-wal", "-shm"] {
        var status = stat()
        #expect(stat(path + ending, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
      }
      try store.close()
      try folder.file("b.poundkey-wal", [1, 2, 3])
      #expect(throws: StoreError.exists(path: folder.path("b.poundkey-wal"))) {
        try TenantStore.create(at: folder.path("b.poundkey"))
      }
    }
  }

  @Test("Another's writing is waited for, which is told once, and not for ever")
  func patience() throws {
    try FreshStore.with { fresh in
      let told = Counter()
      let other = try TenantStore.open(fresh.path, .writing, patience: .milliseconds(300)) { told.count += 1 }
      try fresh.store.change("long", at: .virtualStart) { change in
        try change.record(.setUp(.providerNoted(name: "long")))
        for _ in 0..<2 {
          #expect(throws: StoreError.busy(path: fresh.path)) {
            try other.change("block", at: .virtualStart) { try $0.record(.setUp(.providerNoted(name: "other"))) }
          }
        }
      }
      #expect(told.count == 1)
      try other.change("block", at: .virtualStart) { try $0.record(.setUp(.providerNoted(name: "other"))) }
      #expect(try fresh.store.holding().tenant.providers == ["long", "other"])
    }
  }

  @Test("Looking whether a file is a store lets go of no lock that is held on it")
  func locks() throws {
    try FreshStore.with { fresh in
      #expect(TenantStore.isStore(fresh.path))
      _ = try TenantStore.open(fresh.path)
      // SQLite holds a lock on the file's byte 2^30 + 2 and those behind it, as long as a store is open.
      let locks = try String(contentsOfFile: "/proc/locks")
      var status = stat()
      #expect(stat(fresh.path, &status) == 0)
      #expect(
        locks.split(separator: "\n").contains {
          $0.contains(" \(getpid()) ") && $0.contains(":\(status.st_ino) 10737418")
        })
      try fresh.store.close()
    }
  }

  private final class Counter: @unchecked Sendable {
    var count = 0
  }
}

extension String {
  fileprivate init(contentsOfFile path: String) throws {
    let file = fopen(path, "r")
    defer { if let file { fclose(file) } }
    var bytes: [UInt8] = []
    while let file, case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    self = String(decoding: bytes, as: UTF8.self)
  }
}
