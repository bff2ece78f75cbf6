/// The users of a tenant, in their order, each found by name without a walk where there are many.
public struct People: Sendable {
  private var all: [User] = []
  /// Where each name stands first; nil for a handful, among whom looking is quicker.
  private var places: [UPN: Int]?

  private static let handful = 16

  public init() {}

  public init(_ users: some Sequence<User>) {
    all = Array(users)
    index()
  }

  public subscript(upn: UPN) -> User? { place(of: upn).map { all[$0] } }

  /// How many apps a user has; nil where there is no such user.
  public func apps(of upn: UPN) -> Int? { place(of: upn).map { all[$0].apps.count } }

  /// Takes the place of the one of the same name.
  public mutating func set(_ user: User) {
    if let place = place(of: user.upn) { all[place] = user } else { append(user) }
  }

  public mutating func append(_ user: User) {
    all.append(user)
    if places == nil { index() } else if places?[user.upn] == nil { places?[user.upn] = all.count - 1 }
  }

  mutating func change(_ upn: UPN, _ change: (inout User) -> Void) {
    if let place = place(of: upn) { change(&all[place]) }
  }

  private func place(of upn: UPN) -> Int? {
    if let places { places[upn] } else { all.firstIndex { $0.upn == upn } }
  }

  private mutating func index() {
    guard all.count > Self.handful else { return places = nil }
    places = Dictionary(zip(all.lazy.map(\.upn), all.indices)) { first, _ in first }
  }
}

extension People: RandomAccessCollection, MutableCollection, RangeReplaceableCollection, ExpressibleByArrayLiteral {
  public var startIndex: Int { all.startIndex }
  public var endIndex: Int { all.endIndex }

  public subscript(position: Int) -> User {
    get { all[position] }
    set {
      let isRenamed = newValue.upn != all[position].upn
      all[position] = newValue
      if isRenamed { index() }
    }
  }

  public mutating func replaceSubrange(_ range: Range<Int>, with users: some Collection<User>) {
    all.replaceSubrange(range, with: users)
    index()
  }

  // One by one, each that moves would have its place looked up anew.
  public mutating func removeAll(where isGone: (User) throws -> Bool) rethrows {
    try all.removeAll(where: isGone)
    index()
  }

  public init(arrayLiteral users: User...) { self.init(users) }
}

extension People: Hashable {
  public static func == (left: People, right: People) -> Bool { left.all == right.all }
  public func hash(into hasher: inout Hasher) { hasher.combine(all) }
}
