import CYAML

/// The events of a YAML text, one after the other, as libyaml tells them.
///
/// All scalars are texts: whether one is a number or a flag is nobody's question here.
struct YAMLEvents: ~Copyable {
  // libyaml keeps the addresses of its parser and of the text.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  enum Event: Equatable {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(Scalar)
    case sequenceStart(Properties)
    case sequenceEnd
    case mappingStart(Properties)
    case mappingEnd
  }

  struct Scalar: Equatable {
    let text: String
    let style: Node.Scalar.Style
    let properties: Properties
  }

  /// What stands before a value.
  struct Properties: Equatable {
    /// `&name`
    let anchor: String?
    /// `!tag`, where one is written.
    let tag: String?
  }

  init(_ text: String) {
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    bytes = .allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    // Of a parser that could not be made, the first event is a failure.
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
    bytes.deallocate()
  }

  /// Where the last event begins; line and column from 1, columns in Unicode scalars.
  var spot: TextWalk.Spot { Self.spot(event.pointee.start_mark) }

  /// - Throws: why the text is no YAML.
  mutating func next() throws(YAMLFailure) -> Event {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else { throw failure }
    switch event.pointee.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias(Self.string(event.pointee.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: return .scalar(scalar)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.pointee.data.sequence_start
      return .sequenceStart(Properties(anchor: Self.string(start.anchor), tag: Self.string(start.tag)))
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let start = event.pointee.data.mapping_start
      return .mappingStart(Properties(anchor: Self.string(start.anchor), tag: Self.string(start.tag)))
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: return .streamEnd  // what libyaml tells behind the end, too
    }
  }

  private var scalar: Scalar {
    let scalar = event.pointee.data.scalar
    let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    let style: Node.Scalar.Style =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
      default: .plain
      }
    return Scalar(
      text: text, style: style,
      properties: Properties(anchor: Self.string(scalar.anchor), tag: Self.string(scalar.tag)))
  }

  private var failure: YAMLFailure {
    let what = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
    switch parser.pointee.error {
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR, YAML_COMPOSER_ERROR:
      return .syntax(what, at: Self.spot(parser.pointee.problem_mark))
    default: return .unreadable(what)
    }
  }

  private static func spot(_ mark: yaml_mark_t) -> TextWalk.Spot { (Int(mark.line) + 1, Int(mark.column) + 1) }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }
}

/// Why a text is no YAML, or none that says one thing.
enum YAMLFailure: Error {
  case syntax(String, at: TextWalk.Spot)
  /// At the first of them.
  case duplicateKeys([String], at: TextWalk.Spot)
  /// libyaml has no place for it.
  case unreadable(String)
  /// The first value that is one too many.
  case tooMany(at: TextWalk.Spot)
  case tooManyAliases(at: TextWalk.Spot)
  case tooDeep(at: TextWalk.Spot)
}
