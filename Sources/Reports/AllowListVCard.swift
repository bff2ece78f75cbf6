public import VerificationCore

extension AllowList {
  /// The list as one vCard 4.0 (RFC 6350) with every number, in UTF-8.
  ///
  /// One card, not one a country: a telephone then shows one name for every call and one contact to delete, and a number
  /// that several countries are called from does not make two contacts of which the address book picks one.
  public var vCard: String {
    let name = organisation.map { "Sign-in calls of \($0)" } ?? "Sign-in calls"
    let lines =
      [
        "BEGIN:VCARD", "VERSION:4.0", "PRODID:-//Poundkey//caller-id export//EN", "KIND:org",
        "FN:\(VCardLine.escaped(name))",
      ] + (organisation.map { ["ORG:\(VCardLine.escaped($0))"] } ?? [])
      + numbers.map { "TEL;VALUE=uri;TYPE=voice:tel:\(Self.e164($0))" }
      + ["NOTE:\(VCardLine.escaped(Self.caution))", "END:VCARD"]
    return lines.map(VCardLine.folded).joined()
  }

  private static let caution =
    "Calls that verify a sign-in come from these numbers, though not always: a network may change or hide them. "
    + "Anybody can forge a number, so a call is not genuine because this name shows."
}

/// One line of a vCard.
public enum VCardLine {
  /// RFC 6350, 3.4: backslash, comma, semicolon and line breaks escaped. Other control characters have no place in a
  /// text and are left out.
  public static func escaped(_ text: String) -> String {
    var value = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ",", ";": value.append(contentsOf: ["\\", scalar])
      case "\r": value.append(contentsOf: ["\\", "n"])
      case "\n": if previous != "\r" { value.append(contentsOf: ["\\", "n"]) }
      case _ where scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F: break
      default: value.append(scalar)
      }
      previous = scalar
    }
    return String(value)
  }

  /// RFC 6350, 3.2: lines of at most 75 octets, CRLF behind each, a space before what goes on. No character is cut.
  public static func folded(_ line: String) -> String {
    var (text, length) = ("", 0)
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if length + size > 75 {
        text += "\r\n "
        length = 1
      }
      text.unicodeScalars.append(scalar)
      length += size
    }
    return text + "\r\n"
  }
}
