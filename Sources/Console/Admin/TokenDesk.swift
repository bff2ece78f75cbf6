public import VerificationCore

/// Where the hardware tokens of a tenant are taken in and handed out (TEN-8). No key of one ever leaves it.
public protocol TokenDesk: Sendable {
  /// Bytes of a file that is taken in.
  var limit: Int { get }

  func list(_ wanted: TokenQuery) async throws -> TokenList

  /// What would come of a file; nothing is kept.
  func check(_ file: [UInt8]) async throws -> TokenIntake
  /// Takes the good rows of a file; where there is none, nothing is kept.
  func take(_ file: [UInt8]) async throws -> TokenIntake

  /// - Parameter code: what the token shows now.
  func activate(_ serial: String, code: String) async throws
  /// - Parameter upn: whose it is from now on; nil is nobody.
  func assign(_ serial: String, to upn: UPN?) async throws
  /// Whoever has it.
  func delete(_ serial: String) async throws
}

public struct TokenQuery: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable {
    case active, inactive
    /// Nobody's.
    case unassigned
    /// Its key is not in the store: it came without.
    case noKey
  }

  /// What stands in the serial number, the owner's UPN, the maker or the model, in whatever case.
  public var search: String?
  public var state: State?
  /// How many stand before the first that is wanted.
  public var skip: Int
  /// 1 to 200.
  public var limit: Int

  public init(search: String? = nil, state: State? = nil, skip: Int = 0, limit: Int = 50) {
    (self.search, self.state, self.skip, self.limit) = (search, state, skip, limit)
  }
}

public struct TokenList: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// Without its secret.
    public let token: OATHToken
    public let hasKey: Bool
    /// Whether others have one of this number.
    public let isShared: Bool

    public init(_ token: OATHToken, hasKey: Bool, isShared: Bool) {
      (self.token, self.hasKey, self.isShared) = (token, hasKey, isShared)
      assert(token.secret == nil)
    }
  }

  /// By serial number.
  public let entries: [Entry]
  /// How many there are on all pages.
  public let total: Int

  public init(_ entries: [Entry], total: Int) { (self.entries, self.total) = (entries, total) }
}

/// What came, or would come, of a file of tokens.
public struct TokenIntake: Hashable, Sendable {
  /// Problems that are told; of more, only how many there are.
  public static let told = 500

  /// Rows.
  public var imported = 0
  public var wrong = 0
  /// In the order of the file, at most `told`.
  public private(set) var problems: [OATHFile.Problem] = []
  /// How many more there are.
  public private(set) var untold = 0

  public init() {}

  public mutating func note(_ found: [OATHFile.Problem]) {
    for problem in found {
      if problems.count < Self.told { problems.append(problem) } else { untold += 1 }
    }
  }
}
