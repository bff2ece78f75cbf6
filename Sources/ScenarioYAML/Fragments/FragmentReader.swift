import ScenarioModel

/// Reads fragment files.
struct FragmentReader {
  let shelf: SourceShelf

  /// - Throws: all that is wrong with the file as such; its steps are read where they are used.
  func fragment(at path: String) throws(InvalidSource) -> Fragment {
    if let known = shelf.cache.fragments[path] {
      if let hash = shelf.cache.hashes[path] { shelf.note([ScenarioFile.Source(path: path, hash: hash)]) }
      switch known {
      case .success(let fragment): shelf.keep(fragment.lines, of: path)
      case .failure(let error): shelf.keep(error.texts)
      }
      return try known.get()
    }
    let result: Result<Fragment, InvalidSource>
    do {
      result = .success(try read(path))
    } catch {
      result = .failure(error)
    }
    shelf.cache.fragments[path] = result
    return try result.get()
  }

  private func read(_ path: String) throws(InvalidSource) -> Fragment {
    let reading = try Reading.open(path, shelf)
    guard let root = try reading.root() else {
      throw InvalidSource(
        problems: [
          Problem(
            "empty-file", "\(path) is empty, not a fragment", hint: "a fragment begins with \"fragment: what it does\"")
        ], secrets: [])
    }
    guard let fragment = fragment(root, reading), reading.problems.isEmpty else {
      throw reading.invalid
    }
    return fragment
  }

  private func fragment(_ root: Node, _ reading: Reading) -> Fragment? {
    if let other = root.mapping?["scenario"] ?? root.mapping?["tenant"] ?? root.mapping?["explore"],
      root.mapping?["fragment"] == nil
    {
      reading.report(
        "no-fragment", "this is no fragment", at: other, hint: "a fragment begins with \"fragment: what it does\"")
      return nil
    }
    guard let fields = reading.fields(root, "a fragment", keys: Grammar.fragment.keys) else { return nil }
    guard let titleNode = fields["fragment"] else {
      reading.report(
        "missing-key", "a fragment needs a title", at: root, hint: "begin with \"fragment: what it does\"")
      return nil
    }
    reading.version(fields["version"])
    reading.refuseReferences(titleNode, "the title")
    let steps = fields["steps"].flatMap { reading.sequence($0, "steps") } ?? []
    if steps.isEmpty {
      reading.report(
        "missing-key", "a fragment needs steps", at: fields["steps"] ?? root, hint: "as in steps: followed by - answer")
    }
    guard reading.string(titleNode, "fragment") != nil else { return nil }
    return Fragment(
      path: reading.path, parameters: parameters(fields["parameters"], reading),
      aliases: reading.aliases(fields["use"]), steps: steps, secrets: reading.secrets,
      lines: reading.text.lines)
  }

  /// `parameters: {keys: "#", after: null}`: what must be said is null.
  private func parameters(_ node: Node?, _ reading: Reading) -> [Fragment.Parameter] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      reading.report(
        "expected-mapping", "parameters must be a mapping", at: node,
        hint: "as in {greeting: greetingStandard, keys: null}; null must be said by whoever uses it")
      return []
    }
    return mapping.entries.compactMap { key, value in
      reading.refuseReferences(value, "parameters")
      return reading.columnName(key).map {
        Fragment.Parameter(name: $0, usual: reading.isNull(value) ? nil : value)
      }
    }
  }
}
