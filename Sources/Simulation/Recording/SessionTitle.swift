import ScenarioModel
import VerificationCore

/// What happened in a session, as the title of its scenario.
struct SessionTitle {
  private let session: Session
  private let board: Switchboard

  /// - Parameter board: at the end of it.
  init(_ session: Session, _ board: Switchboard) {
    self.session = session
    self.board = board
  }

  var text: String {
    let tenant = board.service.tenant
    let records = tenant.signIns
    guard let last = records.last else { return "\(name(session.given.user)) signs in, and nothing comes of it" }
    let words = "\(name(last.upn)) \(deed(last))"
    return records.count == 1 ? words : "\(words), the last of \(records.count) sign-ins"
  }

  private func name(_ upn: UPN) -> String { String(upn.text.prefix { $0 != "@" }) }

  private func deed(_ record: SignInRecord) -> String {
    switch record.outcome {
    case .approved: "approves \(record.method == .call ? "the call with \(proof)" : "the sign-in")"
    case .fraudReported: report(record.upn)
    case .denied: "enters what is wrong until the call is denied"
    case .userHungUp: "hangs up"
    case .noInput: "answers and presses nothing"
    case .poundNotPressed: "presses keys and never #"
    case .busy: "is busy"
    case .rejected: "declines the call"
    case .noAnswer: "does not answer"
    case .cancelled: "gives up at the sign-in page"
    case .duplicate: "signs in while another sign-in is being verified"
    case .userBlocked: "is blocked and not called"
    case .lockedOut: "is locked out and not called"
    case .notRequired, .skippedLocation, .skippedRemembered, .skippedAppPassword: "signs in without being asked"
    case .invalidNumber, .carrierFailed, .codeNotEntered, .codeWrong, .codeUsed, .appNotAnswered, .appDeclined,
      .appReportedFraud, .throttled, .accountDisabled, .riskBlocked, .passwordChangeRequired, .deviceNotCompliant,
      .registrationRequired, .appPasswordRequired, .methodUnavailable:
      "signs in: \(record.outcome.rawValue)"
    }
  }

  private var proof: String {
    let isPIN = board.journal.last { $0.fact.isPINCheck || $0.fact == .answered }?.fact.isPINCheck == true
    return isPIN ? "the PIN and #" : "#"
  }

  private func report(_ upn: UPN) -> String {
    let tenant = board.service.tenant
    let code = tenant.user(upn).map { tenant.reporting(of: $0).code.description } ?? ""
    let isConfirmed = board.journal.contains { entry in
      if case .tenant(.userBlocked(let block)) = entry.fact { block.upn == upn && block.by == .user } else { false }
    }
    return "reports fraud with \(code)#" + (isConfirmed ? ", and is blocked" : "")
  }
}

extension JournalFact {
  fileprivate var isPINCheck: Bool { if case .checkedPIN = self { true } else { false } }
}
