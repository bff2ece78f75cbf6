import ArgumentParser
import Glibc
import Reports

@main
enum Main {
  static func main() async {
    prepareDescriptors()
    // Whoever started this may have it ignored; how a helper process ended would then be lost.
    signal(SIGCHLD, SIG_DFL)
    // The runtime reads them from there; without them every call would look like one for help.
    guard !CommandLine.arguments.isEmpty else {
      Output.error("error: the arguments cannot be read: is /proc mounted?")
      end(.environment)
    }
    let arguments = Array(CommandLine.arguments.dropFirst())
    GreetingHelpers.serveIfAsked(arguments)
    do {
      if let mistake = UnknownVerb.find(in: arguments, below: Poundkey.self) { throw mistake }
      var command = try Poundkey.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let failure as Failure {
      if let message = failure.message { Output.error(message) }
      end(failure.code)
    } catch {
      finish(with: error)
    }
    end(.good)
  }

  /// Input and outputs that are closed stay so, but no file or socket takes their place.
  private static func prepareDescriptors() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)] {
      if fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", mode) }
    }
  }

  /// What could not be written was not done.
  private static func end(_ code: ExitCode) -> Never {
    if let reason = Output.finish(), code == .good || code == .contentAtFault {
      Output.error("error: the output cannot be written: \(reason)")
      exit(ExitCode.environment.rawValue)
    }
    exit(code.rawValue)
  }

  /// Help and version go to stdout with 0, mistakes of usage to stderr with 2.
  private static func finish(with error: any Error) -> Never {
    // What was typed is quoted in it.
    let text = Poundkey.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
      .map { Printable.text(String($0)) }.joined(separator: "\n")
    if Poundkey.exitCode(for: error).isSuccess {
      Output.line(text)
      end(.good)
    }
    Output.error(text)
    // 64 is the parser's own code for a wrong call; all else is the world's fault.
    end(Poundkey.exitCode(for: error).rawValue == EX_USAGE ? .usage : .environment)
  }
}

struct Poundkey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poundkey",
    abstract: "Try identity verification by phone call before it goes live: greetings, keypresses, fraud reports.",
    discussion: """
      Example: poundkey demo

      Exit codes: 0 good; 1 the content is at fault (a scenario failed, a greeting was rejected); 2 usage, or a path \
      that does not exist; 3 a scenario or tenant file is invalid; 4 environment (unreadable, unwritable, a missing \
      tool); 5 nothing matched; 6 a merge is incomplete; 7 an exploration is incomplete under --require-complete; 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [DemoVerb.self],
    groupedSubcommands: [
      CommandGroup(name: "Greetings", subcommands: [GreetingVerb.self, MessagesVerb.self]),
      CommandGroup(
        name: "Scenarios",
        subcommands: [
          RunVerb.self, MergeVerb.self, NewVerb.self, LintVerb.self, FmtVerb.self, SchemaVerb.self, ExploreVerb.self,
          DiagramVerb.self, RulesVerb.self,
        ]),
      CommandGroup(name: "Live", subcommands: [ServeVerb.self, CallVerb.self, RecordVerb.self]),
      CommandGroup(
        name: "A tenant, and how it is set up",
        subcommands: [
          TenantVerb.self, SettingsVerb.self, FraudAlertVerb.self, ReportActivityVerb.self, NotifyVerb.self,
          MethodsVerb.self, RememberVerb.self, LockoutVerb.self, TrustedIPVerb.self, LocationVerb.self,
          CallerIDVerb.self,
        ]),
      CommandGroup(
        name: "Its people",
        subcommands: [
          UserVerb.self, PhoneVerb.self, PINVerb.self, PassVerb.self, OATHVerb.self, BlockVerb.self, UnblockVerb.self,
          BlockedVerb.self, RiskVerb.self,
        ]),
      CommandGroup(
        name: "What happens",
        subcommands: [SignInVerb.self, PlayVerb.self, LogVerb.self, SMSVerb.self, NumberVerb.self]),
    ])
}
