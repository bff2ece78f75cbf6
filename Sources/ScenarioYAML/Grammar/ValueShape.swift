/// What a value of a file may be, as the readers take it: for the schemas that editors check with.
///
/// Where an editor would read a number or a flag and the readers read the text, both are right. A `${name}` of a matrix
/// stands for any scalar.
indirect enum ValueShape: Sendable {
  /// Any text on one line.
  case text
  /// One of some words, each with what it means where that needs saying.
  ///
  /// - Parameter name: among the definitions of a schema; nil where they stand in one place only.
  case word([Word], name: String? = nil)
  case flag
  /// `4s`, `250ms`, `2m`; a bare number counts seconds unless the key says otherwise.
  case length
  case count(ClosedRange<Int>)
  /// A text of one form.
  case form(Form)
  /// Keys of a telephone: `"0#"`, `pound`, `1 2 star`.
  case keys
  case list(ValueShape, atLeast: Int = 0, atMost: Int? = nil, isUnique: Bool = false)
  case mapping(MappingShape)
  /// A mapping whose keys are the file's own.
  case table(of: ValueShape)
  case any([ValueShape])
  /// Nothing behind the colon.
  case nothing
  /// Whatever YAML can write.
  case anything
  /// A shape that holds itself, by its name in `Grammar.defined`.
  case defined(String)

  struct Word: Hashable, Sendable {
    let text: String
    let meaning: String?

    init(_ text: String, _ meaning: String? = nil) {
      self.text = text
      self.meaning = meaning
    }
  }

  /// A kind of text with a name, a regular expression (ECMA 262) for the whole of it, and examples.
  struct Form: Hashable, Sendable {
    let name: String
    let pattern: String
    /// Whether an editor may read it as a number: `0042`.
    var mayBeNumber = false
    let examples: [String]
  }

  static func words(_ texts: [String]) -> ValueShape { .word(texts.map { Word($0) }) }

  static func words<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) -> ValueShape {
    .words(type.allCases.map(\.rawValue))
  }
}

/// One mapping of the grammar: its keys, in the order in which messages list them.
struct MappingShape: Sendable {
  /// Its name among the definitions of a schema.
  let name: String
  let meaning: String
  let fields: [KeyShape]
  /// What the readers take, and list in their messages.
  let keys: [String]
  var example: String?
  /// Exactly one of these keys is there.
  var exactlyOne: [String] = []
  /// Of each group at most one key is there.
  var atMostOne: [[String]] = []
  /// A key, and one that must stand beside it.
  var needs: [(key: String, other: [String])] = []

  init(
    _ name: String, _ meaning: String, example: String? = nil, exactlyOne: [String] = [], atMostOne: [[String]] = [],
    needs: [(key: String, other: [String])] = [], _ fields: [KeyShape]
  ) {
    self.name = name
    self.meaning = meaning
    self.fields = fields
    keys = fields.filter { !$0.isReadElsewhere }.map(\.name)
    self.example = example
    self.exactlyOne = exactlyOne
    self.atMostOne = atMostOne
    self.needs = needs
  }

}

/// A key of a mapping.
struct KeyShape: Sendable {
  let name: String
  let meaning: String
  let value: ValueShape
  var isRequired = false
  /// As it would be written.
  var usual: String?
  var example: String?
  /// Whether it is read, and taken out, before the mapping is.
  var isReadElsewhere = false

  init(
    _ name: String, _ value: ValueShape, _ meaning: String, isRequired: Bool = false, usual: String? = nil,
    example: String? = nil, isReadElsewhere: Bool = false
  ) {
    self.name = name
    self.value = value
    self.meaning = meaning
    self.isRequired = isRequired
    self.usual = usual
    self.example = example
    self.isReadElsewhere = isReadElsewhere
  }
}
