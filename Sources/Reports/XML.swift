/// Text in XML 1.0.
enum XML {
  /// An attribute's value with its quotes.
  static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// Escapes for both attributes and text; what XML 1.0 cannot hold at all becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var xml = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": xml += "&amp;"
      case "<": xml += "&lt;"
      case ">": xml += "&gt;"
      case "\"": xml += "&quot;"
      case "\n": xml += "&#10;"
      case "\t": xml += "&#9;"
      case "\r": xml += "&#13;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: xml += "\u{FFFD}"
      default: xml.unicodeScalars.append(scalar)
      }
    }
    return xml
  }
}
