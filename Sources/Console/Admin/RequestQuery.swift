import Foundation
import HTTPTypes
import VerificationCore

/// What stands behind the question mark of an address: `user=helga%40larkspur.example&last=20`.
struct RequestQuery: Sendable {
  private let values: [String: String]

  /// Of a name that stands there twice, the first counts; a name without a value is as good as not there.
  ///
  /// - Throws: 400 for what is not percent-encoded UTF-8.
  init(_ query: String?) throws(Refused) {
    var values: [String: String] = [:]
    for pair in (query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decodedForm(parts[0]), let value = Self.decodedForm(parts.count == 2 ? parts[1] : "") else {
        throw Refused(.badRequest, "badInput", "the address is not percent-encoded UTF-8")
      }
      if !value.isEmpty, values[name] == nil { values[name] = value }
    }
    self.values = values
  }

  /// Forms write spaces as plus signs.
  private static func decodedForm(_ text: Substring) -> String? { decoded(String(text).replacing("+", with: "%20")) }

  static func decoded(_ text: String) -> String? { text.removingPercentEncoding }

  subscript(name: String) -> String? { values[name] }

  /// A whole number within bounds.
  func number(_ name: String, _ range: ClosedRange<Int>) throws(Refused) -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Refused(
        .badRequest, "badInput", "\"\(name)\" is no number that is taken",
        hint: "it takes \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func upn(_ name: String) throws(Refused) -> UPN? {
    guard let text = values[name] else { return nil }
    guard let upn = UPN(text) else {
      throw Refused(
        .badRequest, "badInput", "\"\(name)\" is no user principal name", hint: "as in helga@larkspur.example")
    }
    return upn
  }

  func instant(_ name: String) throws(Refused) -> Instant? {
    guard let text = values[name] else { return nil }
    guard let instant = Instant(iso8601: text) else {
      throw Refused(
        .badRequest, "badInput", "\"\(name)\" is no date or time",
        hint: "as in 2025-10-01 or 2025-10-01T09:00:00Z")
    }
    return instant
  }

  /// One of a few words; in whatever case they are written.
  func word(_ name: String, among words: [String]) throws(Refused) -> String? {
    guard let text = values[name] else { return nil }
    guard let word = words.first(where: { $0.lowercased() == text.lowercased() }) else {
      throw Refused(
        .badRequest, "badInput", "\"\(name)\" has a value that it does not take",
        hint: "it takes \(words.joined(separator: ", "))")
    }
    return word
  }
}
