/// The hardware tokens of a tenant, in the order of their import, found by serial number and by owner without a walk.
public struct TokenShelf: Sendable {
  /// A hole where one was deleted, so that the others stay where they are.
  private var slots: [OATHToken?] = []
  private var bySerial: [String: [Int]] = [:]
  private var byOwner: [UPN: [Int]] = [:]
  public private(set) var count = 0

  public init(_ tokens: some Sequence<OATHToken>) {
    for token in tokens { append(token) }
  }

  /// Of each owner its own; where tokens may be shared there are several of one number.
  public func having(serial: String) -> [OATHToken] { (bySerial[serial] ?? []).compactMap { slots[$0] } }

  public func of(_ upn: UPN) -> [OATHToken] { (byOwner[upn] ?? []).compactMap { slots[$0] } }

  public func count(of upn: UPN) -> Int { byOwner[upn]?.count ?? 0 }

  /// Takes the place of the one of the same number and owner.
  mutating func add(_ token: OATHToken) {
    for place in bySerial[token.serial] ?? [] where slots[place]?.owner == token.owner { empty(place) }
    append(token)
  }

  mutating func change(serial: String, _ change: (inout OATHToken) -> Void) {
    for place in bySerial[serial] ?? [] { self.change(at: place, change) }
  }

  mutating func change(of upn: UPN, _ change: (inout OATHToken) -> Void) {
    for place in byOwner[upn] ?? [] { self.change(at: place, change) }
  }

  mutating func remove(serial: String) {
    for place in bySerial[serial] ?? [] { empty(place) }
    pack()
  }

  private mutating func append(_ token: OATHToken) {
    slots.append(token)
    count += 1
    bySerial[token.serial, default: []].append(slots.count - 1)
    if let owner = token.owner { byOwner[owner, default: []].append(slots.count - 1) }
  }

  private mutating func change(at place: Int, _ change: (inout OATHToken) -> Void) {
    guard var token = slots[place] else { return }
    let owner = token.owner
    change(&token)
    slots[place] = token
    guard token.owner != owner else { return }
    if let owner { byOwner[owner]?.removeAll { $0 == place } }
    if let new = token.owner {
      byOwner[new, default: []].append(place)
      byOwner[new]?.sort()
    }
  }

  private mutating func empty(_ place: Int) {
    guard let token = slots[place] else { return }
    slots[place] = nil
    count -= 1
    bySerial[token.serial]?.removeAll { $0 == place }
    if let owner = token.owner { byOwner[owner]?.removeAll { $0 == place } }
  }

  /// When half of it is holes.
  private mutating func pack() {
    guard slots.count > 32, count < slots.count / 2 else { return }
    self = TokenShelf(self)
  }
}

extension TokenShelf: Sequence, ExpressibleByArrayLiteral {
  public func makeIterator() -> AnyIterator<OATHToken> {
    var slots = self.slots.makeIterator()
    return AnyIterator {
      while let slot = slots.next() {
        if let token = slot { return token }
      }
      return nil
    }
  }

  public init(arrayLiteral tokens: OATHToken...) { self.init(tokens) }

  public var isEmpty: Bool { count == 0 }
}

extension TokenShelf: Hashable {
  public static func == (left: TokenShelf, right: TokenShelf) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for token in self { hasher.combine(token) }
  }
}
