// Verifications at the sign-in page: text messages and challenges.
extension VerificationService {
  public struct ActivePage: Hashable, Sendable {
    public let id: CallID
    public let request: PageRequest
    public internal(set) var state: PageState
  }

  public func page(_ id: CallID) -> ActivePage? { pages.first { $0.id == id } }

  /// The page that verifies this user now.
  public func page(verifying upn: UPN) -> ActivePage? {
    pages.first { $0.request.upn == upn && $0.state.outcome == nil }
  }

  mutating func ask(_ asked: (request: PageRequest, state: PageState), at now: Instant, _ reaction: inout Reaction) {
    lastCall += 1
    // What an earlier verification of the same user is still told comes to an end with the next.
    pages.removeAll { $0.request.upn == asked.request.upn }
    pages.append(ActivePage(id: CallID(lastCall), request: asked.request, state: asked.state))
    reaction.journal.append(
      JournalEntry(at: now, call: CallID(lastCall), .asking(asked.request.upn, asked.request.method)))
    switch asked.state {
    case .text: step(page: pages.count - 1, .text(.begin), at: now, &reaction)
    case .challenge: step(page: pages.count - 1, .challenge(.begin), at: now, &reaction)
    }
  }

  mutating func step(page index: Int, _ input: PageInput, at now: Instant, _ reaction: inout Reaction) {
    switch (pages[index].state, input) {
    case (.text(let state, let policy), .text(let input)):
      let transition = next(state, input, at: now, policy: policy)
      pages[index].state = .text(transition.state, policy)
      for order in transition.orders { carryOut(order, index, at: now, &reaction) }
    case (.challenge(let state, let policy), .challenge(let input)):
      // Where nobody listens to reports, one is no more than a no (REPORT-9).
      let isReport = input == .device(.reported) && !pages[index].request.reporting.isOn
      let transition = next(state, isReport ? .device(.declined) : input, at: now, policy: policy)
      pages[index].state = .challenge(transition.state, policy)
      for order in transition.orders { carryOut(order, index, at: now, &reaction) }
    case (.text, .challenge), (.challenge, .text):
      write(.pageNoted(.ignored(.notAsked)), pages[index].id, at: now, &reaction)
    }
  }

  private func write(_ fact: JournalFact, _ id: CallID, at now: Instant, _ reaction: inout Reaction) {
    reaction.journal.append(JournalEntry(at: now, call: id, fact))
  }

  private mutating func carryOut(_ action: TextAction, _ index: Int, at now: Instant, _ reaction: inout Reaction) {
    let (id, request) = (pages[index].id, pages[index].request)
    switch action {
    case .send(let code):
      write(.textSent(code, number: request.phone?.masked ?? "?"), id, at: now, &reaction)
      reaction.pageOrders.append((id, .send(code)))
    case .schedule(let timer, let deadline): reaction.pageOrders.append((id, .schedule(.text(timer), at: deadline)))
    case .cancel(let timer): reaction.pageOrders.append((id, .cancel(.text(timer))))
    case .conclude(let outcome): conclude(outcome, index, at: now, &reaction)
    case .note(let note): write(.pageNoted(note), id, at: now, &reaction)
    }
  }

  private mutating func carryOut(
    _ action: ChallengeAction, _ index: Int, at now: Instant, _ reaction: inout Reaction
  ) {
    let (id, request) = (pages[index].id, pages[index].request)
    switch action {
    case .ask: reaction.pageOrders.append((id, .ask))
    case .schedule(let deadline): reaction.pageOrders.append((id, .schedule(.challenge, at: deadline)))
    case .cancelTimer: reaction.pageOrders.append((id, .cancel(.challenge)))
    case .conclude(let outcome): conclude(outcome, index, at: now, &reaction)
    case .report:
      perform(.report(request.upn, request.reporting), call: id, at: now, &reaction)
      // Through the app there is no 1 to press (REPORT-9).
      perform(
        .settleReport(request.upn, request.reporting, through: .app, blocks: request.reporting.blocks), call: id,
        at: now,
        &reaction)
    case .note(let note): write(.pageNoted(note), id, at: now, &reaction)
    }
  }

  private mutating func conclude(_ outcome: Outcome, _ index: Int, at now: Instant, _ reaction: inout Reaction) {
    let (id, request) = (pages[index].id, pages[index].request)
    write(.concluded(outcome), id, at: now, &reaction)
    perform(
      .conclude(request.signIn, outcome, request.method, number: request.phone?.masked, why: request.findings),
      call: id, at: now, &reaction)
  }
}
