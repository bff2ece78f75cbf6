public import ScenarioModel
public import VerificationCore

/// What is wrong with a file, and what is suspect in it.
public struct LintReport: Sendable {
  public let path: String
  /// Mistakes, then warnings and notes, by their places.
  public let problems: [Problem]
  /// What no output may show.
  public let secrets: [String]
  /// Whether the file cannot be used as it is.
  public let isInvalid: Bool
}

/// A file to be looked at.
public struct LintSource: Sendable {
  public let path: String
  public let bytes: [UInt8]
  public let kind: SourceKind

  public init(path: String, bytes: [UInt8], kind: SourceKind) {
    self.path = path
    self.bytes = bytes
    self.kind = kind
  }
}

extension ScenarioReader {
  /// What is wrong with files, and what is suspect in them and between them.
  ///
  /// - Parameter now: the date at which features of tenants count as retired.
  public func lint(_ sources: [LintSource], now: Instant) -> [LintReport] {
    let parsed = sources.map { LintedFile(path: $0.path, bytes: $0.bytes, kind: $0.kind) }
    let between = Dictionary(grouping: LintedFile.findings(among: parsed.compactMap(\.self))) { $0.place?.path }
    return zip(sources, parsed).map { source, file in
      let judged = judge(source, now)
      let found = file.map { findings(in: $0) } ?? []
      let suspect = Self.byPlace(found + (between[source.path] ?? []))
      return LintReport(
        path: source.path, problems: judged.problems + suspect,
        secrets: judged.secrets + YAMLText.secrets(in: source.bytes), isInvalid: judged.isInvalid)
    }
  }

  func findings(in file: LintedFile) -> [Problem] {
    var found = file.stepFindings + file.nameFindings(files) + file.givenFindings(on: base(of: file))
    if !file.hasModeline {
      found.append(
        SourceFinding.noModeline.problem(
          "editors do not know which schema to check this file with",
          at: SourcePlace(path: file.path, span: SourceSpan(line: 1, column: 1)),
          hint: "begin with # yaml-language-server: $schema=\(FileSchema.fileName(file.kind)); "
            + "poundkey schema --write FOLDER writes the schemas"))
    }
    return found
  }

  /// The tenant of a file, without what the file gives besides.
  private func base(of file: LintedFile) -> Given? {
    guard let tenant = file.root["given"]?["tenant"] else { return demoTenant }
    guard let name = tenant.scalar?.text else { return nil }
    return try? self.tenant(at: RelativePath.resolve(name, from: file.path))
  }

  private func judge(_ source: LintSource, _ now: Instant) -> (
    problems: [Problem], secrets: [String], isInvalid: Bool
  ) {
    do throws(InvalidSource) {
      switch source.kind {
      case .scenario: _ = try file(at: source.path)
      case .explore: _ = try exploration(at: source.path)
      case .tenant: return try judge(tenant: source.path, now)
      case .fragment: try fragment(at: source.path)
      }
      return ([], [], false)
    } catch {
      return (error.problems, error.secrets, true)
    }
  }

  private func judge(tenant path: String, _ now: Instant) throws(InvalidSource) -> (
    problems: [Problem], secrets: [String], isInvalid: Bool
  ) {
    let report = try lint(at: path, now: now)
    do throws(InvalidSource) {
      _ = try tenant(at: path)
      return (report.problems, report.secrets, false)
    } catch {
      return (report.problems + error.problems.filter { !report.problems.contains($0) }, report.secrets, true)
    }
  }
}
