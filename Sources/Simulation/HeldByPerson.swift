public import ScenarioModel
public import VerificationCore

/// What a person can read off a telephone or out of an envelope, secrets included: for who sits in front of it.
public enum HeldByPerson {
  /// A text message, whole.
  public struct Text: Sendable {
    /// The verification whose code it brings.
    public let page: CallID
    public let shown: ArrivedText
    /// The texts of its segments, in the order in which they are read.
    public let parts: [String]
    /// Six digits.
    public let code: String
  }

  /// The code that an app or a token shows, and the first instant at which it shows another.
  public struct ShownCode: Hashable, Sendable {
    public let code: String
    public let until: Instant
  }
}

extension Switchboard {
  /// The texts that this person has, in the order of their arrival.
  public func texts(of upn: UPN) -> [HeldByPerson.Text] { devices(of: upn).texts.map(whole) }

  private func whole(_ held: PersonsDevices.HeldText) -> HeldByPerson.Text {
    let dots = String(repeating: "•", count: TextMessage.Code.length)
    let text = held.shown.maskedText.replacing(dots, with: held.code.revealed)
    return HeldByPerson.Text(
      page: held.page, shown: held.shown, parts: Segments(text).segments.map(\.text), code: held.code.revealed)
  }

  /// The code that the person's app or token shows now: made up from the seed, the same for as long as it shows.
  ///
  /// - Returns: nil where there is nothing to read a code off.
  public func shownCode(of upn: UPN, at now: Instant) -> HeldByPerson.ShownCode? {
    guard let source = try? codeSource(nil, upn) else { return nil }
    let step = source.step(at: now)
    var chance = Chance(seed: seed ^ FNV1a.hash(Array("\(source.name) \(step.step)".utf8)))
    return HeldByPerson.ShownCode(code: chance.code().revealed, until: step.end)
  }

  /// The text of a pass that was issued here: made up from the seed and the time of its issue.
  public func shownPass(of upn: UPN) -> String? {
    // One that was issued elsewhere has a text of its own.
    guard let pass = service.tenant.passes[upn], passesIssuedHere[upn] == pass.issued else { return nil }
    var chance = Chance(seed: seed ^ FNV1a.hash(Array("\(upn) \(pass.issued.millisecondsSince1970)".utf8)))
    // Nothing that is read for something else: no 0 and O, no 1, I and l.
    let letters = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789")
    return String((0..<Pass.lengths.lowerBound).map { _ in letters[Int.random(in: letters.indices, using: &chance)] })
  }

  /// What a text typed at the page of this user is, as a scenario says it.
  ///
  /// - Parameter isPass: whether it is the user's pass, where that was not issued here.
  public func meaning(
    of typed: String, by upn: UPN, at now: Instant, isPass: (UPN, String) -> Bool = { _, _ in false }
  ) -> EnterStep.What {
    guard let page = page(of: upn) else { return .wrong }
    let held = devices(of: upn)
    switch page.state {
    case .text:
      if held.texts.last(where: { $0.page == page.id })?.code.revealed == typed { return .right }
      if held.texts.count >= 2, held.texts[held.texts.count - 2].code.revealed == typed { return .previous }
      return held.usedCodes.last?.revealed == typed ? .again : .wrong
    case .challenge(_, let policy):
      let isRight =
        policy.kind == .pass
        ? shownPass(of: upn) == typed || isPass(upn, typed) : shownCode(of: upn, at: now)?.code == typed
      return isRight ? .right : .wrong
    }
  }
}
