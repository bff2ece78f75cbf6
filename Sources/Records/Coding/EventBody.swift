import VerificationCore

/// What an event says, as the JSON object of its row: names and forms that stay, whatever the types of the core are
/// called. Keys stand in alphabetical order; what is nil is not written.
struct EventBody {
  var active: Bool?
  var appPassword: Bool?
  var apps: [App]?
  var by: String?
  var client: String?
  var clientKind: String?
  var deployment: String?
  var device: String?
  var enabled: Bool?
  var federation: String?
  var file: String?
  var groups: [String]?
  var guest: Bool?
  var interval: Int64?
  var issued: Int64?
  /// Of a PIN or a pass: the hash. Of a token: the sealed key.
  var kept: String?
  var kind: String?
  var language: String?
  var last: Int64?
  var length: Int64?
  var licence: String?
  var lockedUntil: Int64?
  var manufacturer: String?
  var message: String?
  var method: String?
  var model: String?
  var mustChangePassword: Bool?
  var mustRegister: Bool?
  var name: String?
  var number: String?
  var once: Bool?
  var passkeys: [String]?
  var phones: Phones?
  var ranges: [String]?
  var reason: String?
  var registration: Int64?
  var requirement: String?
  var script: String?
  var serial: String?
  var since: Int64?
  var state: String?
  var trusted: Bool?
  var used: Bool?
  var value: String?
  var wrongPINs: Int64?

  struct App {
    var device = ""
    var registration: Int64 = 0
  }

  struct Phones {
    var alternate: String?
    var mobile: String?
    var office: String?
  }
}

/// Goes through the keys of an object, writing or reading each.
protocol BodyCoder {
  mutating func field(_ name: StaticString, _ value: inout Bool?)
  mutating func field(_ name: StaticString, _ value: inout Int64?)
  mutating func field(_ name: StaticString, _ value: inout String?)
  mutating func field(_ name: StaticString, _ value: inout [String]?)
  mutating func field(_ name: StaticString, _ value: inout [EventBody.App]?)
  mutating func field(_ name: StaticString, _ value: inout EventBody.Phones?)
}

extension EventBody {
  /// In the order of the keys: written and read by the same list.
  mutating func pass(through coder: inout some BodyCoder) {
    coder.field("active", &active)
    coder.field("appPassword", &appPassword)
    coder.field("apps", &apps)
    coder.field("by", &by)
    coder.field("client", &client)
    coder.field("clientKind", &clientKind)
    coder.field("deployment", &deployment)
    coder.field("device", &device)
    coder.field("enabled", &enabled)
    coder.field("federation", &federation)
    coder.field("file", &file)
    coder.field("groups", &groups)
    coder.field("guest", &guest)
    coder.field("interval", &interval)
    coder.field("issued", &issued)
    coder.field("kept", &kept)
    coder.field("kind", &kind)
    coder.field("language", &language)
    coder.field("last", &last)
    coder.field("length", &length)
    coder.field("licence", &licence)
    coder.field("lockedUntil", &lockedUntil)
    coder.field("manufacturer", &manufacturer)
    coder.field("message", &message)
    coder.field("method", &method)
    coder.field("model", &model)
    coder.field("mustChangePassword", &mustChangePassword)
    coder.field("mustRegister", &mustRegister)
    coder.field("name", &name)
    coder.field("number", &number)
    coder.field("once", &once)
    coder.field("passkeys", &passkeys)
    coder.field("phones", &phones)
    coder.field("ranges", &ranges)
    coder.field("reason", &reason)
    coder.field("registration", &registration)
    coder.field("requirement", &requirement)
    coder.field("script", &script)
    coder.field("serial", &serial)
    coder.field("since", &since)
    coder.field("state", &state)
    coder.field("trusted", &trusted)
    coder.field("used", &used)
    coder.field("value", &value)
    coder.field("wrongPINs", &wrongPINs)
  }
}

extension EventBody.App {
  fileprivate mutating func pass(through coder: inout some BodyCoder) {
    var (device, registration): (String?, Int64?) = (device, registration)
    coder.field("device", &device)
    coder.field("registration", &registration)
    (self.device, self.registration) = (device ?? "", registration ?? 0)
  }
}

extension EventBody.Phones {
  fileprivate mutating func pass(through coder: inout some BodyCoder) {
    coder.field("alternate", &alternate)
    coder.field("mobile", &mobile)
    coder.field("office", &office)
  }
}

extension EventBody {
  /// - Returns: nil for what no version of this program wrote.
  init?(_ json: inout JSONReading) {
    self.init()
    guard let read = json.object({ pass(through: &$0) }), read else { return nil }
  }

