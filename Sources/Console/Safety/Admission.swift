import HTTPTypes
import Hummingbird
import NIOCore

/// Off this machine nobody is let in without an invitation.
struct Admission: RouterMiddleware {
  /// nil: there are none, and nobody comes in from elsewhere.
  let invitations: Invitations?

  func handle(
    _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    if context.channel.isFromHere || path.hasPrefix("/join/") || isGuest(request, context.channel) {
      return try await next(request, context)
    }
    guard path.hasPrefix("/api/") else { return .page(.unauthorized, Self.closed) }
    throw Refused(
      .unauthorized, "notInvited", "this device has not been let in",
      hint: "open a link of an invitation, which the console makes on the machine that it runs on")
  }

  private func isGuest(_ request: Request, _ channel: any Channel) -> Bool {
    guard let invitations else { return false }
    let name = Self.cookieName(channel)
    return request.headers[values: .cookie].flatMap { $0.split(separator: ";") }.contains { pair in
      let parts = pair.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
      return parts.count == 2 && parts[0] == name && invitations.isGuest(parts[1])
    }
  }

  /// Cookies know no ports: two consoles of one machine are kept apart by the name.
  static func cookieName(_ channel: any Channel) -> String { "poundkey-\(channel.localAddress?.port ?? 0)" }

  private static let closed = """
    <!DOCTYPE html>
    <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Poundkey</title>
    <h1>This device has not been let in</h1>
    <p>Open the link of an invitation, or take a picture of its QR code. The console makes them on the machine that it \
    runs on.</p>
    <p lang="fr">Cet appareil n'est pas admis. Ouvrez le lien d'une invitation, ou photographiez son code QR ; la console \
    les donne sur la machine où elle tourne.</p>
    </html>

    """
}

extension Channel {
  /// Whether who is on the other side is on this machine: a connection to an address of one's own has it on both sides.
  var isFromHere: Bool {
    guard let remote = remoteAddress else { return false }
    return remote.isLoopback || (remote.literal != nil && remote.literal == localAddress?.literal)
  }
}

extension Response {
  /// - Parameter text: HTML without a script or a style.
  static func page(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
