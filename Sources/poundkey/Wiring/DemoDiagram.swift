import Exploration
import ScenarioModel
import ScenarioYAML
import VerificationCore

extension CallDiagram {
  /// Of the demo tenant, which has somebody behind an extension: every way that the machine has is met.
  static func ofDemoTenant() throws -> CallDiagram {
    let demo = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter()).demoTenant
    let users = demo.tenant.users
    guard let user = users.first(where: { $0.phone?.phoneExtension == nil }),
      let desk = users.first(where: { $0.phone?.phoneExtension != nil })
    else { throw Failure(.environment, "error: the demo tenant has nobody behind an extension") }
    return try CallDiagram(demo, user: user.upn, behindExtension: desk.upn)
  }
}
