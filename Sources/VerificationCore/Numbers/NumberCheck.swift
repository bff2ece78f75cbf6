/// What can be said of a text that should be a number.
public struct NumberCheck: Hashable, Sendable {
  /// As it was given.
  public let text: String
  /// nil where it is not `+CC number`.
  public let number: PhoneNumber?
  /// nil where the number is possible (NUM-4).
  public let problem: NumberProblem?
  /// All that it may be called from; empty where it cannot be called (NUM-1, NUM-2).
  public let callerIDs: [String]

  /// - Parameter own: `callerID.own` of the tenant.
  public init(_ text: String, own: PhoneNumber? = nil) {
    self.text = text
    do {
      let parsed = try PhoneNumber(parsing: text)
      number = parsed
      problem = parsed.impossibility
    } catch {
      number = nil
      problem = error
    }
    callerIDs = problem == nil ? number.map { CallerIDs.numbers(for: $0, own: own?.full) } ?? [] : []
  }

  public var isPossible: Bool { problem == nil }
}
