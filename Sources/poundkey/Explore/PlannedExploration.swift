import Exploration
import Reports
import ScenarioModel
import VerificationCore

/// A plan made ready, its mistakes told as those of its file.
enum PlannedExploration {
  static func make(_ plan: ExplorationPlan, reduces: Bool = true) throws(Failure) -> CallExploration {
    do {
      return try CallExploration(plan, reduces: reduces)
    } catch {
      let problem = problem(error, plan)
      let text = ProblemText(style: Output.errorStyle, secrets: plan.given.secrets)
      throw Failure(.invalidFile, text.render(problem, lines: SourceLines.of(plan.path)))
    }
  }

  private static func problem(_ error: CallExploration.PlanError, _ plan: ExplorationPlan) -> Problem {
    let place = plan.title.place
    switch error {
    case .tooManyConfigurations(let count):
      return Problem(
        "too-many-configurations", "the settings make \(count) combinations, more than 256", at: place,
        hint: "vary fewer settings in one file")
    case .noPIN(let upn):
      return Problem(
        "no-pin", "\(upn) has no pin, and rightPIN and wrongPIN enter it", at: place,
        hint: "give the user a pin, as in given: {user: {upn: \(upn), pin: \"4711\"}}")
    case .noCall(let refusal): return self.problem(refusal, place)
    }
  }

  private static func problem(_ refusal: CallConfiguration.Refusal, _ place: SourcePlace) -> Problem {
    switch refusal {
    case .unknownUser(let upn): Problem("unknown-user", "the tenant has no user \(upn)", at: place)
    case .refused(let outcome):
      Problem("no-call", "no call is placed: the sign-in is refused, \(outcome.rawValue)", at: place)
    case .resetWithinCall:
      Problem(
        "reset-within-call", "the count of wrong PINs would start over while a call lasts, which is not followed",
        at: place, hint: "make lockout.resetMinutes at least as long as call.limit")
    }
  }
}
