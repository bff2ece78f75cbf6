import ArgumentParser
import Glibc
import Runs

/// `--shard i/n|auto`
enum ShardChoice {
  case one(Shard)
  case auto

  static func argument(_ text: String) throws -> ShardChoice {
    if text == "auto" { return .auto }
    guard let shard = Shard(text) else {
      throw ValidationError("it takes i/n, the shard i of n, where i is 1 to n and n at most 10000, as in 2/7; or auto")
    }
    return .one(shard)
  }

  /// - Parameter count: what `--shards` says.
  /// - Throws: exit code 2 where the environment does not say which.
  func shard(of count: Int?) throws(Failure) -> Shard {
    switch self {
    case .one(let shard):
      if count != nil { throw Failure(.usage, "error: --shards is for --shard auto; \(shard) says how many already") }
      return shard
    case .auto:
      do {
        return try ShardVariables.shard(count: count) { name in getenv(name).map { String(cString: $0) } }
      } catch {
        throw Failure(.usage, "error: \(error.message)")
      }
    }
  }

  /// Bazel wants to see that the shard variables were heeded.
  static func tellBazel() {
    guard let path = getenv("TEST_SHARD_STATUS_FILE").map({ String(cString: $0) }), !path.isEmpty else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o666)
    if descriptor >= 0 { close(descriptor) }
  }
}
