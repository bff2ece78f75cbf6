import ArgumentParser
import Console
import Glibc
import Logging
import NIOCore
import Records
import Reports
import VerificationCore

struct ServeVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Open the console in a browser: a phone on the screen, and pages for admins.",
    discussion: """
      On this machine alone, at http://127.0.0.1:8080, or at the next free port. Without --tenant it is a demo tenant, \
      which is gone with the program; a reset brings its people back. In a tenant store the room is for practice, and \
      nothing that happens there is written, unless --keep says so; what is done on the pages for admins is. \
      \(Role.globalAdministrator.told)

      Examples:
        poundkey serve
        poundkey serve --tenant larkspur.poundkey --keep

      Exit codes: 0 told to stop, 2 usage, 3 no tenant store, 4 the port is taken or cannot be listened on.
      """)

  @Option(help: ArgumentHelp("A tenant store; else POUNDKEY_TENANT, else a demo tenant.", valueName: "store"))
  var tenant: String?

  @Flag(help: "Write what happens in the room into the store.")
  var keep = false

  @Option(help: ArgumentHelp("The port; 0 is any. Else 8080, or the next free one.", valueName: "number"))
  var port: Int?

  @Option(
    help: ArgumentHelp("A folder of scenarios beside the shipped ones; repeat for more.", valueName: "folder"))
  var scenarios: [String] = []

  func validate() throws {
    if let port, !(0...65_535).contains(port) { throw ValidationError("--port takes 0 to 65535") }
    if keep, tenant ?? StoreOptions.variable == nil { throw ValidationError("--keep is for a store: --tenant STORE") }
  }

  func run() async throws {
    let home = try Home.require()
    let served = try ServedTenant(at: tenant ?? StoreOptions.variable, keeps: keep)
    let folders = ServedFolders(home: home, others: scenarios)
    let scripts = try ShippedScripts(home: home, folders: folders)
    let room = try await Room(tenant: served.room, scripts: scripts) { SystemTime.now }
    let sounds = GreetingSounds(home: home, store: served.store, folders: folders)
    let parts = ConsoleServer.Parts(
      room: room, sounds: sounds, pages: try Pages(folder: "\(home)/console"), diagrams: try MachineDiagrams.json(),
      desks: desks(served, sounds, folders))
    var logger = Logger(label: "poundkey") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .critical
    try await serve(ConsoleServer(parts, logger: logger))
    try? served.store.close()
  }

  private func desks(_ served: ServedTenant, _ sounds: GreetingSounds, _ folders: ServedFolders) -> Desks {
    let store = DeskStore(served)
    return Desks(
      greetings: StoreGreetings(store, sounds), people: StorePeople(store), logs: StoreLogs(store),
      settings: StoreSettings(store), scenarios: FolderScenarios(folders))
  }

  private func serve(_ server: ConsoleServer) async throws {
    var candidate = port ?? 8_080
    while true {
      do {
        return try await server.run(host: "127.0.0.1", port: candidate) { port in
          Output.line("The console is at http://127.0.0.1:\(port)/  (Ctrl-C ends it)")
          Output.flush()
        }
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        guard port == nil, candidate < 8_180 else {
          throw Failure(
            .environment, "error: port \(candidate) is taken; leave out --port, and the next free one is taken")
        }
        candidate += 1
      } catch let error as IOError {
        throw Failure(.environment, "error: port \(candidate) cannot be listened on: \(error.localizedDescription)")
      }
    }
  }
}
