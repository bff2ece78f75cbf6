import HTTPTypes
import Hummingbird
import NIOCore
import VerificationCore

/// Making invitations, closing them, and accepting one.
struct InvitationRoutes: Sendable {
  let invitations: Invitations?

  func add(to router: Router<ConsoleContext>) {
    router.post("/api/invitation") { _, context in
      let invitations = try self.invitations(for: context.channel)
      let link = invitations.link(port: context.channel.localAddress?.port ?? 0)
      return try Response.json(
        JSON.object([
          "link": .text(link.text), "until": .text(link.until.description),
          "validFor": .number(Invitations.validity.count),
        ]))
    }
    router.get("/api/invitation") { _, context in
      let invitations = try self.invitations(for: context.channel)
      return try Response.json(invitations.standing(port: context.channel.localAddress?.port ?? 0).json)
    }
    router.delete("/api/invitation") { _, context in
      try self.invitations(for: context.channel).close()
      return try Response.json(JSON.object([:]))
    }
    router.get("/api/invitation/qr") { _, context in
      let invitations = try self.invitations(for: context.channel)
      guard let drawing = invitations.drawnLink(port: context.channel.localAddress?.port ?? 0) else {
        throw Refused(.notFound, "notFound", "no invitation is open", hint: "make one with POST /api/invitation")
      }
      return Response.bytes(Array(drawing.utf8), type: "image/svg+xml")
    }
    router.get("/join/:token") { request, context in try join(request, context) }
  }

  private func invitations(for channel: any Channel) throws -> Invitations {
    guard let invitations else {
      throw Refused(
        .conflict, "notListening", said: "the console is reached from this machine alone",
        advice: "start it with poundkey serve --listen ADDRESS")
    }
    guard channel.isFromHere else {
      throw Refused(.forbidden, "notHere", said: "invitations are made on the machine that the console runs on")
    }
    return invitations
  }

  private func join(_ request: Request, _ context: ConsoleContext) throws -> Response {
    // Whoever only looks ahead does not use the link up.
    let isLooking = request.method == .head || request.headers[.purpose]?.contains("prefetch") == true
    guard !isLooking, let token = context.parameters.get("token"), let guest = invitations?.join(token) else {
      return .page(.gone, Self.gone)
    }
    var response = Response.page(.ok, Self.welcome)
    response.headers[.setCookie] =
      "\(Admission.cookieName(context.channel))=\(guest.revealed); Path=/; HttpOnly; SameSite=Strict"
    return response
  }

  // Goes on from a page of its own: the cookie is not sent where the way here began on another site.
  private static let welcome = """
    <!DOCTYPE html>
    <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <meta http-equiv="refresh" content="0; url=/"><title>Poundkey</title>
    <p><a href="/">Open the console</a></p>
    <p lang="fr"><a href="/">Ouvrir la console</a></p>
    </html>

    """

  private static let gone = """
    <!DOCTYPE html>
    <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Poundkey</title>
    <h1>This invitation is not good any more</h1>
    <p>Each lets one device in, within a quarter of an hour. Ask for a new one.</p>
    <p lang="fr">Cette invitation n'est plus valable : chacune admet un seul appareil, pendant un quart d'heure. \
    Demandez-en une autre.</p>
    </html>

    """
}

extension Invitations.Standing {
  fileprivate var json: JSON {
    .object([
      "link": .text(link?.text), "until": .text(link?.until.description),
      "validFor": link.map { .number($0.left.count) } ?? .null, "open": .count(open), "devices": .count(devices),
    ])
  }
}
