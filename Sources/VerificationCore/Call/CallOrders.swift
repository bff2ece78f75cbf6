/// The orders of one transition, in the order they are to be carried out: 0 to 6 of them, without allocation.
public struct CallOrders: Sendable {
  public static let capacity = 6

  @usableFromInline var slots: InlineArray<6, CallAction>
  @usableFromInline var filled: Int

  init() {
    slots = InlineArray(repeating: .hangUp)
    filled = 0
  }

  @inline(__always)
  mutating func append(_ action: CallAction) {
    precondition(filled < Self.capacity, "a transition gives at most 6 orders")
    slots[filled] = action
    filled += 1
  }
}

extension CallOrders: RandomAccessCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { filled }

  @inlinable
  public subscript(position: Int) -> CallAction {
    precondition(position >= 0 && position < filled, "no order at \(position)")
    return slots[position]
  }
}

extension CallOrders: Hashable {
  public static func == (left: CallOrders, right: CallOrders) -> Bool { left.elementsEqual(right) }

  public func hash(into hasher: inout Hasher) {
    for order in self { hasher.combine(order) }
  }
}
