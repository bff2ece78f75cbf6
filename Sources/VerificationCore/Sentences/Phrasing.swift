/// A sentence as it is written in the sources: a literal with its figures interpolated.
///
/// It is the type of parameters and of nothing else. So each sentence is a literal in a call of something that takes
/// one, `Sentence("...")` where nothing else does, and a test finds them all and asks for their French.
public struct Phrasing: Sendable, ExpressibleByStringInterpolation {
  public let sentence: Sentence

  public init(stringLiteral text: String) { sentence = Sentence(head: text, parts: []) }

  public init(stringInterpolation words: StringInterpolation) { sentence = words.sentence }

  public struct StringInterpolation: StringInterpolationProtocol {
    private var head = ""
    private var parts: [Sentence.Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(interpolationCount) }

    /// What is one sentence and no words is that sentence, handed on.
    fileprivate var sentence: Sentence {
      guard head.isEmpty, parts.count == 1, let part = parts.first, part.words.isEmpty,
        case .sentence(let sentence) = part.figure
      else { return Sentence(head: head, parts: parts) }
      return sentence
    }

    public mutating func appendLiteral(_ words: String) {
      guard let last = parts.popLast() else { return head += words }
      parts.append(Sentence.Part(figure: last.figure, words: last.words + words))
    }

    public mutating func appendInterpolation(_ figure: Sentence.Figure) {
      parts.append(Sentence.Part(figure: figure, words: ""))
    }

    public mutating func appendInterpolation(_ sentence: Sentence) { appendInterpolation(.sentence(sentence)) }

    public mutating func appendInterpolation(_ count: some BinaryInteger) {
      appendInterpolation(.count(Int64(clamping: count), isGrouped: false))
    }

    public mutating func appendInterpolation(_ length: Milliseconds) { appendInterpolation(Sentence.Figure(length)) }

    public mutating func appendInterpolation(_ instant: Instant) { appendInterpolation(Sentence.Figure(instant)) }

    public mutating func appendInterpolation(_ text: String) { appendInterpolation(.text(text)) }

    public mutating func appendInterpolation(_ text: Substring) { appendInterpolation(.text(String(text))) }

    /// What has one spelling in every language: a user, an address.
    public mutating func appendInterpolation(_ name: some CustomStringConvertible) {
      appendInterpolation(.text(name.description))
    }

    /// Digits that count nothing: a calling code.
    public mutating func appendInterpolation(verbatim name: some CustomStringConvertible) {
      appendInterpolation(.text(name.description))
    }

    public mutating func appendInterpolation(_ texts: [String]) { appendInterpolation(.list(texts.map { .text($0) })) }

    public mutating func appendInterpolation(_ sentences: [Sentence]) {
      appendInterpolation(.list(sentences.map { .sentence($0) }))
    }
  }
}
