import ArgumentParser
import Records
import Reports
import VerificationCore

struct LogVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Read what a tenant store has written down: sign-ins, audit, risk, calls, messages.",
    discussion: """
      Each log takes filters, --format table, csv or jsonl, and --follow. Every filter is answered by an index.

      Example: poundkey log signins --user helga@larkspur.example --last 20

      docs/logs.md tells the keys and columns of each.
      """,
    subcommands: [
      LogSignInsVerb.self, LogAuditVerb.self, LogRiskVerb.self, LogCallsVerb.self, LogMessagesVerb.self,
    ])

  /// For the help of each.
  static let codes = """
    \(Role.globalReader.told)

    Exit codes: 0 good, also where no row is found; 2 usage or no such user, 3 no tenant store or a damaged one, 4 it \
    cannot be read, 130 interrupted.
    """
}

struct LogSignInsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signins", abstract: "The sign-in records: who, when, how it ended, and why.",
    discussion: """
      Examples:
        poundkey log signins --user helga@larkspur.example --last 20
        poundkey log signins --outcome fraudReported --since 90d --why
        poundkey log signins --follow --format jsonl

      \(LogVerb.codes)
      """)

  @OptionGroup var log: LogOptions

  @Option(
    help: ArgumentHelp("How it ended, as in approved, denied, userBlocked.", valueName: "outcome"),
    transform: { try LogWord.argument($0, among: Outcome.allCases.map(\.rawValue), what: "the outcomes are") })
  var outcome: String?

  @Option(
    help: ArgumentHelp("How it was verified: call, text, app, code, passkey, pass.", valueName: "method"),
    transform: { try LogWord.argument($0, among: Method.allCases.map(\.rawValue), what: "the methods are") })
  var method: String?

  @Flag(help: "With the reasons, gate by gate, as signin explain has them; in JSON lines they always are.")
  var why = false

  func run() throws {
    let query = log.query(.signIns, [.outcome: outcome, .method: method])
    try LogReader(kind: .signins, query: query, options: log, showsWhy: why).run()
  }
}

struct LogAuditVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The audit log: what an admin or the service did to whom, and why.",
    discussion: """
      Examples:
        poundkey log audit --activity "User blocked for MFA" --since 2025-01-01
        poundkey log audit --admin omar@larkspur.example --format csv

      \(LogVerb.codes)
      """)

  @OptionGroup var log: LogOptions

  @Option(
    help: ArgumentHelp("What was done, in the words of the log.", valueName: "activity"),
    transform: {
      try LogWord.argument(
        $0, among: AuditRecord.Activity.allCases.map(\.rawValue), what: "the activities are")
    })
  var activity: String?

  @Option(
    name: .customLong("admin"), help: ArgumentHelp("Who did it, as told with --by.", valueName: "upn"),
    transform: UPN.argument)
  var actor: UPN?

  func run() throws {
    let query = log.query(.audit, [.activity: activity, .admin: actor?.text])
    try LogReader(kind: .audit, query: query, options: log).run()
  }
}

struct LogRiskVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "The risk of users: what was detected, and how it ended.",
    discussion: """
      Example: poundkey log risk --user helga@larkspur.example

      \(LogVerb.codes)
      """)

  @OptionGroup var log: LogOptions

  func run() throws { try LogReader(kind: .risk, query: log.query(.risk, [:]), options: log).run() }
}

struct LogCallsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls", abstract: "What happened in calls and at the sign-in page, moment by moment.",
    discussion: """
      Examples:
        poundkey log calls --call 12.1
        poundkey log calls --kind hangUp --since 24h --format jsonl

      \(LogVerb.codes)
      """)

  @OptionGroup var log: LogOptions

  @Option(
    help: ArgumentHelp("One verification, by its name in the log, as in 12.1.", valueName: "call"),
    transform: Self.name)
  var call: String?

  @Option(
    help: ArgumentHelp("What happened, as in key, message, outcome, hangUp.", valueName: "kind"),
    transform: { try LogWord.argument($0, among: MomentText.kinds, what: "the kinds are") })
  var kind: String?

  func run() throws {
    let query = log.query(.calls, [.call: call, .kind: kind])
    try LogReader(kind: .calls, query: query, options: log).run()
  }

  private static func name(_ text: String) throws -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ Int64($0).map { $0 >= 0 } == true }) else {
      throw ValidationError("it takes the name of a call in the log, as in 12.1")
    }
    return text
  }
}

struct LogMessagesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages", abstract: "The text messages and mails that went out; never a code.",
    discussion: """
      Examples:
        poundkey log messages --user omar@larkspur.example
        poundkey log messages --kind mail --format csv

      \(LogVerb.codes)
      """)

  @OptionGroup var log: LogOptions

  @Option(
    help: ArgumentHelp("mail, textSent, textArrived, textLost, textRejected, textReplied.", valueName: "kind"),
    transform: { try LogWord.argument($0, among: SentMessage.kinds, what: "the kinds are") })
  var kind: String?

  func run() throws {
    try LogReader(kind: .messages, query: log.query(.messages, [.kind: kind]), options: log).run()
  }
}
