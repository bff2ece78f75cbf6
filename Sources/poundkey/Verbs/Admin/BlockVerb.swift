import ArgumentParser
import Records
import Reports
import VerificationCore

struct BlockVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block", abstract: "Put a user on the block list: every verification is denied for 90 days.",
    discussion: """
      \(Role.authenticationPolicyAdministrator.told)

      Example: poundkey block helga@larkspur.example --reason "Lost phone" --tenant larkspur.poundkey

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Who.", valueName: "upn"), transform: UPN.argument)
  var user: UPN

  @Option(help: "Why; it stands in the block list and in the audit log.")
  var reason: String

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let now = try admin.change("block") { change in
      try change.perform(.block(user, reason: reason))
      return change.at
    }
    let until = Block(upn: user, reason: reason, since: now).until
    Done(
      what: "block", upn: user, text: "\(user) is blocked until \(until): \(reason)",
      more: [("until", .text("\(until)")), ("reason", .text(reason))]
    ).tell(json: json, at: now)
  }
}

struct UnblockVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unblock", abstract: "Take a user from the block list.",
    discussion: """
      \(Role.authenticationPolicyAdministrator.told)

      Example: poundkey unblock helga@larkspur.example --reason "Phone found"

      Exit codes: 0 done, 1 refused, 2 usage or no such user, 3 no tenant store, 4 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("Who.", valueName: "upn"), transform: UPN.argument)
  var user: UPN

  @Option(help: "Why; it stands in the audit log.")
  var reason: String

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    try admin.change("unblock") { try $0.perform(.unblock(user, reason: reason)) }
    Done(what: "unblock", upn: user, text: "\(user) is not blocked any more", more: [("reason", .text(reason))])
      .tell(json: json, at: admin.store.now)
  }
}

struct BlockedVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocked", abstract: "List who is blocked: since when, until when, by whom, why.",
    discussion: """
      \(Role.globalReader.told)

      Example: poundkey blocked --at 2025-04-15

      Exit codes: 0 good, 2 usage, 3 no tenant store, 4 it cannot be read.
      """)

  @OptionGroup var admin: AdminOptions

  @Flag(help: "One JSON object a block, one a line.")
  var json = false

  func run() throws {
    let now = admin.store.now
    let blocks = try admin.holding().tenant.blocks(at: now)
    if json { return Output.lines(blocks.map(line)) }
    guard !blocks.isEmpty else { return Output.line("nobody is blocked") }
    var table = Reports.Table(["user", "since", "until", "by", "why"])
    for block in blocks {
      table.add([block.upn.text, "\(block.since)", "\(block.until)", by(block), Printable.text(block.reason)])
    }
    Output.lines(table.lines(width: Output.width, style: Output.style))
  }

  private func by(_ block: Block) -> String { block.by == .admin ? "admin" : "user" }

  private func line(_ block: Block) -> String {
    JSONLine([
      ("user", .text(block.upn.text)), ("since", .text("\(block.since)")), ("until", .text("\(block.until)")),
      ("by", .text(by(block))), ("reason", .text(block.reason)),
    ]).text
  }
}
