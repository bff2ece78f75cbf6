import ScenarioModel
import VerificationCore

extension Expectation {
  /// What holds at the end of a session: its result, its sign-in records, and what became of the user.
  init(of board: Switchboard, _ scenario: Scenario, at now: Instant) {
    self.init()
    let (place, tenant, upn) = (scenario.title.place, board.service.tenant, scenario.given.user)
    result = Placed(board.lastOutcome, at: place)
    let isReported = tenant.reports.contains { $0.upn == upn }
    let isBlocked = tenant.block(of: upn, at: now) != nil
    if isReported { user.reported = Placed(true, at: place) }
    // Whether a report blocks is what one wants to know of it.
    if isReported || isBlocked { user.blocked = Placed(isBlocked, at: place) }
    if tenant.locked(upn, at: now) != nil { user.locked = Placed(true, at: place) }
    if tenant.isAtRisk(upn) { user.atRisk = Placed(true, at: place) }
    var texts: [String] = []
    for record in tenant.signIns where !texts.contains(record.text) { texts.append(record.text) }
    records = texts.map { text in
      RecordExpectation(
        .signin, text: Placed(.equals(text), at: place), times: Count(exactly: tenant.signIns.count { $0.text == text })
      )
    }
  }
}
