/// The hardware tokens of a tenant, in the order of their import, found by serial number and by owner without a walk.
public struct TokenShelf: Sendable {
  /// A hole where one was deleted, so that the others stay where they are.
  private var slots: [OATHToken?] = []
  private var bySerial: [String: Places] = [:]
  private var byOwner: [UPN: Places] = [:]
  public private(set) var count = 0

  public init(_ tokens: some Sequence<OATHToken>) {
    for token in tokens { append(token) }
  }

  /// Of each owner its own; where tokens may be shared there are several of one number.
  public func having(serial: String) -> [OATHToken] { at(bySerial[serial]) }

  public func of(_ upn: UPN) -> [OATHToken] { at(byOwner[upn]) }

  public func count(of upn: UPN) -> Int { byOwner[upn]?.count ?? 0 }

  public func contains(serial: String, of upn: UPN) -> Bool {
    bySerial[serial]?.contains { slots[$0]?.owner == upn } ?? false
  }

  /// Who else has a token of this number.
  public func owners(of serial: String, besides upn: UPN) -> [UPN] {
    (bySerial[serial] ?? Places()).compactMap { slots[$0]?.owner }.filter { $0 != upn }
  }

  /// Takes the place of the one of the same number and owner, and comes last.
  mutating func add(_ token: OATHToken) {
    for place in bySerial[token.serial] ?? Places() where slots[place]?.owner == token.owner { empty(place) }
    append(token)
    pack()
  }

  /// Those of one number that come to one owner become one, the last.
  mutating func change(serial: String, _ change: (inout OATHToken) -> Void) {
    let places = Array(bySerial[serial] ?? Places())
    for place in places { self.change(at: place, change) }
    var owners: Set<UPN?> = []
    for place in places.reversed() where !owners.insert(slots[place]?.owner).inserted { empty(place) }
    pack()
  }

  mutating func change(of upn: UPN, _ change: (inout OATHToken) -> Void) {
    for place in byOwner[upn] ?? Places() { self.change(at: place, change) }
  }

  mutating func remove(serial: String) {
    for place in bySerial[serial] ?? Places() { empty(place) }
    pack()
  }

  private func at(_ places: Places?) -> [OATHToken] { (places ?? Places()).compactMap { slots[$0] } }

  private mutating func append(_ token: OATHToken) {
    slots.append(token)
    count += 1
    bySerial[token.serial, default: Places()].insert(slots.count - 1)
    if let owner = token.owner { byOwner[owner, default: Places()].insert(slots.count - 1) }
  }

  /// - Note: The serial number stays what it is.
  private mutating func change(at place: Int, _ change: (inout OATHToken) -> Void) {
    guard var token = slots[place] else { return }
    let owner = token.owner
    change(&token)
    slots[place] = token
    guard token.owner != owner else { return }
    if let owner { Self.take(place, of: owner, from: &byOwner) }
    if let new = token.owner { byOwner[new, default: Places()].insert(place) }
  }

  private mutating func empty(_ place: Int) {
    guard let token = slots[place] else { return }
    slots[place] = nil
    count -= 1
    Self.take(place, of: token.serial, from: &bySerial)
    if let owner = token.owner { Self.take(place, of: owner, from: &byOwner) }
  }

  /// Names that have none any more are forgotten.
  private static func take<Name>(_ place: Int, of name: Name, from index: inout [Name: Places]) {
    index[name]?.remove(place)
    if index[name]?.isEmpty == true { index[name] = nil }
  }

  /// When half of it is holes.
  private mutating func pack() {
    guard slots.count > 32, count < slots.count / 2 else { return }
    self = TokenShelf(self)
  }

  /// Places in ascending order. Nearly always there is one, which takes no memory of its own.
  private struct Places: Sequence {
    private var first: Int?
    private var others: [Int] = []

    var isEmpty: Bool { first == nil }
    var count: Int { first == nil ? 0 : 1 + others.count }

    mutating func insert(_ place: Int) {
      guard let first else { return self.first = place }
      if place > (others.last ?? first) { return others.append(place) }
      others = (others + [first, place]).sorted()
      self.first = others.removeFirst()
    }

    mutating func remove(_ place: Int) {
      if place != first { return others.removeAll { $0 == place } }
      first = others.isEmpty ? nil : others.removeFirst()
    }

    func makeIterator() -> Iterator { Iterator(first: first, others: others.makeIterator()) }

    struct Iterator: IteratorProtocol {
      var first: Int?
      var others: Array<Int>.Iterator

      mutating func next() -> Int? {
        guard let first else { return others.next() }
        self.first = nil
        return first
      }
    }
  }
}

extension TokenShelf: Sequence, ExpressibleByArrayLiteral {
  public struct Iterator: IteratorProtocol {
    fileprivate var slots: Array<OATHToken?>.Iterator

    public mutating func next() -> OATHToken? {
      while let slot = slots.next() {
        if let token = slot { return token }
      }
      return nil
    }
  }

  public func makeIterator() -> Iterator { Iterator(slots: slots.makeIterator()) }

  public var underestimatedCount: Int { count }

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
