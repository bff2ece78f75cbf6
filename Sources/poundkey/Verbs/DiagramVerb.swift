import ArgumentParser
import Exploration
import Reports
import ScenarioModel
import ScenarioYAML
import VerificationCore

struct DiagramVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagram", abstract: "Draw the stages of a verification, from the machine itself.",
    discussion: """
      The stages of a call and the ways between them are those that exploring every kind of call has met; those of a \
      text message and of a challenge (the app, a code, a security key, a pass), and the gates of a sign-in, are met by \
      walking their functions too. In a sign-in the way down is taken \
      where a gate decides nothing.

      Examples:
        poundkey diagram voice > voice.mmd
        poundkey diagram voice --format dot | dot -Tsvg > voice.svg

      Exit codes: 0 good, 2 an unknown diagram or format.
      """)

  enum Subject: String, ExpressibleByArgument, CaseIterable { case voice, sms, challenge, signin }
  enum Format: String, ExpressibleByArgument, CaseIterable { case mermaid, dot }

  @Argument(help: "What to draw: voice, sms, challenge or signin.")
  var subject: Subject

  @Option(help: "mermaid or dot.")
  var format = Format.mermaid

  func run() throws {
    switch subject {
    case .voice: Output.text(try voice())
    case .sms: Output.text(text(.sms))
    case .challenge: Output.text(text(.challenge))
    case .signin: Output.text(text(.signIn))
    }
  }

  private func text(_ diagram: Diagram) -> String {
    switch format {
    case .mermaid: diagram.mermaid
    case .dot: diagram.dot
    }
  }

  private func voice() throws -> String {
    let diagram = try CallDiagram.ofDemoTenant()
    switch format {
    case .mermaid: return diagram.mermaid
    case .dot: return diagram.dot
    }
  }
}
