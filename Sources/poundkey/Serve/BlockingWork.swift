import Dispatch

/// Work that waits for a file or for another process, kept away from the few threads that answer everybody.
final class BlockingWork: Sendable {
  private let queue: DispatchQueue

  /// - Parameter label: shown by debuggers.
  init(_ label: String) { queue = DispatchQueue(label: label) }

  /// One after the other.
  func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result(catching: work)) }
    }
  }
}
