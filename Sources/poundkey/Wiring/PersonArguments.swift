import ArgumentParser
import ScenarioModel
import VerificationCore

// What is said of a person on a command line. A mistake is told by the parser, with the option it is in.

extension PhoneNumber {
  /// - Throws: what keeps the text from being `+CC number` (NUM-4), and what to do.
  static func argument(_ text: String) throws -> PhoneNumber {
    do throws(NumberProblem) {
      return try PhoneNumber(parsing: text)
    } catch {
      throw ValidationError("\(error.message); \(error.remedy)")
    }
  }
}

extension PhoneKind {
  static func argument(_ text: String) throws -> PhoneKind {
    guard let kind = PhoneKind(rawValue: text) else {
      throw ValidationError("a user has numbers of the kinds \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return kind
  }
}

extension User.Requirement {
  static func argument(_ text: String) throws -> User.Requirement {
    guard let state = User.Requirement(rawValue: text) else {
      throw ValidationError("the states are \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return state
  }
}

extension Language {
  static func argument(_ text: String) throws -> Language {
    guard let language = Language(text) else { throw ValidationError("it takes a language, as fr or fr-CA are") }
    return language
  }
}
