import VerificationCore

/// Turns the grammar into JSON Schema, draft-07: what the YAML extensions of editors read.
struct SchemaWriter {
  /// A look-up in a row of the matrix, or in the parameters of a fragment.
  static let lookup = "\\$\\{[^}]+\\}"
  private static let scalarTypes = JSONText.texts(["string", "number", "boolean"])
  private static let controls = "[^\\u0000-\\u001F\\u007F]*"

  private var definitions: [(name: String, value: JSONText?)] = []

  static func schema(of kind: SourceKind) -> JSONText {
    var writer = SchemaWriter()
    let root = writer.root(kind)
    let definitions = writer.definitions.sorted { $0.name < $1.name }.compactMap { name, value in
      value.map { JSONText.Member(key: name, value: $0) }
    }
    let head = [
      JSONText.Member(key: "$schema", value: .text("http://json-schema.org/draft-07/schema#")),
      JSONText.Member(key: "title", value: .text("Poundkey \(kind.rawValue) file")),
    ]
    return .object(head + root + [JSONText.Member(key: "definitions", value: .object(definitions))])
  }

  private mutating func root(_ kind: SourceKind) -> [JSONText.Member] {
    switch kind {
    case .scenario: return members(of: Grammar.scenario)
    case .tenant: return members(of: Grammar.tenant)
    case .fragment: return members(of: Grammar.fragment)
    case .explore:
      return [
        JSONText.Member(key: "if", value: .object(["type": .text("object"), "required": .texts(["steps"])])),
        JSONText.Member(key: "then", value: mapping(Grammar.serviceExploration)),
        JSONText.Member(key: "else", value: mapping(Grammar.callExploration)),
      ]
    }
  }

  // MARK: Mappings

  private mutating func mapping(_ shape: MappingShape) -> JSONText {
    define(shape.name) { writer in .object(writer.members(of: shape)) }
  }

  private mutating func members(of shape: MappingShape) -> [JSONText.Member] {
    let properties = shape.fields.map { JSONText.Member(key: $0.name, value: property($0)) }
    let required = shape.fields.filter(\.isRequired).map(\.name)
    let choices = shape.exactlyOne.map { JSONText.object(["required": .texts([$0])]) }
    let exclusions = shape.atMostOne.flatMap(Self.pairs).map { pair in
      JSONText.object(["not": .object(["required": .texts(pair)])])
    }
    let dependencies = shape.needs.map { need in
      JSONText.Member(
        key: need.key, value: .object(["anyOf": .list(need.other.map { .object(["required": .texts([$0])]) })]))
    }
    let object = JSONText.object([
      "description": .text(shape.meaning),
      "markdownDescription": shape.example.map { .text("\(shape.meaning)\n\n    \($0)") },
      "type": .text("object"), "additionalProperties": .flag(false),
      "minProperties": shape.isEverEmpty ? nil : .number(1), "required": required.isEmpty ? nil : .texts(required),
      "oneOf": choices.isEmpty ? nil : .list(choices),
      "allOf": exclusions.isEmpty ? nil : .list(exclusions),
      "dependencies": dependencies.isEmpty ? nil : .object(dependencies), "properties": .object(properties),
    ])
    if case .object(let members) = object { return members }
    return []
  }

  private static func pairs(_ names: [String]) -> [[String]] {
    names.indices.flatMap { first in names[(first + 1)...].map { [names[first], $0] } }
  }

  private mutating func property(_ field: KeyShape) -> JSONText {
    let value = schema(of: field.value)
    let example = field.example.map { example in
      let isWhole = example.hasPrefix(field.name + ":") || example == field.name
      return "\(field.meaning)\n\n    \(isWhole ? example : "\(field.name): \(example)")"
    }
    let described: KeyValuePairs<String, JSONText?> = [
      "description": .text(field.meaning), "markdownDescription": example.map { .text($0) },
      "default": field.usual.flatMap { Self.usual($0, field.value) },
    ]
    guard case .object(let description) = JSONText.object(described) else { return value }
    // Beside a $ref nothing else counts.
    guard case .object(let members) = value, members.first?.key != "$ref" else {
      return .object(description + [JSONText.Member(key: "allOf", value: .list([value]))])
    }
    return .object(description + members)
  }

  /// The default in the type that an editor would read it as; nil for lists.
  private static func usual(_ text: String, _ shape: ValueShape) -> JSONText? {
    switch shape {
    case .flag: return Setting.flag(text).map { .flag($0) }
    case .count: return Int(text).map { .number($0) }
    case .list, .mapping, .table: return nil
    // As the first way of writing it has it.
    case .any(let shapes): return shapes.first.flatMap { usual(text, $0) }
    case .text, .word, .length, .form, .keys, .nothing, .anything, .defined: return .text(text)
    }
  }

  // MARK: Values

