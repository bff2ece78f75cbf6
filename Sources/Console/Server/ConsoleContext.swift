import Hummingbird
import Logging
import NIOCore

/// What a request comes with beside itself.
struct ConsoleContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
