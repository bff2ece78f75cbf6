import ArgumentParser
import Console
import Glibc
import Logging
import NIOCore
import QRCodes
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

      With --listen other devices in the network come in, such as a phone: each by an invitation, a link and a QR code \
      that are good once and for 15 minutes. The line is not encrypted: whoever can listen in that network can read all \
      of it.

      Examples:
        poundkey serve
        poundkey serve --tenant larkspur.poundkey --keep
        poundkey serve --listen 192.168.1.5

      Exit codes: 0 told to stop, 1 the tenant has no users, 2 usage, 3 no tenant store, 4 the port \
      is taken or cannot be listened on.
      """)

  @Option(help: ArgumentHelp("A tenant store; else POUNDKEY_TENANT, else a demo tenant.", valueName: "store"))
  var tenant: String?

  @Flag(help: "Write what happens in the room into the store.")
  var keep = false

  @Option(help: ArgumentHelp("The port; 0 is any. Else 8080, or the next free one.", valueName: "number"))
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "Let invited devices in, at this address of this machine; 0.0.0.0 is all of them.", valueName: "address"))
  var listen: String?

  @Option(
    help: ArgumentHelp("A folder of scenarios beside the shipped ones; repeat for more.", valueName: "folder"))
  var scenarios: [String] = []

  func validate() throws {
    if let port, !(0...65_535).contains(port) { throw ValidationError("--port takes 0 to 65535") }
    if let listen, ListenAddress(listen) == nil {
      throw ValidationError(
        "--listen takes an IP address of this machine, as in 192.168.1.5, or 0.0.0.0 for all of them")
    }
    if keep, tenant ?? StoreOptions.variable == nil { throw ValidationError("--keep is for a store: --tenant STORE") }
  }

  func run() async throws {
    let home = try Home.require()
    let served = try ServedTenant(at: tenant ?? StoreOptions.variable, keeps: keep)
    for folder in scenarios where !GreetingTarget.isFolder(folder) {
      throw Failure(.usage, "error: --scenarios \(Printable.text(folder)) is no folder")
    }
    let folders = ServedFolders(home: home, others: scenarios)
    let scripts = try ShippedScripts(home: home, folders: folders)
    let room = try await Room(tenant: served.room, scripts: scripts) { SystemTime.now }
    let address = listen.flatMap(ListenAddress.init)
    let invitations = try invitations(to: address)
    let sounds = GreetingSounds(home: home, store: served.store, folders: folders)
    // Walking the whole machine takes a moment: nobody waits for it at the start.
    let diagrams = Task { try await BlockingWork("diagrams").run { try MachineDiagrams.json() } }
    let parts = ConsoleServer.Parts(
      room: room, sounds: sounds, pages: try pages(of: home), diagrams: { try await diagrams.value },
      desks: desks(served, room, sounds, folders), invitations: invitations)
    var logger = Logger(label: "poundkey") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .critical
    DescriptorLimit.raise()
    do {
      try await serve(ConsoleServer(parts, logger: logger), at: address, invitations)
    } catch {
      try? await room.close()
      throw error
    }
    do {
      try await room.close()
      try served.store.close()
    } catch {
      let reason = (error as? KeepingTrouble)?.explanation ?? (error as? StoreError)?.explanation ?? "\(error)"
      throw Failure(.environment, "error: the end of what was under way is not kept: \(Printable.text(reason))")
    }
  }

  /// - Returns: nil for the demo tenant, of which nothing lasts anyway.
  private func told(_ path: String?) -> String? {
    path.map { path in
      keep
        ? "What happens in the room is written into \(Printable.text(path))."
        : "The room is for practice: nothing of it is written into \(Printable.text(path)); --keep does that."
    }
  }

  private static func reason(_ error: IOError) -> String {
    switch error.errnoCode {
    case EADDRNOTAVAIL: "this machine has no such address; ip address shows those that it has"
    case EACCES: "ports below 1024 are not for everybody; choose another with --port"
    default: String(cString: strerror(error.errnoCode))
    }
  }

  /// - Throws: exit code 4 where they are not beside the recordings.
  private func pages(of home: String) throws(Failure) -> Pages {
    do {
      return try Pages(folder: "\(home)/console")
    } catch {
      throw Failure(
        .environment, "error: the pages are not here: there is no \(Printable.text(home))/console that can be read")
    }
  }

  private func desks(_ served: ServedTenant, _ room: Room, _ sounds: GreetingSounds, _ folders: ServedFolders) -> Desks
  {
    let store = DeskStore(served, room.keeping) { room.tenantTime }
    return Desks(
      greetings: StoreGreetings(store, sounds), people: StorePeople(store),
      tokens: StoreTokens(store, at: served.path), logs: StoreLogs(store), settings: StoreSettings(store),
      scenarios: FolderScenarios(folders))
  }

  /// - Returns: nil where nobody else can come in.
  private func invitations(to address: ListenAddress?) throws -> Invitations? {
    guard let address, !address.isLoopback else { return nil }
    guard let host = address.linkHost else {
      throw Failure(.environment, "error: this machine has no address that others reach; is it in a network?")
    }
    return Invitations(host: host, time: { SystemTime.now }, drawing: { QRSymbol($0)?.svg })
  }

  private func serve(
    _ server: ConsoleServer, at address: ListenAddress?, _ invitations: Invitations?
  ) async throws {
    let (host, ownHost) = (address?.text ?? ListenAddress.loopback, address?.ownHost ?? ListenAddress.loopback)
    var candidate = port ?? 8_080
    while true {
      do {
        return try await server.run(host: host, port: candidate) { port in
          Output.line("The console is at http://\(ownHost):\(port)/  (Ctrl-C ends it)")
          if let told = told(tenant ?? StoreOptions.variable) { Output.line(told) }
          if let invitations {
            Output.lines(
              InvitationNotice.lines(
                invitations, host: ownHost, port: port, showsLink: Output.isTerminal(STDOUT_FILENO),
                isColoured: Output.style.isColoured))
          }
          Output.flush()
        }
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        guard port == nil, candidate < 8_180 else {
          throw Failure(
            .environment, "error: port \(candidate) is taken; leave out --port, and the next free one is taken")
        }
        candidate += 1
      } catch let error as IOError {
        throw Failure(.environment, "error: \(host) port \(candidate): \(Self.reason(error))")
      }
    }
  }
}
