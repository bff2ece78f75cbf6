import Foundation
import NIOCore
import Synchronization
import VerificationCore

/// The events of the running session, each numbered, for any number of followers who each go at their own pace.
///
/// A follower holds no more than a place in the log: an event is encoded once, however many read it. Of a long session the
/// log forgets what is over; who asks for what is forgotten begins anew, with how things stand and what is remembered.
public final class EventLog: Sendable {
  /// Names an event: `SESSION.NUMBER`, the `id` of a Server-Sent Event.
  struct Place: Hashable, Sendable {
    let session: String
    let number: Int

    init(session: String, number: Int) { (self.session, self.number) = (session, number) }

    /// - Returns: nil for what names no event.
    init?(_ text: some StringProtocol) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let number = Int(parts[1]), number >= 0 else { return nil }
      (session, self.number) = (String(parts[0]), number)
    }
  }

  private struct State {
    var session = ""
    /// How things stood, for who begins anew; in place of as many of the events that were forgotten last.
    var head: [ByteBuffer] = []
    /// So many events are forgotten.
    var base = 0
    var frames: [ByteBuffer] = []
    /// The last of each type that holds on.
    var holding: [String: RoomEvent] = [:]
    /// The number of the event with which each verification began.
    var beginnings: [Int: Int] = [:]
    /// The number that the next event gets.
    var end: Int { base + frames.count }
    var nextFollower = 0
    var followers: [Int: Followed] = [:]
  }

  /// Why a follower looks again.
  enum Wake: Hashable, Sendable {
    case news
    /// Only to say that the line stands.
    case pulse
  }

  struct Follower: Sendable {
    let id: Int
    /// At most one is kept: whoever is late looks once.
    let wakes: AsyncStream<Wake>
  }

  private struct Followed {
    let send: AsyncStream<Wake>.Continuation
    let channel: any Channel
    /// When a write began that has not ended.
    var writingSince: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  /// When there are `most` events all are forgotten but the last `least`, and those of what is under way.
  private let (least, most): (Int, Int)

  public convenience init() { self.init(least: 4_000, most: 8_000) }

  init(least: Int, most: Int) { (self.least, self.most) = (least, most) }

  /// Forgets what was, and begins a session whose first event this is.
  func begin(_ session: String, with first: RoomEvent) {
    state.withLock { state in
      (state.session, state.base) = (session, 0)
      (state.head, state.holding, state.beginnings) = ([], [:], [:])
      state.frames = [Self.frame(first, Place(session: session, number: 0))]
      Self.wake(state)
    }
  }

  /// Adds events to a session; those of one that is over are dropped.
  func append(_ events: [RoomEvent], to session: String) {
    guard !events.isEmpty else { return }
    state.withLock { state in
      guard state.session == session else { return }
      let first = state.end
      for event in events {
        state.frames.append(Self.frame(event, Place(session: session, number: state.end)))
        if Self.holds(event) { state.holding[event.type] = event }
        if let call = event.call, state.beginnings[call] == nil { state.beginnings[call] = first }
      }
      Self.wake(state)
    }
  }

  /// Whether there is something to forget.
  var isLong: Bool { state.withLock { $0.frames.count >= most } }

  /// Forgets what is over, where the log is long. Followers who have heard it notice nothing.
  ///
  /// - Parameters:
  ///   - open: the verifications that are under way.
  ///   - session: the first event of a session that begins with things as they stand.
  func forget(keeping open: [Int], of session: String, with first: () -> RoomEvent) {
    state.withLock { state in
      guard state.session == session, state.frames.count >= most else { return }
      let cut = open.compactMap { state.beginnings[$0] }.reduce(state.end - least) { min($0, $1) }
      // What is under way for long is looked at again when more has come behind it.
      guard cut - state.base >= (most - least) / 2 else { return }
      let head = [first()] + state.holding.sorted { $0.key < $1.key }.map(\.value)
      state.frames.removeFirst(cut - state.base)
      state.base = cut
      state.beginnings = state.beginnings.filter { $0.value >= cut }
      state.head = head.enumerated().map { index, event in
        Self.frame(event, Place(session: session, number: cut - head.count + index))
      }
    }
  }

  /// Whether it holds until the next of its type.
  private static func holds(_ event: RoomEvent) -> Bool {
    switch event.type {
    case "fault", "guide": true
    case "trouble": event.details["kind"] == "notKept" || event.details["kind"] == "kept"
    default: false
    }
  }

  /// How many follow now.
  var followers: Int { state.withLock { $0.followers.count } }

  private static func wake(_ state: borrowing State) {
    for follower in state.followers.values { follower.send.yield(.news) }
  }

  private static func frame(_ event: RoomEvent, _ place: Place) -> ByteBuffer {
    // Its members are texts and numbers: encoding them cannot fail.
    let json = (try? event.json) ?? Data()
    var buffer = ByteBufferAllocator().buffer(capacity: json.count + 32)
    buffer.writeString("id: \(place.session).\(place.number)\ndata: ")
    buffer.writeBytes(json)
    buffer.writeString("\n\n")
    return buffer
  }

  /// What came behind a place; all of the session where that is not a place of it.
  ///
  /// - Returns: an array of its own: a part of the log that somebody still holds would have the log copied for the next
  ///   event.
  func frames(after place: Place?) -> (frames: [ByteBuffer], end: Place) {
    state.withLock { state in
      let end = Place(session: state.session, number: state.end - 1)
      guard let place, place.session == state.session, place.number >= state.base - 1, place.number < state.end else {
        return (state.head + state.frames, end)
      }
      return (Array(state.frames[(place.number + 1 - state.base)...]), end)
    }
  }

  /// The place of the last event.
  var end: Place { state.withLock { Place(session: $0.session, number: $0.end - 1) } }

  /// - Parameter channel: what is closed where nothing can be written to it.
  func follow(closing channel: any Channel) -> Follower {
    let (wakes, send) = AsyncStream<Wake>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let id = state.withLock { state in
      state.nextFollower += 1
      state.followers[state.nextFollower] = Followed(send: send, channel: channel)
      return state.nextFollower
    }
    send.yield(.news)
    return Follower(id: id, wakes: wakes)
  }

  func leave(_ id: Int) {
    state.withLock { $0.followers.removeValue(forKey: id) }?.send.finish()
  }

  func isWriting(_ id: Int) {
    state.withLock { state in
      if state.followers[id]?.writingSince == nil { state.followers[id]?.writingSince = .now }
    }
  }

  func hasWritten(_ id: Int) { state.withLock { $0.followers[id]?.writingSince = nil } }

  func pulse() {
    state.withLock { state in
      for follower in state.followers.values { follower.send.yield(.pulse) }
    }
  }

  /// Closes the connections of those who have taken nothing since then.
  func drop(stuckSince instant: ContinuousClock.Instant) {
    let stuck = state.withLock { state in
      state.followers.values.filter { $0.writingSince.map { $0 <= instant } == true }.map(\.channel)
    }
    for channel in stuck { channel.close(promise: nil) }
  }
}
