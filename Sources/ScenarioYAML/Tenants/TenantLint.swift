public import ScenarioModel
public import VerificationCore

/// What the configuration check says of a tenant file.
public struct TenantReport: Sendable {
  /// Mistakes of the file, then contradictions and traps, by their places.
  public let problems: [Problem]
  /// What no output may show.
  public let secrets: [String]
}

extension ScenarioReader {
  /// Checks a tenant file for contradictions and traps, beside its mistakes; what is wrong in it counts as not written.
  ///
  /// - Parameter now: the date at which features count as retired.
  /// - Throws: where the file is no YAML, or no tenant at all.
  public func lint(at path: String, now: Instant) throws(InvalidSource) -> TenantReport {
    let reading = try open(path)
    guard let root = try reading.root() else {
      throw InvalidSource(problems: [Self.empty(path, "a tenant")], secrets: [])
    }
    guard let source = TenantReader(reading: reading, greetings: greetings).file(root) else {
      throw reading.invalid
    }
    refuseReportCodeAsPIN(source, reading, at: root)
    let findings = source.begun(at: now).findings(at: now) {
      source.pins[$0] != nil || source.keptPINs.contains($0)
    }
    let found = findings.map { Problem($0, at: source.place(of: $0.subject) ?? reading.place(of: root)) }
    return TenantReport(problems: Self.byPlace(reading.problems + found), secrets: reading.secrets)
  }

  static func byPlace(_ problems: [Problem]) -> [Problem] {
    let ranked = problems.enumerated().sorted { left, right in
      rank(left.element, left.offset) < rank(right.element, right.offset)
    }
    return ranked.map(\.element)
  }

  private static func rank(_ problem: Problem, _ offset: Int) -> (Int, Int, Int) {
    (problem.place?.span.line ?? .max, problem.place?.span.column ?? 0, offset)
  }
}

extension TenantSource {
  fileprivate func place(of subject: TenantFinding.Subject) -> SourcePlace? {
    switch subject {
    // Nothing is written where a default is the trap.
    case .setting(let name): settingPlaces[name] ?? places.keys["settings"]
    case .user(let upn): places.users[upn]
    case .greeting(let index): places.greetings.indices.contains(index) ? places.greetings[index] : nil
    case .location(let index): places.locations.indices.contains(index) ? places.locations[index] : nil
    case .key(let name): places.keys[name]
    }
  }
}
