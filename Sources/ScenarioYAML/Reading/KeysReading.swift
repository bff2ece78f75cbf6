import ScenarioModel
import VerificationCore

extension Reading {
  /// An entry holds 20; nobody needs more than this to fill it over and over.
  static let keyLimit = 1_000

  /// The keys of a `press`: `0#`, `pound`, `1 2 star`.
  func keys(_ node: Node) -> [Key]? {
    if isNull(node) {
      reportNoKeys(node)
      return nil
    }
    guard let text = string(node, "press") else { return nil }
    if commentBehind(node)?.isEmpty == true { refuseCutText(node, "press") }
    var keys: [Key] = []
    for word in text.split(separator: " ") {
      switch word.lowercased() {
      case "pound", "hash": keys.append(.pound)
      case "star": keys.append(.star)
      default:
        for character in word {
          guard let key = Key(character) else {
            report(
              "wrong-key-press", "\"\(character)\" is no key of a telephone", at: node,
              hint: "the keys are 0-9, * (or star), # (or pound) and A-D")
            return nil
          }
          keys.append(key)
        }
      }
    }
    guard keys.count <= Self.keyLimit else {
      report("too-many-keys", "press has \(keys.count) keys, more than \(Self.keyLimit)", at: node)
      return nil
    }
    guard !keys.isEmpty else {
      report("no-keys", "press has no keys", at: node, hint: "write press: \"#\"")
      return nil
    }
    return keys
  }

  private func reportNoKeys(_ node: Node) {
    guard line(of: node).contains("#") else {
      return report("no-keys", "press has no keys", at: node, hint: "write press: \"#\"")
    }
    report(
      "unquoted-pound", "press has no keys: in YAML an unquoted # begins a comment", at: node,
      hint: "write press: \"#\", or press: pound")
  }

  /// An unquoted text that a # has cut short: what its author wrote behind it is lost without a word.
  func refuseCutText(_ node: Node, _ what: String) {
    guard commentBehind(node) != nil else { return }
    report(
      "unquoted-pound", "\(what) ends before the #: in YAML an unquoted # begins a comment", at: node,
      hint: "quote the text; a comment can stand on a line of its own")
  }

  /// The comment right behind an unquoted scalar; nil where there is none.
  private func commentBehind(_ node: Node) -> Substring? {
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      scalar.mark.file.mayHoldComment(scalar.mark.line)
    else { return nil }
    let line = line(of: node)
    let end = line.unicodeScalars.index(
      line.startIndex, offsetBy: scalar.mark.column - 1 + scalar.string.unicodeScalars.count, limitedBy: line.endIndex)
    guard let end else { return nil }
    let rest = line[end...].drop { $0 == " " }
    return rest.first == "#" ? rest.dropFirst().drop { $0 == " " || $0 == "#" } : nil
  }
}
