/// What a person is told, its figures apart from its words, so that a page can say it in another language.
///
/// The model is gettext's: `template` names the sentence, `figures` go into its places, and `text` is the English of
/// both. Sentences are born of literals alone (``Phrasing``), so that a test can list every template of the sources.
public struct Sentence: Hashable, Sendable, Codable {
  /// A figure, and the words behind it up to the next.
  struct Part: Hashable, Sendable, Codable {
    let figure: Figure
    let words: String
  }

  /// The words before the first figure.
  let head: String
  let parts: [Part]

  init(head: String, parts: [Part]) {
    self.head = head
    self.parts = parts
  }

  public init(_ wording: Phrasing) { self = wording.sentence }

  /// What there is in English alone.
  public init(english text: String) { self.init(head: text, parts: []) }

  /// A sentence as it was stored: the template with its places `{1}`, `{2}`, ... in this order.
  ///
  /// - Returns: nil where the template does not have a place for each figure.
  public init?(template: String, figures: [Figure]) {
    var rest = template[...]
    var words: [String] = []
    for number in 1...max(1, figures.count) where number <= figures.count {
      let place = "{\(number)}"
      guard let range = rest.firstRange(of: place) else { return nil }
      words.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    words.append(String(rest))
    self.init(head: words[0], parts: zip(figures, words.dropFirst()).map { Part(figure: $0, words: $1) })
  }

  /// In English.
  public var text: String {
    parts.reduce(into: head) { text, part in
      text += part.figure.text
      text += part.words
    }
  }

  /// The words with a place for each figure, counted from 1: `the speech is at {1} dBov: callers strain to hear it`.
  public var template: String {
    parts.enumerated().reduce(into: head) { text, part in text += "{\(part.offset + 1)}\(part.element.words)" }
  }

  /// In the order of their places.
  public var figures: [Figure] { parts.map(\.figure) }
}

extension Sentence: CustomStringConvertible {
  public var description: String { text }
}
