/// One large value that many copies of a small one share: copying it is one count, not one for each array within.
package final class Shared<Value: Sendable>: Sendable {
  package let value: Value

  @inlinable
  package init(_ value: consuming Value) { self.value = value }
}

extension Shared: Equatable where Value: Equatable {
  package static func == (left: Shared, right: Shared) -> Bool { left === right || left.value == right.value }
}

extension Shared: Hashable where Value: Hashable {
  package func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
