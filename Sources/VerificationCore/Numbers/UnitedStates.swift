extension PhoneNumber {
  /// Whether this is a number of the United States (NUM-2): ten digits behind +1, in an area code of theirs. Toll-free
  /// numbers count. Territories do not, nor do 900 and the personal numbers of 5XX, which all of +1 shares and from
  /// which nobody calls, nor area codes not in use.
  public var isUnitedStates: Bool {
    guard phoneExtension == nil, let area = northAmericanArea else { return false }
    return NorthAmericanArea.tollFree.contains(area) || NorthAmericanArea.region(of: area) == "US"
  }

  /// The regions that the number may be in, as ISO 3166-1 codes: by the area code behind +1, else by the calling code.
  /// Empty for what no country has, such as +800.
  public var regions: [String] {
    guard countryCode == "1" else { return CallingCode(countryCode)?.regions ?? [] }
    return northAmericanArea.flatMap(NorthAmericanArea.region).map { [$0] } ?? []
  }

  /// The area code of ten digits behind +1, where neither it nor the exchange begins with 0 or 1.
  private var northAmericanArea: Int? {
    guard countryCode == "1", subscriber.count == 10, let first = subscriber.first,
      let exchange = subscriber.dropFirst(3).first, first > "1", exchange > "1"
    else { return nil }
    return Int(subscriber.prefix(3))
  }
}
