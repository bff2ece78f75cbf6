/// A file to start from, with comments, that passes as it is.
public enum Starter: String, Hashable, Sendable, CaseIterable {
  case voice, pin, fraud, sms, app, matrix, fragment, tenant, explore

  public var kind: SourceKind {
    switch self {
    case .voice, .pin, .fraud, .sms, .app, .matrix: .scenario
    case .fragment: .fragment
    case .tenant: .tenant
    case .explore: .explore
    }
  }

  /// What it is about, for those who choose.
  public var summary: String {
    switch self {
    case .voice: "a call, confirmed with #"
    case .pin: "a call that asks for a PIN"
    case .fraud: "fraud is reported by phone, and the block confirmed"
    case .sms: "a code by text message"
    case .app: "a notification in the app"
    case .matrix: "one scenario with several rows"
    case .fragment: "steps that several scenarios share"
    case .tenant: "an organisation with its people and settings"
    case .explore: "everything that can happen in a call"
    }
  }

  /// The file.
  ///
  /// - Parameters:
  ///   - title: its title; nil is one that says what it shows.
  ///   - schema: where its schema is, from where the file is.
  public func text(title: String?, schema: String) -> String {
    let modeline = "# \(FileSchema.modeline(schema))\n"
    guard let title else { return modeline + body }
    let key = "\(kind.rawValue): "
    let written = ScalarText.text(of: LayoutScalar(text: title, style: .doubleQuoted), inFlow: false)
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    return modeline + lines.map { $0.hasPrefix(key) ? key + written : String($0) }.joined(separator: "\n")
  }

  private var body: String {
    switch self {
    case .voice: StarterText.voice
    case .pin: StarterText.pin
    case .fraud: StarterText.fraud
    case .sms: StarterText.sms
    case .app: StarterText.app
    case .matrix: StarterText.matrix
    case .fragment: StarterText.fragment
    case .tenant: TenantTemplate.text
    case .explore: StarterText.explore
    }
  }
}
