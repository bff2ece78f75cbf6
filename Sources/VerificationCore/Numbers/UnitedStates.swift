extension PhoneNumber {
  /// Whether this is a number of the United States (NUM-2): ten digits behind +1, none of another region of the North
  /// American plan. Toll-free numbers count, territories do not.
  public var isUnitedStates: Bool {
    guard countryCode == "1", phoneExtension == nil, subscriber.count == 10, let area = Int(subscriber.prefix(3)),
      let first = subscriber.first, let exchange = subscriber.dropFirst(3).first
    else { return false }
    return first > "1" && exchange > "1" && !Self.areasElsewhere.contains(area)
  }

  /// Area codes of Canada, the Caribbean, Bermuda and the territories (North American Numbering Plan).
  private static let areasElsewhere: Set<Int> = [
    204, 226, 236, 249, 250, 257, 263, 289, 306, 343, 354, 365, 367, 368, 382, 387, 403, 416, 418, 428, 431, 437, 438,
    450,
    460, 468, 474, 506, 514, 519, 537, 548, 568, 579, 581, 584, 587, 600, 604, 613, 622, 639, 647, 672, 683, 705, 709,
    742,
    753, 778, 780, 782, 807, 819, 825, 867, 873, 879, 902, 905, 942,
    242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721, 758, 767, 784, 809, 829, 849, 868, 869, 876,
    340, 670, 671, 684, 787, 939,
  ]
}
