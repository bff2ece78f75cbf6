import ScenarioModel

/// What several scenarios are made of, read once: tenants and fragments.
final class SourceCache {
  var tenants: [String: ReadTenant] = [:]
  var fragments: [String: Result<Fragment, InvalidSource>] = [:]
  var hashes: [String: UInt64] = [:]
}

/// A tenant file as it was read, with all that was wrong with it.
struct ReadTenant {
  let source: TenantSource?
  let problems: [Problem]
  let secrets: [String]
  let sources: [ScenarioFile.Source]
  let texts: SourceTexts
}

/// The files that one scenario is made of, noted as they are read.
final class SourceShelf {
  let cache: SourceCache
  private let files: any SourceLoading
  private(set) var sources: [ScenarioFile.Source] = []
  private(set) var texts = SourceTexts()

  init(_ files: any SourceLoading, cache: SourceCache) {
    self.files = files
    self.cache = cache
  }

  func bytes(_ path: String) throws(SourceFailure) -> [UInt8] {
    // Also one that cannot be read: it may appear while somebody watches.
    note([ScenarioFile.Source(path: path, hash: 0)])
    let bytes = try files.load(path)
    let source = ScenarioFile.Source(path: path, hash: FNV1a.hash(bytes))
    cache.hashes[path] = source.hash
    note([source])
    return bytes
  }

  func keep(_ lines: [Substring], of path: String) { texts.keep(lines, of: path) }

  func keep(_ others: SourceTexts) { texts.keep(others) }

  func note(_ more: [ScenarioFile.Source]) {
    for source in more {
      if let index = sources.firstIndex(where: { $0.path == source.path }) {
        sources[index] = source
      } else {
        sources.append(source)
      }
    }
  }
}
