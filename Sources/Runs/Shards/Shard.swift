/// The part of a plan that one of several processes runs.
public struct Shard: Hashable, Sendable {
  /// From 1.
  public let index: Int
  public let count: Int

  /// nil unless 1 <= index <= count <= 10,000.
  public init?(_ index: Int, of count: Int) {
    guard (1...10_000).contains(count), (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }
}

extension Shard: CustomStringConvertible {
  /// `2/7`
  public var description: String { "\(index)/\(count)" }
}

extension Shard {
  /// `2/7`
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(index, of: count)
  }
}
