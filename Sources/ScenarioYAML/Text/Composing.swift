import ScenarioModel

/// Makes nodes of events.
struct Composer: ~Copyable {
  /// Of so few keys each is compared with each.
  private static let fewKeys = 12

  private let file: SourceFile
  private var events: YAMLEvents
  /// Aliases count as often as they are used.
  private let nodeLimit: Int
  private var made = 0
  /// Of these, what is written out.
  private var written = 0
  private var aliases = 0
  private var depth = 0
  /// Of these, texts with a `${name}`.
  private var templates = 0
  /// Values by their anchors, and how many nodes each is.
  private var anchors: [String: (node: Node, count: Int)] = [:]

  init(_ text: String, of file: SourceFile, nodeLimit: Int) {
    self.file = file
    self.nodeLimit = nodeLimit
    events = YAMLEvents(text)
  }

  /// The root of the one document; nil where there is none.
  mutating func root() throws(YAMLFailure) -> Node? {
    _ = try events.next()  // the start of the stream
    guard try events.next() != .streamEnd else { return nil }
    let root = try node(events.next())
    _ = try events.next()  // the end of the document
    guard try events.next() == .streamEnd else { throw .syntax("but found another document", at: events.spot) }
    if made > nodeLimit {
      var left = nodeLimit
      if let mark = Self.mark(in: root, behind: &left) { throw .tooMany(at: (mark.line, mark.column)) }
    }
    return root
  }

  private mutating func node(_ event: YAMLEvents.Event) throws(YAMLFailure) -> Node {
    let (spot, before, templatesBefore) = (events.spot, made, templates)
    let mark = Mark(file: file, line: spot.line, column: spot.column)
    made += 1
    written += 1
    guard written <= nodeLimit else { throw .tooMany(at: spot) }
    switch event {
    case .scalar(let scalar):
      if Reference.isIn(scalar.text) { templates += 1 }
      let node = Node.scalar(Node.Scalar(string: scalar.text, style: scalar.style, mark: mark))
      keep(node, scalar.properties, before)
      return node
    case .sequenceStart(let properties):
      try goDown()
      let node = Node.sequence(Node.Sequence(try nodes(), mark: mark))
      depth -= 1
      keep(node, properties, before)
      return node
    case .mappingStart(let properties):
      try goDown()
      let entries = try entries()
      depth -= 1
      let node = Node.mapping(Node.Mapping(entries, mark: mark, isTemplate: templates > templatesBefore))
      keep(node, properties, before)
      return node
    case .alias(let name):
      aliases += 1
      guard aliases <= YAMLText.aliasLimit else { throw .tooManyAliases(at: spot) }
      guard let (node, count) = anchors[name] else { throw .syntax("found undefined alias", at: spot) }
      made = min(before + count, nodeLimit + 1)
      if node.isTemplate { templates += 1 }
      return node
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      // libyaml puts none of them where a value belongs.
      return .scalar(Node.Scalar(string: "", style: .plain, mark: mark))
    }
  }

  private mutating func goDown() throws(YAMLFailure) {
    depth += 1
    guard depth <= YAMLText.depthLimit else { throw .tooDeep(at: events.spot) }
  }

  private mutating func nodes() throws(YAMLFailure) -> [Node] {
    var nodes: [Node] = []
    while true {
      let event = try events.next()
      if event == .sequenceEnd { return nodes }
      nodes.append(try node(event))
    }
  }

  private mutating func entries() throws(YAMLFailure) -> [Node.Mapping.Entry] {
    var entries: [Node.Mapping.Entry] = []
    while true {
      let event = try events.next()
      if event == .mappingEnd { break }
      let key = try node(event)
      entries.append((key, try node(events.next())))
    }
    if Self.hasTwins(entries) { try refuseTwins(entries) }
    return entries
  }

  private mutating func keep(_ node: Node, _ properties: YAMLEvents.Properties, _ before: Int) {
    if let name = properties.anchor { anchors[name] = (node, made - before) }
  }

  private static func hasTwins(_ entries: [Node.Mapping.Entry]) -> Bool {
    guard entries.count <= fewKeys else {
      var seen: Set<String> = []
      return !entries.allSatisfy { seen.insert($0.key.keyText).inserted }
    }
    for index in entries.indices.dropFirst() {
      let key = entries[index].key.keyText
      for other in 0..<index where entries[other].key.keyText == key { return true }
    }
    return false
  }

  private func refuseTwins(_ entries: [Node.Mapping.Entry]) throws(YAMLFailure) {
    let keys = Dictionary(grouping: entries.map(\.key), by: \.keyText)
    let twice = keys.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    guard let first = twice.first?.value.first?.mark else { return }
    throw .duplicateKeys(twice.map(\.key), at: (first.line, first.column))
  }

  /// Of the node that so many others stand before, as one reads them.
  private static func mark(in node: Node, behind left: inout Int) -> Mark? {
    guard left > 0 else { return node.mark }
    left -= 1
    switch node {
    case .scalar: return nil
    case .sequence(let sequence):
      for entry in sequence.nodes { if let mark = mark(in: entry, behind: &left) { return mark } }
    case .mapping(let mapping):
      for (key, value) in mapping.entries {
        if let mark = mark(in: key, behind: &left) ?? mark(in: value, behind: &left) { return mark }
      }
    }
    return nil
  }
}

extension Node {
  /// What makes a key the same as another: its text, whatever its quotes.
  fileprivate var keyText: String { scalar?.string ?? fingerprint }
}
