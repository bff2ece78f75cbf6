extension StringProtocol {
  /// Whether it says nothing.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
