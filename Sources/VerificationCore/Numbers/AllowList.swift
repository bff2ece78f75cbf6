/// The numbers that a telephone or a spam filter should let through (NUM-5).
public struct AllowList: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// ISO 3166-1, of the person called; nil where the numbers are not for one country.
    public let country: String?
    /// The country's name in English; else whom the numbers are for.
    public let name: String
    /// The country calling code of the people called; nil where the numbers are not for one country.
    public let callingCode: String?
    /// `+CC number`, at least one.
    public let numbers: [String]
  }

  /// By country; the last is for everybody else. A single one where a tenant calls from a number of its own (NUM-2).
  public let entries: [Entry]
  /// The organisation that calls; nil where the list is for no tenant.
  public let organisation: String?

  public static let others = "Every other country"

  /// - Parameters:
  ///   - organisation: the tenant's name; nil for no tenant.
  ///   - own: `callerID.own` of the tenant, which replaces all others.
  public init(organisation: String? = nil, own: PhoneNumber? = nil) {
    self.organisation = organisation
    if let own {
      entries = [Entry(country: nil, name: organisation ?? "Every country", callingCode: nil, numbers: [own.full])]
      return
    }
    let countries = CallerIDs.all.map {
      Entry(country: $0.country, name: $0.name, callingCode: $0.countryCode, numbers: $0.numbers)
    }
    entries = countries + [Entry(country: nil, name: Self.others, callingCode: nil, numbers: [CallerIDs.fallback])]
  }

  /// Each number once, in the order of the entries: several countries are called from the same.
  public var numbers: [String] {
    var known: Set<String> = []
    return entries.flatMap(\.numbers).filter { known.insert($0).inserted }
  }

  /// `+18553308653` for `+1 8553308653`: what filters and address books take.
  public static func e164(_ number: String) -> String { number.filter { $0 != " " } }
}
