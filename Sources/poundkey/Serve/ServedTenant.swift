import Records
import ScenarioModel
import ScenarioYAML
import VerificationCore

/// The store that is served: one that somebody has, or one with the demo tenant that goes with the program.
struct ServedTenant {
  let store: TenantStore
  let path: String
  let room: StoreRoom
  /// Goes with it, where the store is the program's own.
  private let folder: ScratchFolder?

  /// - Parameters:
  ///   - path: of a store; nil is the demo tenant.
  ///   - keeps: whether what people do in the room is written into the store.
  init(at path: String?, keeps: Bool) throws {
    if let path {
      (self.path, folder) = (path, nil)
      store = try StoreOptions.open(path, .writing)
      do {
        // Said in the words of every other verb, before a room is opened.
        _ = try Given(store.holding(), of: path, at: SystemTime.now)
        room = try StoreRoom(store, at: path, keeps ? .lasts : .practice)
      } catch let error as StoreError {
        throw Failure(error)
      }
      return
    }
    let folder = try ScratchFolder()
    self.folder = folder
    self.path = "\(folder.path)/demo.poundkey"
    try NewStore.make(at: self.path, TakenTenant(path: nil, at: SystemTime.now), by: Admin(), at: SystemTime.now)
    store = try StoreOptions.open(self.path, .writing)
    let demo = ScenarioReader(files: SourceFiles(), greetings: GreetingMeter()).demoTenant
    room = try StoreRoom(store, at: "the demo tenant", .untilReset, pins: demo.pins)
  }
}
