import Console
import QRCodes
import VerificationCore

/// What is said at the start where others may come in.
enum InvitationNotice {
  /// - Parameter showsLink: an output that is kept, as a log is, does not get one.
  static func lines(_ invitations: Invitations, host: String, port: Int, showsLink: Bool, isColoured: Bool) -> [String]
  {
    let warning = [
      "The line is not encrypted: whoever can listen in this network can read all of it, and come in as a device that",
      "was let in. Use it in a network that you trust, with made-up people. Who is let in may do everything here.",
    ]
    let (minutes, again) = (
      Invitations.validity.count / 60_000,
      "On this machine the room has a button that makes another, as does "
        + "curl -X POST -H \"Sec-Fetch-Site: none\" http://\(host):\(port)/api/invitation."
    )
    guard showsLink else {
      return ["Others come in by invitation, each good once and for \(minutes) minutes. \(again)"] + warning
    }
    let link = invitations.link(port: port).text
    let symbol = QRSymbol(link)?.terminalLines(isColoured: isColoured) ?? []
    return ["One device comes in with this link, once, within \(minutes) minutes. \(again)", "", "  \(link)", ""]
      + symbol.map { "  \($0)" } + [""] + warning
  }
}
