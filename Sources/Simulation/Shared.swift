/// One large value that many copies of a small one share: copying it is one count, not one for each array within.
final class Shared<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
