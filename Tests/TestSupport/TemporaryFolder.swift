import Foundation

/// A folder of its own for one test, removed afterwards.
public struct TemporaryFolder {
  public let root: String

  public static func with<Result>(_ body: (TemporaryFolder) throws -> Result) throws -> Result {
    let root = NSTemporaryDirectory() + "poundkey-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root) }
    return try body(TemporaryFolder(root: root))
  }

  public func path(_ name: String) -> String { root + "/" + name }

  @discardableResult
  public func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }
}
