/// The numbers that calls come from, by country (NUM-1).
///
/// The country is the person's, known by the country code of their number. It is never read back from a caller ID:
/// several countries are called from numbers abroad.
public struct CallerIDs: Hashable, Sendable {
  public let country: String
  public let name: String
  let countryCode: String
  /// `+CC number`
  public let numbers: [String]

  /// The default, also for every country without numbers of its own.
  public static let fallback = "+1 8553308653"

  /// The caller ID for a person: one of their country's numbers, by the seed, or the tenant's own (NUM-2).
  public static func number(for phone: PhoneNumber, own: String?, seed: UInt64) -> String {
    let numbers = numbers(for: phone, own: own)
    return numbers[Int(seed % UInt64(numbers.count))]
  }

  /// All that a person may be called from; at least one.
  public static func numbers(for phone: PhoneNumber, own: String?) -> [String] {
    if let own { return [own] }
    for index in all.indices where all[index].countryCode == phone.countryCode { return all[index].numbers }
    return [fallback]
  }

  public static let all: [CallerIDs] = [
    CallerIDs("US", "United States", "1", "+1 8553308653"),
    CallerIDs("AT", "Austria", "43", "+43 6703062076"),
    CallerIDs("BD", "Bangladesh", "880", "+880 9604606026"),
    CallerIDs(
      "CN", "China", "86",
      "+44 1235619418", "+44 1235619536", "+44 1235619537", "+44 1235619538", "+44 1235619539", "+44 1235619535",
      "+44 7897087681", "+44 7897087690", "+44 7897087692", "+66 977832930"),
    CallerIDs("HR", "Croatia", "385", "+385 15507766"),
    CallerIDs("EC", "Ecuador", "593", "+593 964256042"),
    CallerIDs("EE", "Estonia", "372", "+372 6712726"),
    CallerIDs("FR", "France", "33", "+33 744081468"),
    CallerIDs("GH", "Ghana", "233", "+233 308250245"),
    CallerIDs("GR", "Greece", "30", "+30 2119902739"),
    CallerIDs("GT", "Guatemala", "502", "+502 23055056"),
    CallerIDs("HK", "Hong Kong SAR", "852", "+852 25716964"),
    CallerIDs(
      "IN", "India", "91",
      "+91 3371568300", "+91 1205089400", "+91 4471566601", "+91 2271897557", "+91 1203524400", "+91 3335105700",
      "+91 2235544120", "+91 4435279600"),
    CallerIDs("JO", "Jordan", "962", "+962 797639442"),
    CallerIDs("KE", "Kenya", "254", "+254 709605276"),
    CallerIDs("NL", "Netherlands", "31", "+31 202490048"),
    CallerIDs("NG", "Nigeria", "234", "+234 7080627886"),
    CallerIDs(
      "PK", "Pakistan", "92",
      "+92 4232618686", "+44 7897087681", "+44 7897087690", "+44 7897087692", "+66 977832930"),
    CallerIDs("PL", "Poland", "48", "+48 699740036"),
    CallerIDs("SA", "Saudi Arabia", "966", "+966 115122726"),
    CallerIDs("ZA", "South Africa", "27", "+27 872405062"),
    CallerIDs("ES", "Spain", "34", "+34 913305144"),
    CallerIDs("LK", "Sri Lanka", "94", "+94 117750440"),
    CallerIDs("SE", "Sweden", "46", "+46 701924176"),
    CallerIDs("TW", "Taiwan", "886", "+886 277515260", "+886 255686508"),
    CallerIDs("TR", "Türkiye", "90", "+90 8505404893"),
    CallerIDs("UA", "Ukraine", "380", "+380 443332393"),
    CallerIDs("AE", "United Arab Emirates", "971", "+971 44015046"),
    CallerIDs("VN", "Vietnam", "84", "+84 2039990161"),
  ]

  private init(_ country: String, _ name: String, _ countryCode: String, _ numbers: String...) {
    self.country = country
    self.name = name
    self.countryCode = countryCode
    self.numbers = numbers
  }
}
