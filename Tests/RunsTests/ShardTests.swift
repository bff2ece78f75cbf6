import Runs
import Testing

@Suite("A shard")
struct ShardTests {
  @Test("has an index from 1 to its count")
  func bounds() {
    #expect(Shard(7, of: 7)?.description == "7/7")
    #expect(Shard(0, of: 7) == nil)
    #expect(Shard(8, of: 7) == nil)
    #expect(Shard(1, of: 10_001) == nil)
  }
}