  var json: JSONText {
    var json = JSONText()
    add(to: &json)
    return json
  }

  func add(to json: inout JSONText) {
    var body = self
    json.object { body.pass(through: &$0) }
  }
}

extension Cells {
  /// The body of an event in one of its cells.
  func eventBody(_ index: Int) throws(Damage) -> EventBody {
    var json = JSONReading(try utf8(index))
    guard let body = EventBody(&json), json.isAtEnd else { throw damage }
    return body
  }
}

extension JSONText {
  fileprivate mutating func object(_ fields: (inout BodyWriting) -> Void) {
    put("{")
    // What was written is in one hand only: a second would have all of it copied at each letter.
    var writing = BodyWriting(json: JSONText())
    swap(&self, &writing.json)
    fields(&writing)
    swap(&self, &writing.json)
    put("}")
  }
}

extension JSONReading {
  /// - Returns: whether all of the object was what was asked for; nil where there is none.
  fileprivate mutating func object(_ fields: (inout BodyReading) -> Void) -> Bool? {
    guard take("{") else { return nil }
    var reading = BodyReading(json: self)
    if !reading.json.take("}") {
      reading.pending = reading.json.name()
      reading.isWhole = reading.pending != nil
      fields(&reading)
    }
    self = reading.json
    return reading.isWhole && reading.pending == nil
  }
}

private struct BodyWriting: BodyCoder {
  var json: JSONText
  private var isFirst = true

  init(json: JSONText) { self.json = json }

  private mutating func begin(_ name: StaticString) {
    if !isFirst { json.put(",") }
    isFirst = false
    json.add(name: name)
  }

  mutating func field(_ name: StaticString, _ value: inout Bool?) {
    guard let value else { return }
    begin(name)
    json.add(value)
  }

  mutating func field(_ name: StaticString, _ value: inout Int64?) {
    guard let value else { return }
    begin(name)
    json.add(value)
  }

  mutating func field(_ name: StaticString, _ value: inout String?) {
    guard let value else { return }
    begin(name)
    json.add(value)
  }

  mutating func field(_ name: StaticString, _ value: inout [String]?) {
    guard let value else { return }
    begin(name)
    json.add(value) { $0.add($1) }
  }

  mutating func field(_ name: StaticString, _ value: inout [EventBody.App]?) {
    guard let value else { return }
    begin(name)
    json.add(value) { json, app in
      var app = app
      json.object { app.pass(through: &$0) }
    }
  }

  mutating func field(_ name: StaticString, _ value: inout EventBody.Phones?) {
    guard var phones = value else { return }
    begin(name)
    json.object { phones.pass(through: &$0) }
  }
}

private struct BodyReading: BodyCoder {
  var json: JSONReading
  /// The name whose value comes next; nil behind the last.
  var pending: Range<Int>?
  var isWhole = true

  init(json: JSONReading) { self.json = json }

  /// Where this is the field that comes next, its value and the name of the one behind it.
  private mutating func read<Value>(
    _ name: StaticString, into value: inout Value?, _ take: (inout JSONReading) -> Value?
  ) {
    guard let pending, json.isName(pending, name) else { return }
    value = take(&json)
    let isLast = json.take("}")
    self.pending = !isLast && json.take(",") ? json.name() : nil
    if value == nil || (!isLast && self.pending == nil) { (isWhole, self.pending) = (false, nil) }
  }

  mutating func field(_ name: StaticString, _ value: inout Bool?) { read(name, into: &value) { $0.flag() } }

  mutating func field(_ name: StaticString, _ value: inout Int64?) { read(name, into: &value) { $0.integer() } }

  mutating func field(_ name: StaticString, _ value: inout String?) { read(name, into: &value) { $0.string() } }

  mutating func field(_ name: StaticString, _ value: inout [String]?) {
    read(name, into: &value) { $0.list { $0.string() } }
  }

  mutating func field(_ name: StaticString, _ value: inout [EventBody.App]?) {
    read(name, into: &value) { json in
      json.list { json in
        var app = EventBody.App()
        return json.object { app.pass(through: &$0) } == true ? app : nil
      }
    }
  }

  mutating func field(_ name: StaticString, _ value: inout EventBody.Phones?) {
    read(name, into: &value) { json in
      var phones = EventBody.Phones()
      return json.object { phones.pass(through: &$0) } == true ? phones : nil
    }
  }
}

/// An event as it stands in a row.
struct CodedEvent {
  var kind: String
  var upn: UPN?
  var body = EventBody()
}