  private mutating func schema(of shape: ValueShape) -> JSONText {
    switch shape {
    case .text:
      return define("scalar") { _ in .object(["type": Self.scalarTypes, "pattern": .text("^\(Self.controls)$")]) }
    case .word(let words, let name?): return define(name) { writer in writer.words(words) }
    case .word(let words, nil): return self.words(words)
    case .flag: return flag()
    case .length: return length()
    case .count(let range): return Self.count(range)
    case .form(let form): return self.form(form)
    case .keys: return keys()
    case .list(let element, let least, let most, let isUnique):
      var members = [JSONText.Member(key: "type", value: .text("array"))]
      if least > 0 { members.append(JSONText.Member(key: "minItems", value: .number(least))) }
      if let most { members.append(JSONText.Member(key: "maxItems", value: .number(most))) }
      if isUnique { members.append(JSONText.Member(key: "uniqueItems", value: .flag(true))) }
      return .object(members + [JSONText.Member(key: "items", value: schema(of: element))])
    case .mapping(let mapping): return self.mapping(mapping)
    case .table(let value):
      return .object([
        "type": .text("object"), "propertyNames": .object(["pattern": .text("^[A-Za-z][A-Za-z0-9_-]{0,59}$")]),
        "additionalProperties": schema(of: value),
      ])
    case .any(let shapes): return .object(["anyOf": .list(shapes.map { schema(of: $0) })])
    case .nothing: return .object(["type": .text("null")])
    case .anything: return .object([])
    case .defined(let name): return defined(name)
    }
  }

  private mutating func defined(_ name: String) -> JSONText {
    define(name) { writer in
      guard let shape = Grammar.defined.first(where: { $0.name == name })?.shape else { return .object([]) }
      let value = writer.schema(of: shape)
      guard Grammar.stepNames.contains(name), case .object(let members) = value else { return value }
      return .object(members + [JSONText.Member(key: "defaultSnippets", value: .list(Grammar.snippets))])
    }
  }

  /// One of some words; numbers among them also as numbers.
  private mutating func words(_ words: [ValueShape.Word]) -> JSONText {
    let numbers = words.compactMap { Int($0.text) }.map { JSONText.number($0) }
    let meanings = words.contains { $0.meaning != nil } ? words.map { $0.meaning ?? "" } : nil
    let chosen = JSONText.object([
      "enum": .list(words.map { .text($0.text) } + numbers), "enumDescriptions": meanings.map { .texts($0) },
    ])
    return .object(["anyOf": .list([chosen, lookup()])])
  }

  private mutating func lookup() -> JSONText {
    define("lookup") { _ in
      .object([
        "description": .text("A look-up in the row of the matrix, or in the parameters of the fragment."),
        "type": .text("string"), "pattern": .text(Self.lookup),
      ])
    }
  }

  private mutating func flag() -> JSONText {
    define("flag") { _ in
      let words = ["true", "false", "yes", "no", "on", "off", "enabled", "disabled"].map(Self.anyCase)
      return .object([
        "type": .texts(["boolean", "string"]),
        "pattern": .text("^(?:\(words.joined(separator: "|")))$|\(Self.lookup)"),
      ])
    }
  }

  private mutating func length() -> JSONText {
    define("length") { _ in
      .object([
        "description": .text("A length of time: 4s, 1.5s, 250ms, 2m, 3h, 90d."), "type": .texts(["number", "string"]),
        "minimum": .number(0),
        "pattern": .text("^[0-9]{1,12}(?:\\.[0-9]{1,3})?(?:ms|s|m|min|h|d)?$|\(Self.lookup)"),
      ])
    }
  }

  private mutating func keys() -> JSONText {
    define("keys") { _ in
      let named = ["pound", "hash", "star"].map(Self.anyCase)
      return .object([
        "description": .text("Keys of a telephone, in quotes: \"0#\". Also pound and star."),
        "type": .texts(["string", "number"]), "minimum": .number(0),
        "pattern": .text("^ *(?:(?:[0-9*#A-Da-d]+|\(named.joined(separator: "|")))(?: +|$))+$|\(Self.lookup)"),
      ])
    }
  }

  /// A pattern of a word in capitals, small letters, or both: draft-07 has no switch for it.
  private static func anyCase(_ word: String) -> String { word.map { "[\($0.uppercased())\($0)]" }.joined() }

  private static func count(_ range: ClosedRange<Int>) -> JSONText {
    .object([
      "type": .texts(["integer", "string"]), "minimum": .number(range.lowerBound),
      "maximum": .number(range.upperBound), "pattern": .text("^\\+?[0-9]+$|\(lookup)"),
    ])
  }

  private mutating func form(_ form: ValueShape.Form) -> JSONText {
    define(form.name) { _ in
      .object([
        "type": form.mayBeNumber ? Self.scalarTypes : .text("string"),
        "pattern": .text("^(?:\(form.pattern))$|\(Self.lookup)"),
        "examples": form.examples.isEmpty ? nil : .texts(form.examples),
      ])
    }
  }

  // MARK: Definitions

  /// Writes a definition once, and answers a reference to it.
  private mutating func define(_ name: String, _ make: (inout SchemaWriter) -> JSONText) -> JSONText {
    if !definitions.contains(where: { $0.name == name }) {
      let index = definitions.count
      // It may hold itself.
      definitions.append((name, nil))
      let value = make(&self)
      definitions[index].value = value
    }
    return .object(["$ref": .text("#/definitions/\(name)")])
  }
}
