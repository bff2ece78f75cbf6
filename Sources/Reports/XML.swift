/// Text in XML 1.0.
enum XML {
  /// An attribute's value with its quotes.
  static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// Escapes for both attributes and text; what XML 1.0 cannot hold at all becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    guard needsEscapes(text) else { return text }
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

  private static func needsEscapes(_ text: String) -> Bool {
    let bytes = text.utf8.span
    for index in bytes.indices {
      switch bytes[index] {
      // 0xEF begins U+FFFE and U+FFFF, and harmless ones too.
      case 0..<0x20, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), 0xEF: return true
      default: continue
      }
    }
    return false
  }
}
