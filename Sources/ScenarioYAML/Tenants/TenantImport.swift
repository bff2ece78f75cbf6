public import ScenarioModel
public import VerificationCore

/// A tenant file with all that holds in it, for a store to take in.
public struct TenantImport: Sendable {
  /// With all that has happened in it. A token has its key where the file names a CSV file that holds it.
  public let tenant: Tenant
  /// The PINs that the file tells; no output may show them.
  public let pins: [UPN: Passcode]
  /// Who has a PIN that the file does not tell; none of these is among `pins`.
  public let keptPINs: Set<UPN>
  /// The sound of the greetings that have one, in the order of the tenant's. The others have a length alone.
  public let greetingFiles: [GreetingFile]
  /// What no output may show: of the file and of those that it names.
  public let secrets: [String]
  /// The lines as they were read, for quoting.
  public let texts: SourceTexts

  /// Where the sound of a greeting is.
  public struct GreetingFile: Hashable, Sendable {
    /// Of the greeting, in `tenant.greetings`.
    public let index: Int
    /// From where the tenant file was opened: as it can be opened.
    public let path: String
    /// Where the greeting is written.
    public let place: SourcePlace
  }
}

extension ScenarioReader {
  /// Reads a tenant file as a whole: also one without users.
  ///
  /// - Parameter now: when `blocked: true` and `risk: high` are taken to have happened; what has a time keeps it.
  /// - Throws: every problem of the file, and of the files it names.
  public func `import`(at path: String, now: Instant) throws(InvalidSource) -> TenantImport {
    let reading = try open(path)
    guard let root = try reading.root() else {
      throw InvalidSource(problems: [Self.empty(path, "a tenant")], secrets: [])
    }
    let source = TenantReader(reading: reading, greetings: greetings).file(root)
    if let source { refuseReportCodeAsPIN(source, reading, at: root) }
    guard let source, reading.problems.isEmpty else { throw reading.invalid }
    return TenantImport(source, now: now, reading)
  }
}

extension TenantImport {
  fileprivate init(_ source: TenantSource, now: Instant, _ reading: Reading) {
    tenant = source.begun(at: now)
    pins = source.pins
    keptPINs = source.keptPINs
    greetingFiles = source.tenant.greetings.indices.compactMap { index in
      source.tenant.greetings[index].file.map {
        GreetingFile(index: index, path: $0, place: source.places.greetings[index])
      }
    }
    secrets = Set(reading.secrets + source.pins.values.map(\.revealed)).sorted()
    texts = reading.shelf?.texts ?? SourceTexts()
  }
}

extension TenantSource {
  /// The tenant with all that has happened in it, and what the short forms say decided now.
  func begun(at now: Instant) -> Tenant {
    var tenant = made
    for command in begun {
      for event in (try? tenant.decide(command, at: now)) ?? [] {
        // How a file is read is no history of the tenant's.
        if case .audited = event { continue }
        tenant.apply(event)
      }
    }
    return tenant
  }
}
