public import VerificationCore

extension NumberCheck {
  /// For people: a line for the number, then the facts, or what is wrong and what to do.
  public func lines(style: Style = .plain, width: Int = 80) -> [String] {
    let shown = style.bold(Printable.text(text))
    if let problem {
      return ["\(style.red("✗")) \(shown)", "    \(problem.message)", "      → \(problem.remedy)"]
    }
    guard let number else { return [] }
    let places = number.regions.isEmpty ? "no one country" : number.regions.joined(separator: " ")
    let facts = [
      ("calling code", "+\(number.countryCode) (\(places))"), ("extension", number.phoneExtension?.text ?? "none"),
      ("in records", number.masked), ("US number", number.isUnitedStates ? "yes" : "no"),
    ]
    return ["\(style.green("✓")) \(shown)"] + facts.map { fact($0, $1, style) } + calledFrom(style, width)
  }

  private func fact(_ name: String, _ value: String, _ style: Style) -> String {
    let gap = String(repeating: " ", count: 14 - name.count)
    return "    \(style.dim(name))\(gap)\(value)"
  }

  private func calledFrom(_ style: Style, _ width: Int) -> [String] {
    let perLine = max(1, (width - 18) / 17)
    return stride(from: 0, to: callerIDs.count, by: perLine).map { start in
      let numbers = callerIDs[start..<min(start + perLine, callerIDs.count)].joined(separator: "  ")
      return fact(start == 0 ? "called from" : "", numbers, style)
    }
  }

  /// One line of JSON. The order of the keys is fixed, every key is always there, and what is unknown is `null`.
  public var jsonLine: String {
    JSONLine([
      ("number", .text(text)), ("possible", .flag(isPossible)), ("reason", .optional(problem?.reason)),
      ("problem", .optional(problem?.message)), ("remedy", .optional(problem?.remedy)),
      ("callingCode", .optional(number?.countryCode)), ("regions", .texts(number?.regions ?? [])),
      ("extension", .optional(number?.phoneExtension?.text)), ("masked", .optional(number?.masked)),
      ("unitedStates", number.map { .flag($0.isUnitedStates) } ?? .null), ("callerIDs", .texts(callerIDs)),
    ]).text
  }
}

extension AllowList.Entry {
  /// One line of JSON.
  public var jsonLine: String {
    JSONLine([
      ("country", .optional(country)), ("name", .text(name)), ("callingCode", .optional(callingCode)),
      ("numbers", .texts(numbers)),
    ]).text
  }
}
