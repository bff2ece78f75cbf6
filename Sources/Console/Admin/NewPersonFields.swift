import HTTPTypes
import VerificationCore

/// Somebody new, as the form of the page says it. What is refused names its field.
struct NewPersonFields {
  let person: NewPerson

  /// - Throws: 400 for what is missing or of another kind, 422 with `field` for a value that is none.
  init(_ fields: RequestFields) throws {
    let upnText = try fields.text("upn")
    guard let upn = UPN(upnText) else {
      throw Self.unfit("upn", "this is no user principal name", hint: "as in helga@larkspur.example")
    }
    var user = User(upn: upn)
    if let name = try fields.optionalText("name"), !name.isEmpty { user.name = name }
    user.language = try Self.language(fields)
    let kind = try fields.word("kind", PhoneKind.self) ?? .mobile
    user.phones[kind] = try Self.number(fields)
    person = NewPerson(user, pin: try Self.pin(fields))
  }

  private static func language(_ fields: RequestFields) throws -> Language? {
    guard let text = try fields.optionalText("language"), !text.isEmpty else { return nil }
    guard text.utf8.count <= 35, let language = Language(text) else {
      throw unfit("language", "this is no language", hint: "as fr or fr-CA are")
    }
    return language
  }

  private static func number(_ fields: RequestFields) throws -> PhoneNumber? {
    guard let text = try fields.optionalText("number"), !text.isEmpty else { return nil }
    let check = NumberCheck(text)
    if let problem = check.problem {
      throw unfit("number", "this is no number: \(problem.said)", hint: "\(problem.advice)")
    }
    return check.number
  }

  private static func pin(_ fields: RequestFields) throws -> Passcode? {
    guard let text = try fields.optionalText("pin"), !text.isEmpty else { return nil }
    guard let pin = Passcode(text) else {
      throw unfit("pin", "a PIN is \(Passcode.shortest) to \(KeyEntry.capacity) digits, nothing else", hint: nil)
    }
    return pin
  }

  private static func unfit(_ field: String, _ message: Phrasing, hint: Phrasing?) -> Refused {
    Refused(.unprocessableContent, "refused", said: message, advice: hint, details: ["field": .text(field)])
  }
}
