import ScenarioModel

// What only shows beside other files.
extension LintedFile {
  static func findings(among files: [LintedFile]) -> [Problem] { sameTitles(files) + similarTags(files) }

  private var title: LayoutNode? { root[kind.rawValue] }

  private var folder: Substring {
    path.prefix(path.lastIndex(of: "/").map { path.distance(from: path.startIndex, to: $0) } ?? 0)
  }

  private static func sameTitles(_ files: [LintedFile]) -> [Problem] {
    struct Title: Hashable {
      let kind: SourceKind
      let folder: Substring
      let text: String
    }
    var first: [Title: String] = [:]
    var found: [Problem] = []
    for file in files where file.kind != .tenant {
      guard let node = file.title, let text = node.scalar?.text else { continue }
      let title = Title(kind: file.kind, folder: file.folder, text: text)
      guard let other = first[title] else {
        first[title] = file.path
        continue
      }
      found.append(
        SourceFinding.sameTitle.problem(
          "\(other) has this title too", at: file.place(node), hint: "say what is different here"))
    }
    return found
  }

  private static func similarTags(_ files: [LintedFile]) -> [Problem] {
    var uses: [String: (count: Int, first: SourcePlace)] = [:]
    for file in files {
      for node in file.root["tags"]?.items ?? [] {
        guard let tag = node.scalar?.text else { continue }
        uses[tag, default: (0, file.place(node))].count += 1
      }
    }
    let ranked = uses.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }.map(\.key)
    return ranked.enumerated().compactMap { rank, tag in
      guard let usual = ranked[..<rank].first(where: { isSimilar(tag, $0) }), let place = uses[tag]?.first else {
        return nil
      }
      return SourceFinding.similarTag.problem(
        "the tag \(tag) is almost \(usual), which stands in \(uses[usual]?.count ?? 0) of the files", at: place,
        hint: "write \(usual) where the same is meant")
    }
  }

  /// By their case, or by a letter more, less or other in words of at least four.
  private static func isSimilar(_ left: String, _ right: String) -> Bool {
    let (one, other) = (Array(left.lowercased()), Array(right.lowercased()))
    if one == other { return true }
    guard min(one.count, other.count) >= 4, abs(one.count - other.count) <= 1 else { return false }
    let front = zip(one, other).prefix { $0 == $1 }.count
    let back = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
    return front + back >= max(one.count, other.count) - 1
  }
}
